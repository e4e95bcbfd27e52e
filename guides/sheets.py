"""Grids of cells as CSV and as a workbook. On the way out a cell is a text, a day or None; on the way in a text."""

import codecs
import csv
import datetime
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from guides.catalogue.problems import CatalogueError, Problem

# openpyxl is 175 modules, some 4 MB: not for every process that serves pages.
if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

Cells = list[str | datetime.date | None]
# What a spreadsheet would take for a formula, behind any number of apostrophes and spaces: also in the wide signs of
# East Asian keyboards, and after the first line.
FORMULA = re.compile(r"['\s]*[=+\-@＝＋－＠]|'*[\t\r\n]")
# With this line Excel says what separates the cells.
SEPARATOR_TOLD = re.compile(r"\Asep=([,;\t|])\r?\n", re.IGNORECASE)
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 32_767


def csv_bytes(rows: Iterable[Cells]) -> bytes:
    """UTF-8 with the mark that Excel needs. What looks like a formula gets an apostrophe, which reading takes away."""
    return b"".join(csv_lines(rows))


def csv_lines(rows: Iterable[Cells]) -> Iterator[bytes]:
    """The same, one row after the other, for files that are too long to be held in memory."""
    mark = codecs.BOM_UTF8
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([_disarmed(_text(value)) for value in row])
        yield mark + line.getvalue().encode()
        mark = b""


def xlsx_bytes(title: str, rows: Iterable[Cells]) -> bytes:
    """One sheet with a fixed header. Texts are marked as text. Raises CatalogueError for one too long for a cell."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title, sheet.freeze_panes = title, "B2"
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


class BrokenQuotes(Exception):
    """The quotation marks of a CSV file do not match from ``line`` on."""

    def __init__(self, line: int, reason: str):
        super().__init__(reason)
        self.line = line


def decode(content: bytes) -> tuple[str, str]:
    """The text of a file, and the name of its encoding. What is no Unicode is taken for what Windows writes."""
    for encoding, name in (("utf-8-sig", "UTF-8"), (_wide(content), "UTF-16"), ("cp1252", "Windows-1252")):
        with suppress(UnicodeDecodeError):
            if encoding:
                return content.decode(encoding), name
    return content.decode("latin-1"), "Latin-1"


def _wide(content: bytes) -> str:
    """The name of the encoding with two bytes for a sign, if it is one of them: by its mark, or by its many zeros."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = content[:400]
    if len(start) < 4 or start.count(0) * 3 < len(start):
        return ""
    return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"


def separator_of(text: str, separators: Iterable[str], score: Callable[[list[str]], Any] = len) -> str:
    """What separates the cells: named by Excel's own first line, or what gives a first line with the best score."""
    if told := SEPARATOR_TOLD.match(text):
        return told[1]
    first = re.split(r"[\r\n]", text.lstrip(), maxsplit=1)[0]
    return max(separators, key=lambda separator: score(next(csv.reader([first], delimiter=separator), [])))


def records(text: str, separator: str, *, trim: bool = False) -> Iterator[tuple[int, list[str]]]:
    """The line on which each record begins, and its cells; ``trim``: without spaces before them. Raises BrokenQuotes.

    The line with which Excel names the separator is empty.
    """
    source = io.StringIO(SEPARATOR_TOLD.sub("\n", text), newline="")
    reader, line = csv.reader(source, delimiter=separator, strict=True, skipinitialspace=trim), 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise BrokenQuotes(line, str(error)) from None


def read_csv(content: bytes) -> list[list[str]]:
    """The rows of a CSV file in Unicode, separated by commas, semicolons or tabs. Raises CatalogueError."""
    text, encoding = decode(content)
    if not encoding.startswith("UTF"):
        raise refusal("It is not UTF-8. Save it as “CSV UTF-8”, or as XLSX.")
    try:
        rows = [cells for _line, cells in _limited(records(text, separator_of(text, ",;\t")))]
    except BrokenQuotes as broken:
        raise refusal(f"It is no CSV: {broken}.", f"line {broken.line}") from None
    if SEPARATOR_TOLD.match(text):
        del rows[0]
    return [[_armed(value) for value in row] for row in rows]


def read_xlsx(content: bytes, title: str) -> list[list[str]]:
    """The rows of the sheet with this title, or else of the first one. Raises CatalogueError."""
    from openpyxl import load_workbook

    unfolded(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book[title] if title in book.sheetnames else book.worksheets[0]
        cells = list(_limited(sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)))
    except CatalogueError:
        raise
    # A damaged workbook raises whatever the part that reads it stumbles over.
    except Exception:
        raise refusal("It is no workbook that can be read. Save it as XLSX.") from None
    rows = [[_written(cell, f"row {number}") for cell in row] for number, row in enumerate(cells, 1)]
    # Many cells can share one long text.
    if sum(len(text) for row in rows for text in row) > MOST_BYTES:
        raise refusal(f"It unfolds into more than {MOST_BYTES // 1024 // 1024} MB.")
    return rows


def _limited(rows: Iterable) -> Iterator:
    for number, row in enumerate(rows):
        if number > MOST_ROWS:
            raise refusal(f"It has more than {MOST_ROWS} rows.")
        yield row


def _text(value: str | datetime.date | None) -> str:
    return "" if value is None else str(value)


def _disarmed(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text


def _armed(text: str) -> str:
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def _cell(sheet, value: str | datetime.date | None) -> "Cell":
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell = WriteOnlyCell(sheet)
    if not isinstance(value, str):
        cell.value = value
        return cell
    if len(value) > LONGEST_CELL:
        raise refusal(f"“{value[:40]}…” is too long for a cell. Take CSV.")
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    # Never a formula, whatever it begins with, also after somebody has edited it.
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _written(cell, place: str) -> str:
    """What the cell says as text: a day as 2026-11-22, a whole number without a decimal point."""
    value = cell.value
    if cell.data_type in ("f", "e"):
        raise refusal("It holds a formula or an error. Write the value itself.", f"{place}, column {cell.column}")
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _text(value)


def refusal(text: str, place: str = "file") -> CatalogueError:
    return CatalogueError([Problem("error", place, text)])


def unfolded(content: bytes) -> list[tuple[str, bytes]]:
    """Names and contents of the files in a zip, by name. Raises CatalogueError where they are too much to unfold."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return list(_unfold(archive))
    except CatalogueError:
        raise
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, EOFError, ValueError, OSError):
        raise refusal("It is damaged, encrypted or no zip file.", "zip") from None


MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 1000


def _unfold(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    infos = sorted((info for info in archive.infolist() if not info.is_dir()), key=lambda info: info.filename)
    if len(infos) > MOST_FILES:
        raise refusal(f"It holds more than {MOST_FILES} files.", "zip")
    left = MOST_BYTES
    for info in infos:
        # The size that a zip states need not be true.
        with archive.open(info) as file:
            content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            raise refusal(f"It unfolds into more than {MOST_BYTES // 1024 // 1024} MB.", "zip")
        yield info.filename, content
