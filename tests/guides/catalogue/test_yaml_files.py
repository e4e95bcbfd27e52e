import pytest

from guides.catalogue.problems import CatalogueError
from guides.catalogue.schema import Catalogue
from guides.catalogue.writing import write_catalogue
from guides.catalogue.yaml_files import read_catalogue
from tests.guides.small import changed, without


@pytest.fixture
def nothing(tmp_path):
    folder = tmp_path / "nothing"
    folder.mkdir()
    return folder


@pytest.fixture
def content(tmp_path, small, nothing):
    """The small catalogue as files."""
    folder = tmp_path / "content"
    write_catalogue(small, folder, layout=nothing)
    return folder


def bytes_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*")}


def problems_of(folder):
    with pytest.raises(CatalogueError) as refused:
        read_catalogue(folder)
    return [str(problem) for problem in refused.value.problems]


def test_files_hold_the_catalogue(content, small):
    assert read_catalogue(content) == small


def test_layout_of_new_files(content):
    assert sorted(bytes_of(content)) == [
        "pt/authorities.yaml",
        "pt/country.yaml",
        "pt/documents.yaml",
        "pt/facts/more.yaml",
        "pt/guides/live-in-portugal.md",
        "pt/guides/work-in-portugal.md",
        "pt/links.yaml",
        "pt/parameters.yaml",
        "pt/pointers.yaml",
        "pt/procedures/nif.yaml",
        "pt/procedures/niss.yaml",
        "shared/documents.yaml",
        "shared/questions.yaml",
        "shared/sources.yaml",
        "shared/terms.yaml",
    ]


def test_writing_is_byte_stable(content, small, nothing, tmp_path):
    before = bytes_of(content)
    assert write_catalogue(read_catalogue(content), content, layout=nothing) == []
    write_catalogue(read_catalogue(content), tmp_path / "again", layout=nothing)
    assert bytes_of(content) == bytes_of(tmp_path / "again") == before


def test_only_the_changed_file_is_written(content, small, nothing):
    (content / "pt/country.yaml").write_text(
        "# Mind the colour.\ncountries: [{key: pt, name: Portugal, local_name: Portugal,"
        " language: pt, mark: PT, colour: '#2f6b4f', summary: Short}]\n"
    )
    terms = content / "shared/terms.yaml"
    terms.write_text("# Names.\n\n" + terms.read_text())
    before = bytes_of(content)
    written = write_catalogue(
        changed(read_catalogue(content), "countries", "pt", summary="Long"), content, layout=nothing
    )
    assert [str(path) for path in written] == ["pt/country.yaml"]
    assert (content / "pt/country.yaml").read_text().startswith("# Mind the colour.\ncountries:\n- key: pt\n")
    del before["pt/country.yaml"]
    assert before.items() <= bytes_of(content).items()


def test_file_whose_entries_are_gone_is_deleted(content, small, nothing):
    write_catalogue(without(small, "guides", "live-in-portugal"), content, layout=nothing)
    assert "pt/guides/live-in-portugal.md" not in bytes_of(content)


def test_layout_is_taken_from_another_folder(content, small, tmp_path):
    (content / "pt/facts/more.yaml").rename(content / "pt/facts/nif.yaml")
    write_catalogue(changed(small, "facts", "nif.fee", note="New"), tmp_path / "dump", layout=content)
    assert read_catalogue(tmp_path / "dump").facts[1].note == "New"
    assert (tmp_path / "dump/pt/facts/nif.yaml").is_file()


