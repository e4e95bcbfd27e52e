"""Sheets: out, in, and what is refused with its row and column."""

import csv
import datetime
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from guides import sheets as cells
from guides.catalogue.problems import CatalogueError
from guides.catalogue.schema import Fact
from guides.editing.exchange.sheets import read_sheet, sheet_of, sheet_sections
from guides.editions.loading import load
from guides.editions.merging import plan_merge
from guides.sheets import csv_bytes, read_csv, read_xlsx, unfolded, xlsx_bytes
from tests.guides.small import changed
from tests.shipped import shipped_catalogue

pytestmark = pytest.mark.django_db

WRITERS = {"csv": csv_bytes, "xlsx": lambda rows: xlsx_bytes("facts", rows)}
READERS = {"csv": read_csv, "xlsx": lambda content: read_xlsx(content, "facts")}
BOTH = pytest.mark.parametrize("kind", ["csv", "xlsx"])
FORMULAS = ["=1+1", "+34 900", "-5", "@here", "'=1", "''=1", "'quoted'", "\tx", "=", "#N/A", '=HYPERLINK("x")']
# A spreadsheet does not mind what stands before the sign, nor that it is a wide one.
FORMULAS += [" =1+1", "\n=1+1", "\u00a0-1", "＝1+1", " ＋1", "' =1", "line\n=1+1"]
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def there_and_back(kind, section, entries):
    return read_sheet(section, READERS[kind](WRITERS[kind](sheet_of(section, entries))))


def workbook(*rows, title="facts"):
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


def refusal(rows, section="facts"):
    with pytest.raises(CatalogueError) as refused:
        read_sheet(section, rows)
    return str(refused.value)


SHEETS = ["countries", "authorities", "sources", "facts", "links", "terms", "documents", "tasks", "pointers", "alerts"]


def test_flat_sections_are_sheets():
    assert list(sheet_sections()) == SHEETS


class TestRoundTrip:
    @BOTH
    @pytest.mark.parametrize("section", SHEETS)
    def test_shipped_entries(self, kind, section, full):
        entries = *getattr(shipped_catalogue().catalogue, section), *getattr(full, section)
        if section == "documents":
            entries = tuple(entry.model_copy(update={"covers": ()}) for entry in entries)
        incoming = there_and_back(kind, section, entries)
        assert getattr(incoming.catalogue, section) == entries
        assert len(incoming.bases) == len({entry.key for entry in entries})

    @BOTH
    def test_what_a_document_is_good_for_stays(self, kind, full):
        load(full)
        merge = plan_merge(there_and_back(kind, "documents", full.documents), overwrite=True)
        assert (merge.changes, merge.unchanged) == ((), len(full.documents))

    @BOTH
    def test_nothing_changes(self, kind, working_copy, small):
        merge = plan_merge(there_and_back(kind, "facts", small.facts), overwrite=True)
        assert (merge.changes, merge.kept, merge.unchanged) == ((), (), 2)

    @BOTH
    @pytest.mark.parametrize("text", FORMULAS)
    def test_what_looks_like_a_formula(self, kind, small, text):
        fact = small.facts[1].model_copy(update={"statement": text})
        assert there_and_back(kind, "facts", [fact]).catalogue.facts == (fact,)

    @given(st.text(st.characters(exclude_categories=["C"], include_characters="\n\t"), min_size=1))
    def test_any_text(self, text):
        fact = Fact(key="a", country="pt", statement=text, confidence="guide")
        for kind in WRITERS:
            rows = READERS[kind](WRITERS[kind](sheet_of("facts", [fact])))
            assert rows[1][2] == text

    def test_no_cell_is_a_formula_for_a_spreadsheet(self, small):
        facts = [small.facts[1].model_copy(update={"statement": text}) for text in FORMULAS]
        for row in read_raw(csv_bytes(sheet_of("facts", facts))):
            assert not row[2].strip().startswith(SIGNS)
            assert not row[2].startswith(("\t", "\r", "\n"))
        for row in load_workbook(io.BytesIO(xlsx_bytes("facts", sheet_of("facts", facts)))).active.iter_rows(min_row=2):
            assert (row[2].data_type, row[2].quotePrefix) == ("s", True)

    def test_days_are_days_in_a_workbook(self, small):
        sheet = load_workbook(io.BytesIO(xlsx_bytes("facts", sheet_of("facts", small.facts)))).active
        assert sheet["J2"].is_date
        assert sheet["J2"].value.date() == datetime.date(2026, 11, 1)


