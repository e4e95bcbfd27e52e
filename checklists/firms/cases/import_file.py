"""A CSV file as rows, whatever program wrote it: its encoding and its separator are found out."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.sheets import BrokenQuotes, decode, records, separator_of

LARGEST = 2 * 1024 * 1024
MOST_ROWS = 5000
SEPARATORS = {
    ",": gettext_lazy("commas"),
    ";": gettext_lazy("semicolons"),
    "\t": gettext_lazy("tabs"),
    "|": gettext_lazy("vertical bars"),
}
WORKBOOK = gettext_lazy("This is a workbook. In your spreadsheet program, save it as CSV (UTF-8).")
BINARY = {b"PK\x03\x04": WORKBOOK, b"\xd0\xcf\x11\xe0": WORKBOOK, b"%PDF": gettext_lazy("This is not a CSV file.")}
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
    for start, told in BINARY.items():
        if content.startswith(start):
            raise UnreadableFile(told)
    text, encoding = decode(content)
    if not text.strip():
        raise UnreadableFile(_("The file is empty."))
    if found := CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise UnreadableFile(
            _("Line %(line)d holds signs that are no text. Save the file as CSV again.") % {"line": line}
        )
    separator = separator_of(text, SEPARATORS, _known)
    try:
        lines = [(line, cells) for line, cells in records(text, separator, trim=True) if cells]
    except BrokenQuotes as broken:
        text = _("The quotation marks from line %(line)d on do not match: one is missing, or one stands inside a cell.")
        raise UnreadableFile(text % {"line": broken.line}) from None
    headers = tuple(cell.strip() for cell in lines[0][1])
    columns = _columns(headers)
    rows = [(line, cells) for line, cells in lines[1:] if any(cell.strip() for cell in cells)]
    if not rows:
        raise UnreadableFile(_("The file has a line of titles and nobody below it."))
    if len(rows) > MOST_ROWS:
        text = _("The file has %(rows)d rows. Divide it: at most %(most)d can be brought in at once.")
        raise UnreadableFile(text % {"rows": len(rows), "most": MOST_ROWS})
    return Sheet(encoding, separator, headers, columns, rows)


def fold(text: str) -> str:
    """Only letters and digits, without case and accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def _known(cells: list[str]) -> tuple[int, int]:
    """How many titles of a line are those of fields, and how many there are."""
    return sum(bool(_field_of(cell)) for cell in cells), len(cells)


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