def test_no_is_a_word(content):
    (content / "es.yaml").write_text("terms: [{key: never_mind, condition: no, phrase: on, negative_phrase: off}]")
    assert read_catalogue(content).terms[0].condition == "no"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "facts: [{key: x, country: pt, statement: y, confidence: sure}]",
            "facts x › confidence: It can be official, secondary, guide or unverified. It says “sure”.",
        ),
        (
            "facts: [{key: x, country: pt, statement: y, confidence: guide, fats: 1}]",
            "facts x › fats: There is no field of this name here.",
        ),
        (
            "procedures: [{key: p, steps: [{key: a, text: 5}]}]",
            "procedures p › steps a › text: Write a word or a sentence.",
        ),
        ("facts: [{key: A B}]", "facts A B › key: Write a key: small letters"),
        ("fact: []", "The sections are countries, authorities"),
        ("- key: x", "found no sections"),
        ("terms: [{key: x, key: y}]", "“key” is given twice"),
        ("terms: 5", "terms: It is not a list of entries."),
        ("terms: " + "[" * 100_000, "nested more than 30 levels"),
        ("terms: &all [*all]", "It uses an alias"),
        ("facts: [{key: x, verified_on: 2026-02-30}]", "Write a day that there is"),
        ("terms: [{? [a, b] : c}]", "A name of a field is a list."),
        ("terms: !!python/object/apply:os.getcwd []", "It uses a tag"),
        ("terms: [", "Line 2, column 1: A value or a bracket is missing."),
    ],
)
def test_error_names_file_and_field(content, text, complaint):
    (content / "pt/wrong.yaml").write_text(text)
    found = problems_of(content)
    assert all(problem.startswith("pt/wrong.yaml: ") for problem in found)
    assert complaint in " ".join(found)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("facts:\n\t- key: x", "Line 2, column 1: There is a tab"),
        ("facts:\n- key: x\n\tstatement: y", "Line 3, column 1: There is a tab. Take spaces."),
        ("facts:\n- key: x\n  statement: Fees: 12", "Line 3, column 18: There is a colon in a value"),
        ("facts:\n- key: 'x\n  statement: y\n", "A quotation mark is opened and not closed."),
        ("facts:\n- key: x\n  statement y\n  country: pt", "A colon is missing behind a name"),
        ("facts:\n  - key: x\n- key: y", "Line 3, column 1: A line stands too far to the left"),
        ("facts: [a, b", "A comma or a closing bracket is missing."),
        ("facts:\n- key: x\n  statement: @here", "a sign that YAML keeps for itself"),
        ("---\nfacts: []\n---\nfacts: []", "A line of dashes begins a second document."),
        ('facts:\n- statement: "\\d"', "a backslash needs another one before it"),
        ("facts: [{key: x, sources: blog}]", "sources: Write a list: one line for each, with a dash before it."),
        ("facts: [x]", "Write fields here: a name, a colon and a value on each line."),
        ("procedures: [{key: x, order: first}]", "order: Write a whole number. It says “first”."),
        ("procedures: [{key: x, ongoing: perhaps}]", "ongoing: Write true or false. It says “perhaps”."),
        ("procedures: [{key: x, fees: [{key: a, amount: much}]}]", "amount: Write a number, such as 12 or 9.84."),
        ("links: [{key: x, url: ftp://x}]", "url: Write an address that begins with https://"),
        ("countries: [{key: x, colour: red}]", "colour: Write a colour as # and six signs"),
    ],
)
def test_errors_are_told_in_plain_words(content, text, complaint):
    (content / "pt/wrong.yaml").write_text(text)
    told = " ".join(problems_of(content))
    assert complaint in told
    for word in ("pattern", "scanning", "token", "mapping", "Input should"):
        assert word not in told


def test_errors_of_all_files_are_reported_together(content):
    (content / "pt/guides/a.md").write_text("No front matter")
    (content / "pt/guides/b.md").write_text("---\nkey: b\n---\nText")
    (content / "pt/latin.yaml").write_bytes("# ção".encode("latin-1"))
    found = problems_of(content)
    assert "pt/guides/a.md: The file does not start with front matter between two lines of ---." in found
    assert "pt/guides/b.md: guides b › country: It is missing. Fill it in." in found
    assert "pt/latin.yaml: It is not UTF-8 text." in found


def test_empty_folder_is_an_empty_catalogue(nothing):
    assert read_catalogue(nothing) == Catalogue()
