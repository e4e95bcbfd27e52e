"""Grids of cells as CSV and as a workbook. On the way out a cell is a text, a day or None; on the way in a text."""

import codecs
import csv
import datetime
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell

from guides.catalogue.problems import CatalogueError, Problem

Cells = list[str | datetime.date | None]
# What a spreadsheet would take for a formula, behind any number of apostrophes.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
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
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title, sheet.freeze_panes = title, "B2"
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


def read_csv(content: bytes) -> list[list[str]]:
    """The rows of a CSV file, separated by commas, semicolons or tabs. Raises CatalogueError."""
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise _refusal("It is not UTF-8. Save it as “CSV UTF-8”, or as XLSX.") from None
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [[_armed(value) for value in row] for row in _limited(reader)]
    except csv.Error as error:
        raise _refusal(f"It is no CSV: {error}.", f"line {reader.line_num}") from None


def read_xlsx(content: bytes, title: str) -> list[list[str]]:
    """The rows of the sheet with this title, or else of the first one. Raises CatalogueError."""
    unfolded(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book[title] if title in book.sheetnames else book.worksheets[0]
        cells = list(_limited(sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)))
    except CatalogueError:
        raise
    # A damaged workbook raises whatever the part that reads it stumbles over.
    except Exception:
        raise _refusal("It is no workbook that can be read. Save it as XLSX.") from None
    rows = [[_written(cell, f"row {number}") for cell in row] for number, row in enumerate(cells, 1)]
    # Many cells can share one long text.
    if sum(len(text) for row in rows for text in row) > MOST_BYTES:
        raise _refusal(f"It unfolds into more than {MOST_BYTES // 1024 // 1024} MB.")
    return rows


def _limited(rows: Iterable) -> Iterator:
    for number, row in enumerate(rows):
        if number > MOST_ROWS:
            raise _refusal(f"It has more than {MOST_ROWS} rows.")
        yield row


def _text(value: str | datetime.date | None) -> str:
    return "" if value is None else str(value)


def _disarmed(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text


def _armed(text: str) -> str:
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def _cell(sheet, value: str | datetime.date | None) -> Cell:
    cell = WriteOnlyCell(sheet)
    if not isinstance(value, str):
        cell.value = value
        return cell
    if len(value) > LONGEST_CELL:
        raise _refusal(f"“{value[:40]}…” is too long for a cell. Take CSV.")
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    # Never a formula, whatever it begins with, also after somebody has edited it.
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _written(cell, place: str) -> str:
    """What the cell says as text: a day as 2026-11-22, a whole number without a decimal point."""
    value = cell.value
    if cell.data_type in ("f", "e"):
        raise _refusal("It holds a formula or an error. Write the value itself.", f"{place}, column {cell.column}")
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _text(value)


def _refusal(text: str, place: str = "file") -> CatalogueError:
    return CatalogueError([Problem("error", place, text)])


def unfolded(content: bytes) -> list[tuple[str, bytes]]:
    """Names and contents of the files in a zip, by name. Raises CatalogueError where they are too much to unfold."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return list(_unfold(archive))
    except CatalogueError:
        raise
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, EOFError, ValueError, OSError):
        raise _refusal("It is damaged, encrypted or no zip file.", "zip") from None


MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 1000


def _unfold(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    infos = sorted((info for info in archive.infolist() if not info.is_dir()), key=lambda info: info.filename)
    if len(infos) > MOST_FILES:
        raise _refusal(f"It holds more than {MOST_FILES} files.", "zip")
    left = MOST_BYTES
    for info in infos:
        # The size that a zip states need not be true.
        with archive.open(info) as file:
            content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            raise _refusal(f"It unfolds into more than {MOST_BYTES // 1024 // 1024} MB.", "zip")
        yield info.filename, content
