"""A CSV file as rows, whatever program wrote it: its encoding and its separator are found out."""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LARGEST = 2 * 1024 * 1024
MOST_ROWS = 5000
SEPARATORS = {
    ",": gettext_lazy("commas"),
    ";": gettext_lazy("semicolons"),
    "\t": gettext_lazy("tabs"),
    "|": gettext_lazy("vertical bars"),
}
BINARY = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xls", b"%PDF": "pdf"}
# What no text holds; line breaks and tabs may stand in quotes.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

# Each field with the headers that mean it, folded: only letters and digits, without accents.
HEADERS = {
    "name": {"name", "client", "clientname", "fullname", "person", "customer", "nombre", "cliente", "nome"},
    "email": {"email", "emailaddress", "mail", "clientemail", "correo", "correoelectronico"},
    "destination": {"destination", "country", "to", "destinationcountry", "destino", "pais"},
    "target_date": {"targetdate", "date", "movedate", "movingdate", "arrival", "arrivaldate", "fecha", "data"},
    "reference": {"reference", "ref", "referencenumber", "caseid", "casenumber", "number", "id", "referencia"},
    "stage": {"stage", "status", "phase", "etapa"},
    "assignee": {"assignee", "assignedto", "advisor", "owner", "consultant", "asesor"},
    "priority": {"priority", "urgency", "prioridad", "prioridade"},
    "labels": {"labels", "label", "tags", "tag", "etiquetas"},
}


class UnreadableFile(Exception):
    """Nothing can be made of the file as a whole; the message is for whoever sent it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """``rows`` as (line in the file, cells); ``columns`` has for each cell its field, or "" for one that is not known.

    ``headers`` are the titles as they are written; ``unknown`` those that mean nothing here.
    """

    encoding: str
    separator: str
    headers: tuple[str, ...]
    columns: tuple[str, ...]
    rows: list[tuple[int, list[str]]]

    @property
    def unknown(self) -> list[str]:
        return [header for header, field in zip(self.headers, self.columns, strict=True) if not field and header]

    @property
    def separator_name(self) -> str:
        return str(SEPARATORS[self.separator])

    def header_of(self, field: str) -> str:
        return self.headers[self.columns.index(field)] if field in self.columns else field


def read_sheet(content: bytes) -> Sheet:
    """The rows of a file. Raises UnreadableFile."""
    if len(content) > LARGEST:
        raise UnreadableFile(_("The file is larger than 2 MB. Divide it and bring in one part after the other."))
    text, encoding = decode(content)
    if not text.strip():
        raise UnreadableFile(_("The file is empty."))
    if found := CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise UnreadableFile(
            _("Line %(line)d holds signs that are no text. Save the file as CSV again.") % {"line": line}
        )
    text, separator = _separator(text)
    records = _records(text, separator)
    headers = tuple(cell.strip() for cell in records[0][1])
    columns = _columns(headers)
    rows = [(line, cells) for line, cells in records[1:] if any(cell.strip() for cell in cells)]
    if not rows:
        raise UnreadableFile(_("The file has a line of titles and nobody below it."))
    if len(rows) > MOST_ROWS:
        text = _("The file has %(rows)d rows. Divide it: at most %(most)d can be brought in at once.")
        raise UnreadableFile(text % {"rows": len(rows), "most": MOST_ROWS})
    return Sheet(encoding, separator, headers, columns, rows)


def decode(content: bytes) -> tuple[str, str]:
    """The text of a file, and the name of its encoding. Raises UnreadableFile for what is no text."""
    for start, kind in BINARY.items():
        if content.startswith(start):
            if kind.startswith("xls"):
                raise UnreadableFile(_("This is a workbook. In your spreadsheet program, save it as CSV (UTF-8)."))
            raise UnreadableFile(_("This is not a CSV file."))
    for encoding, name in (("utf-8-sig", "UTF-8"), (_wide(content), "UTF-16"), ("cp1252", "Windows-1252")):
        if not encoding:
            continue
        try:
            return content.decode(encoding), name
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1"), "Latin-1"


def fold(text: str) -> str:
    """Only letters and digits, without case and accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def _wide(content: bytes) -> str:
    """The name of the encoding with two bytes for a sign, if it is one of them: by its mark, or by its many zeros."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = content[:400]
    if len(start) < 4 or start.count(0) * 3 < len(start):
        return ""
    return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"


def _separator(text: str) -> tuple[str, str]:
    """The text without Excel's own word for it, and the separator with which the first line names most fields."""
    told = re.match(r"sep=([,;\t|])\r?\n", text, re.IGNORECASE)
    if told:
        # The line stays, empty, so that the numbers of the lines are those of the file.
        return "\n" + text[told.end() :], told[1]
    first = re.split(r"[\r\n]", text.lstrip(), maxsplit=1)[0]

    def known(separator: str) -> tuple[int, int]:
        cells = next(csv.reader([first], delimiter=separator), [])
        return sum(bool(_field_of(cell)) for cell in cells), len(cells)

    return text, max(SEPARATORS, key=known)


def _records(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """Each record with the line on which it begins. Raises UnreadableFile for quotes that do not match."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    records, line = [], 1
    try:
        for cells in reader:
            if cells:
                records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        text = _("The quotation marks from line %(line)d on do not match: one is missing, or one stands inside a cell.")
        raise UnreadableFile(text % {"line": line}) from None
    return records


def _columns(headers: tuple[str, ...]) -> tuple[str, ...]:
    columns = tuple(_field_of(header) for header in headers)
    known = [field for field in columns if field]
    if "name" not in known:
        text = _("There is no column for the client's name. The first line must hold titles; it holds: %(titles)s.")
        raise UnreadableFile(text % {"titles": ", ".join(filter(None, headers))[:300]})
    if len(known) != len(set(known)):
        twice = next(field for field in known if known.count(field) > 1)
        titles = [header for header, field in zip(headers, columns, strict=True) if field == twice]
        raise UnreadableFile(_("Several columns mean the same: %(titles)s. Keep one.") % {"titles": ", ".join(titles)})
    return columns


def _field_of(header: str) -> str:
    folded = fold(header)
    return next((field for field, names in HEADERS.items() if folded in names), "")