def read_raw(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


class TestReading:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_encodings_and_separators(self, working_copy, small, encoding, separator):
        content = f'key{separator}note\r\nnif.fee{separator}"Não, a; b"\r\n'.encode(encoding)
        merge = plan_merge(read_sheet("facts", read_csv(content)))
        assert merge.after == changed(small, "facts", "nif.fee", note="Não, a; b")

    def test_the_line_with_which_excel_names_its_separator(self):
        assert read_csv(b"sep=;\r\nkey;note\r\nx;a, b, c") == [["key", "note"], ["x", "a, b, c"]]

    def test_another_encoding_is_refused(self):
        with pytest.raises(CatalogueError, match="Save it as “CSV UTF-8”, or as XLSX"):
            read_csv("key,note\nx,ção".encode("cp1252"))

    def test_a_quote_that_never_ends_is_refused(self):
        with pytest.raises(CatalogueError, match="line 2: It is no CSV"):
            read_csv(b'key,note\nx,"y')

    def test_a_column_that_is_not_there_leaves_its_field_alone(self, working_copy, small):
        merge = plan_merge(read_sheet("facts", [["review_due", "key"], ["2028-01-31", " nif.what "]]))
        due = datetime.date(2028, 1, 31)
        assert merge.after == changed(small, "facts", "nif.what", review_due=due)

    def test_an_empty_cell_has_the_default(self, working_copy, small):
        merge = plan_merge(read_sheet("facts", [["key", "sources", "verified_on"], ["nif.what", "", ""]]))
        assert merge.after == changed(small, "facts", "nif.what", sources=[], verified_on=None)

    def test_keys_are_separated_by_spaces_or_commas(self, working_copy, small):
        merge = plan_merge(read_sheet("facts", [["key", "sources"], ["nif.fee", "blog, portal"]]))
        assert merge.after == changed(small, "facts", "nif.fee", sources=["blog", "portal"])

    def test_empty_rows_are_passed_over(self, working_copy):
        assert read_sheet("facts", [["key", "note"], ["", " "], []]).catalogue.facts == ()

    def test_numbers_and_days_in_text_cells_of_a_workbook(self, working_copy, small):
        content = workbook(
            ["key", "effective", "source_date", "verified_on"],
            ["nif.fee", 2027, datetime.date(2026, 3, 1), datetime.date(2026, 3, 2)],
        )
        fact = read_sheet("facts", read_xlsx(content, "facts")).catalogue.facts[0]
        assert (fact.effective, fact.source_date, fact.verified_on) == ("2027", "2026-03-01", datetime.date(2026, 3, 2))

    def test_the_sheet_of_the_section_is_taken_or_else_the_first(self):
        book = Workbook()
        book.active.append(["other"])
        book.create_sheet("facts").append(["key"])
        found = io.BytesIO()
        book.save(found)
        assert read_xlsx(found.getvalue(), "facts")[0][0] == "key"
        assert read_xlsx(found.getvalue(), "sources")[0][0] == "other"


class TestRefusal:
    @pytest.mark.parametrize(
        ("column", "value", "complaint"),
        [
            ("confidence", "sure", "row 3: facts nif.fee › confidence: It can be official, secondary"),
            ("confidence", "", "row 3: facts nif.fee › confidence: It is missing."),
            ("verified_on", "01/02/2026", "row 3: facts nif.fee › verified_on: Write the day as 2026-11-22"),
            ("verified_on", "20260201", "row 3: facts nif.fee › verified_on: Write the day as 2026-11-22"),
            ("verified_on", "2026-02-30", "row 3: facts nif.fee › verified_on: Write a day that there is"),
            ("sources", "A!", "row 3: facts nif.fee › sources"),
            ("base", "123", "row 3 › base: It was changed."),
        ],
    )
    def test_row_and_column_are_named(self, working_copy, column, value, complaint):
        assert refusal([["key", column], [], ["nif.fee", value]]).startswith(complaint)

    @pytest.mark.parametrize("key", ["", "A B", "x" * 121])
    def test_bad_keys(self, key):
        rows = [["key", "country", "statement", "confidence"], [key, "pt", "x", "guide"]]
        assert refusal(rows).startswith(f"row 2: facts {key}")

    @pytest.mark.parametrize(
        ("header", "complaint"),
        [
            (["key", "colour"], "There is no column “colour” in facts."),
            (["note"], "There is no column “key”."),
            (["key", "note", "note"], "The column “note” is there twice."),
            ([], "There is no column “key”."),
        ],
    )
    def test_bad_headers(self, header, complaint):
        assert complaint in refusal([header, ["x", "y", "z"]])

    def test_no_rows_at_all(self):
        assert "There is no column “key”." in refusal([])

    def test_a_row_that_is_longer_than_the_header(self, working_copy):
        assert refusal([["key"], ["nif.fee", "more"]]) == "row 2: It has more cells than the header."

    def test_references_are_checked_with_their_row(self, working_copy):
        merge = plan_merge(read_sheet("facts", [["key", "country", "sources"], ["nif.fee", "xx", "nobody"]]))
        assert [str(problem) for problem in merge.problems] == [
            "row 2: facts nif.fee › country: There is no entry “xx” in countries.",
            "row 2: facts nif.fee › sources: There is no entry “nobody” in sources.",
        ]

    def test_formulas_and_errors_in_a_workbook(self):
        for value in ("=1+1", "#N/A"):
            with pytest.raises(CatalogueError, match="row 2, column 2: It holds a formula or an error"):
                read_xlsx(workbook(["key", "note"], ["x", value]), "facts")

    @pytest.mark.parametrize("content", [b"", b"PK", b"key,note"])
    def test_no_workbook(self, content):
        with pytest.raises(CatalogueError, match="no zip file"):
            read_xlsx(content, "facts")

    def test_a_zip_that_is_no_workbook(self):
        found = io.BytesIO()
        with zipfile.ZipFile(found, "w") as archive:
            archive.writestr("a.yaml", "terms: []")
        with pytest.raises(CatalogueError, match=r"^file: It is no workbook"):
            read_xlsx(found.getvalue(), "facts")

    def test_a_workbook_that_unfolds_into_too_much(self):
        with pytest.raises(CatalogueError, match="unfolds into more than"):
            read_xlsx(workbook(*([["x" * 30_000]] * 800)), "facts")

    def test_one_text_that_many_cells_share(self):
        files = dict(unfolded(workbook(["a"])))
        kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
        files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(b"</Types>", part)
        space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        row = b"<row>" + b'<c t="s"><v>0</v></c>' * 50 + b"</row>"
        files["xl/worksheets/sheet1.xml"] = b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (space, row * 50)
        files["xl/sharedStrings.xml"] = b"<sst %s><si><t>%s</t></si></sst>" % (space, b"x" * 30_000)
        found = io.BytesIO()
        with zipfile.ZipFile(found, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        with pytest.raises(CatalogueError, match="unfolds into more than 20 MB"):
            read_xlsx(found.getvalue(), "facts")

    @BOTH
    def test_too_many_rows(self, kind, monkeypatch):
        monkeypatch.setattr(cells, "MOST_ROWS", 10)
        assert len(READERS[kind](WRITERS[kind]([["key"]] * 11))) == 11
        with pytest.raises(CatalogueError, match="more than 10 rows"):
            READERS[kind](WRITERS[kind]([["key"]] * 12))

    def test_a_text_that_is_too_long_for_a_cell(self, small):
        fact = small.facts[0].model_copy(update={"note": "x" * 40_000})
        with pytest.raises(CatalogueError, match="Take CSV"):
            xlsx_bytes("facts", sheet_of("facts", [fact]))
        assert there_and_back("csv", "facts", [fact]).catalogue.facts == (fact,)
