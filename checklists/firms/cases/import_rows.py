"""Rows of a file as cases to be: every value checked, every problem with its line and column."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from checklists.forms import DayField
from checklists.models import Case, Organisation, User
from checklists.seen import fingerprint
from guides.catalogue.countries import countries_called, countries_like
from guides.editions.publishing import current
from guides.lines import AddressField, LineField

from .forms import workers
from .import_file import Sheet, fold

YEARS = range(2000, 2101)
SHOWN = ("email", "destination", "target_date", "reference", "stage", "assignee")
LABELS = re.compile(r"[;,|\n]")
TOO_LONG = {"max_length": _("This is too long: at most %(limit_value)d signs.")}


@dataclass(frozen=True, slots=True)
class Problem:
    """``column`` is the title in the file, ``field`` what it means; both are empty for cells without a title."""

    line: int
    column: str
    value: str
    message: str
    field: str = ""


@dataclass(slots=True)
class Row:
    """A case to be, with what is wrong by field.

    ``twin_line`` is the row that has the same address, ``twin`` the active case that has it.
    """

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, Problem] = field(default_factory=dict)
    twin_line: int = 0
    twin: Case | None = None

    @property
    def cells(self) -> list[tuple[str, Problem | None]]:
        """What the preview shows beside the name: what each cell means, or what is wrong with it."""
        day = self.values.get("target_date")
        values = self.values | {
            "destination": self.values.get("destination", "").upper(),
            "target_date": date_format(day, "j F Y") if day else "",
        }
        return [(str(values.get(name) or ""), self.wrong.get(name)) for name in SHOWN]

    @property
    def wrong_elsewhere(self) -> list[Problem]:
        """What is wrong in cells that have no column of their own in the preview."""
        return [problem for name, problem in self.wrong.items() if name not in ("name", *SHOWN)]

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


class OneLineField(LineField):
    def __init__(self, name: str, **errors):
        super().__init__(
            max_length=Case._meta.get_field(name).max_length,
            required="required" in errors,
            error_messages={**TOO_LONG, **errors},
        )

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class NamedField(forms.Field):
    """What the firm has or the edition knows, by its name in whatever spelling.

    ``known`` has by ``key`` of a name what is meant, None for several, and what it is called. Nothing means ``empty``.
    """

    known: Mapping[str, tuple[Any, str]] = {}

    def __init__(self, message, empty: Any = None, key: Callable[[str], str] = fold):
        super().__init__(required=False, error_messages={"invalid": message})
        self.empty, self.key = empty, key

    def to_python(self, value):
        if not value:
            return self.empty
        if (found := self.known.get(self.key(value))) is None:
            names = dict.fromkeys(name for _meant, name in self.known.values())
            raise ValidationError(self.error_messages["invalid"], params={"known": ", ".join(names) or "–"})
        if found[0] is None:
            raise ValidationError(_("Several people of your firm are called so. Write the email address."))
        return found[0]


class DestinationField(NamedField):
    """A country of the edition by any usual name. What is only alike is asked about, not taken."""

    def to_python(self, value):
        if not value or self.key(value) in self.known:
            return super().to_python(value)
        match countries_called(value):
            case [code]:
                return super().to_python(code)
        likely = [self.known[code][1] for code in countries_like(value) if code in self.known]
        if likely:
            raise ValidationError(_("Did you mean %(likely)s? Write it so."), params={"likely": ", ".join(likely)})
        return super().to_python(value)


class LabelsField(NamedField):
    def to_python(self, value):
        names = dict.fromkeys(part.strip() for part in LABELS.split(value or ""))
        return [super(LabelsField, self).to_python(name) for name in names if name]


def check_year(day: datetime.date) -> None:
    """Raises ValidationError for a year in which nobody moves."""
    if day.year not in YEARS:
        raise ValidationError(_("This year is not plausible."))


class RowForm(forms.Form):
    """One row of a file. ``known``: what is known in this firm, by field. Asks nothing of the database."""

    name = OneLineField("name", required=_("Every client needs a name."))
    email = AddressField(
        required=False,
        max_length=Case._meta.get_field("email").max_length,
        error_messages={
            **TOO_LONG,
            "invalid": _("This is no email address. Write it like name@example.org, or leave it empty."),
        },
    )
    destination = DestinationField(_("We know no such destination. Write one of: %(known)s."), empty="")
    target_date = DayField(
        required=False,
        validators=[check_year],
        error_messages={"range": _("This year is not plausible.")},
    )
    reference = OneLineField("reference")
    stage = NamedField(_("Your firm has no such stage. Write one of: %(known)s."))
    assignee = NamedField(_("No owner or advisor of your firm has this name or address."), key=str.casefold)
    priority = NamedField(_("Write low, normal or high."), empty=Case.Priority.NORMAL)
    labels = LabelsField(_("Your firm has no such label. Make it in the settings first, or write one of: %(known)s."))

    def __init__(self, data: dict[str, str], known: dict[str, Mapping]):
        super().__init__(data)
        for name, values in known.items():
            self.fields[name].known = values

    @property
    def could_be_another_day(self) -> bool:
        """Whether somebody else would read another day, with the month first."""
        day, text = self.cleaned_data.get("target_date"), self.data.get("target_date", "")
        two_ways = bool(day) and day.month != day.day <= 12
        return two_ways and not text.startswith(str(day.year)) and not any(map(str.isalpha, text))


def preview_of(sheet: Sheet, organisation: Organisation) -> Preview:
    """What the sheet would open in this firm. Nothing is written."""
    known = _known_in(organisation)
    preview = Preview(sheet, [], [])
    for line, cells in sheet.rows:
        data = {name: cell.strip() for name, cell in zip(sheet.columns, cells, strict=False) if name}
        form = RowForm(data, known)
        problems = _problems(sheet, line, cells, form)
        preview.problems += problems
        preview.rows.append(Row(line, form.cleaned_data, {problem.field: problem for problem in problems}))
        if not preview.day_first and form.could_be_another_day:
            preview.day_first = data["target_date"]
    _mark_twins(preview, organisation)
    return preview


def _known_in(organisation: Organisation) -> dict[str, Mapping]:
    """The firm's stages, labels and people, and the edition's countries, as they may be called in a file."""
    people: dict[str, tuple[User | None, str]] = {}
    for user in workers(organisation):
        for called in {user.email.casefold(), str(user).casefold()}:
            people[called] = (None if called in people else user, str(user))
    return {
        "destination": {
            fold(called): (country.key, country.name)
            for country in current().countries.values()
            for called in (country.key, country.name, country.local_name, country.mark)
        },
        "stage": {fold(stage.name): (stage, stage.name) for stage in organisation.stages.all()},
        "labels": {fold(label.name): (label, label.name) for label in organisation.labels.all()},
        "priority": {
            called: (choice, str(choice.label))
            for choice in Case.Priority
            for called in (fold(str(choice.label)), str(choice.value))
        },
        "assignee": people,
    }


def _problems(sheet: Sheet, line: int, cells: list[str], form: RowForm) -> list[Problem]:
    """What is wrong with a row, in the order of its cells."""
    problems = []
    if spare := [cell for cell in cells[len(sheet.columns) :] if cell.strip()]:
        message = _("The row has more cells than there are titles. Put quotation marks around a cell that holds one.")
        problems.append(Problem(line, "", ", ".join(spare)[:80], message))
    for name in sorted(form.errors, key=sheet.columns.index):
        value, message = form.data.get(name, "")[:80], form.errors[name][0]
        problems.append(Problem(line, sheet.header_of(name), value, message, name))
    return problems


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
