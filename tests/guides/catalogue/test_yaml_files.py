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
        ("facts: [{key: x, country: pt, statement: y, confidence: sure}]", "facts x › confidence: Input should be"),
        ("facts: [{key: x, country: pt, statement: y, confidence: guide, fats: 1}]", "facts x › fats: Extra inputs"),
        (
            "procedures: [{key: p, steps: [{key: a, text: 5}]}]",
            "procedures p › steps a › text: Input should be a valid string",
        ),
        ("facts: [{key: A B}]", "facts A B › key: String should match pattern"),
        ("fact: []", "The sections are countries, authorities"),
        ("- key: x", "found no sections"),
        ("terms: [{key: x, key: y}]", "“key” is given twice"),
        ("terms: 5", "terms: It is not a list of entries."),
        ("terms: " + "[" * 100_000, "nested more than 30 levels"),
        ("terms: &all [*all]", "It uses an alias"),
        ("facts: [{key: x, verified_on: 2026-02-30}]", "day"),
        ("terms: [{? [a, b] : c}]", "unhashable"),
        ("terms: !!python/object/apply:os.getcwd []", "It uses a tag"),
        ("terms: [", "did not find expected node content at line 2, column 1"),
    ],
)
def test_error_names_file_and_field(content, text, complaint):
    (content / "pt/wrong.yaml").write_text(text)
    found = problems_of(content)
    assert all(problem.startswith("pt/wrong.yaml: ") for problem in found)
    assert complaint in " ".join(found)


def test_errors_of_all_files_are_reported_together(content):
    (content / "pt/guides/a.md").write_text("No front matter")
    (content / "pt/guides/b.md").write_text("---\nkey: b\n---\nText")
    (content / "pt/latin.yaml").write_bytes("# ção".encode("latin-1"))
    found = problems_of(content)
    assert "pt/guides/a.md: The file does not start with front matter between two lines of ---." in found
    assert "pt/guides/b.md: guides b › country: Field required" in found
    assert "pt/latin.yaml: It is not UTF-8 text." in found


def test_empty_folder_is_an_empty_catalogue(nothing):
    assert read_catalogue(nothing) == Catalogue()
