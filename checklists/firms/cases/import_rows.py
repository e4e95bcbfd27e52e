"""Rows of a file as cases to be: every value checked, every problem with its line and column."""

import datetime
import re
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from checklists.models import Case, Organisation
from checklists.seen import fingerprint
from guides.editions.publishing import current

from .forms import workers
from .import_file import Sheet, fold

LENGTHS = {name: Case._meta.get_field(name).max_length for name in ("name", "email", "reference")}
DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
YEARS = range(2000, 2101)
LABELS = re.compile(r"[;,|\n]")


class Bad(ValueError):
    """A cell that cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    line: int
    column: str
    value: str
    message: str


@dataclass(slots=True)
class Row:
    """A case to be. ``twin_line`` is the row that has the same address, ``twin`` the active case that has it."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    twin_line: int = 0
    twin: Case | None = None

    @property
    def is_duplicate(self) -> bool:
        return bool(self.twin_line or self.twin)


@dataclass(slots=True)
class Preview:
    """What a file would open. ``day_first``: a date in it could be read in two ways, as this example."""

    sheet: Sheet
    rows: list[Row]
    problems: list[Problem]
    day_first: str = ""

    @property
    def duplicates(self) -> list[Row]:
        return [row for row in self.rows if row.is_duplicate]

    @property
    def fingerprint(self) -> str:
        """Differs when other rows of the same file are duplicates by now."""
        return fingerprint(*[row.line for row in self.duplicates])

    def wanted(self, *, with_duplicates: bool) -> list[Row]:
        """The rows of which cases are made."""
        return [row for row in self.rows if with_duplicates or not row.is_duplicate]


def preview_of(sheet: Sheet, organisation: Organisation) -> Preview:
    """What the sheet would open in this firm. Nothing is written."""
    cells = Cells(organisation)
    preview = Preview(sheet, [], [])
    for line, values in sheet.rows:
        preview.rows.append(_row(cells, preview, line, values))
    preview.day_first = cells.day_first
    _mark_twins(preview, organisation)
    return preview


def _row(cells: "Cells", preview: Preview, line: int, values: list[str]) -> Row:
    sheet, row = preview.sheet, Row(line)
    spare = [value for value in values[len(sheet.columns) :] if value.strip()]
    if spare:
        message = _("The row has more cells than there are titles. Put quotation marks around a cell that holds one.")
        preview.problems.append(Problem(line, "", ", ".join(spare)[:80], message))
    for name, value in zip(sheet.columns, values, strict=False):
        if not name:
            continue
        try:
            row.values[name] = cells.read(name, value.strip())
        except Bad as bad:
            preview.problems.append(Problem(line, sheet.header_of(name), value.strip()[:80], str(bad)))
    if not row.values.get("name") and not any(problem.line == line for problem in preview.problems):
        preview.problems.append(Problem(line, sheet.header_of("name"), "", _("Every client needs a name.")))
    return row


class Cells:
    """Reads the cells of a firm's file: it knows the firm's stages, labels and people, and the edition's countries."""

    def __init__(self, organisation: Organisation):
        self.day_first = ""
        self.stages = {fold(stage.name): stage for stage in organisation.stages.all()}
        self.labels = {fold(label.name): label for label in organisation.labels.all()}
        self.people: dict[str, list] = {}
        for user in workers(organisation):
            for called in {user.email.casefold(), str(user).casefold()}:
                self.people.setdefault(called, []).append(user)
        self.countries = {
            fold(called): country.key
            for country in current().countries.values()
            for called in (country.key, country.name, country.local_name, country.mark)
        }
        self.priorities = {fold(str(choice.label)): choice for choice in Case.Priority}
        self.priorities |= {str(choice.value): choice for choice in Case.Priority}

    def read(self, name: str, text: str) -> Any:
        """The value of a cell. Raises Bad."""
        return getattr(self, f"_{name}")(text)

    def _name(self, text: str) -> str:
        return self._short("name", " ".join(text.split()))

    def _reference(self, text: str) -> str:
        return self._short("reference", " ".join(text.split()))

    def _email(self, text: str) -> str:
        if text:
            try:
                validate_email(self._short("email", text))
            except ValidationError:
                raise Bad(_("This is no email address. Write it like name@example.org, or leave it empty.")) from None
        return text

    def _short(self, name: str, text: str) -> str:
        if len(text) > LENGTHS[name]:
            raise Bad(_("This is too long: at most %(most)d signs.") % {"most": LENGTHS[name]})
        return text

    def _destination(self, text: str) -> str:
        return self._one_of(self.countries, text, _("We know no such destination. Write one of: %(known)s.")) or ""

    def _stage(self, text: str):
        return self._one_of(self.stages, text, _("Your firm has no such stage. Write one of: %(known)s."))

    def _priority(self, text: str) -> int:
        return self._one_of(self.priorities, text, _("Write low, normal or high.")) or Case.Priority.NORMAL

    def _assignee(self, text: str):
        if not text:
            return None
        found = self.people.get(text.casefold(), [])
        if len(found) > 1:
            raise Bad(_("Several people of your firm are called so. Write the email address."))
        if not found:
            raise Bad(_("No owner or advisor of your firm has this name or address."))
        return found[0]

    def _labels(self, text: str) -> list:
        message = _("Your firm has no such label. Make it in the settings first, or write one of: %(known)s.")
        names = dict.fromkeys(part.strip() for part in LABELS.split(text))
        return [self._one_of(self.labels, name, message) for name in names if name]

    def _one_of(self, known: dict[str, Any], text: str, message: str) -> Any:
        if not text:
            return None
        if (found := known.get(fold(text))) is None:
            names = dict.fromkeys(map(self._known_as, known.values()))
            raise Bad(message % {"known": ", ".join(names) or "–"} if "%(" in message else message)
        return found

    @staticmethod
    def _known_as(value: Any) -> str:
        countries = current().countries
        return countries[value].name if isinstance(value, str) and value in countries else str(value)

    def _target_date(self, text: str) -> datetime.date | None:
        if not text:
            return None
        day = self._day(text)
        if day.year not in YEARS:
            raise Bad(_("This year is not plausible."))
        return day

    def _day(self, text: str) -> datetime.date:
        """ISO, or with the day first, as in Europe; one that could mean another day is remembered."""
        found = DAY_FIRST.fullmatch(text)
        try:
            if not found:
                return datetime.date.fromisoformat(text)
            day, month, year = map(int, found.groups())
            read = datetime.date(year, month, day)
        except ValueError:
            raise Bad(_("This is no date. Write it like 2027-04-25 or 25/04/2027: the day first.")) from None
        if day <= 12 and day != month:
            self.day_first = self.day_first or text
        return read


def _mark_twins(preview: Preview, organisation: Organisation) -> None:
    """Mark the rows whose address an earlier row has, or an active case of the firm."""
    first: dict[str, int] = {}
    for row in preview.rows:
        email = row.values.get("email", "").casefold()
        if email and first.setdefault(email, row.line) != row.line:
            row.twin_line = first[email]
    known = organisation.cases.active().annotate(address=Lower("email")).filter(address__in=list(first))
    twins = {case.address: case for case in known.order_by("-pk")}
    for row in preview.rows:
        row.twin = twins.get(row.values.get("email", "").casefold())
