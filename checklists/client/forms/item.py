"""The form at one line of a plan: a tick, a note and a date, or the appointment for a task."""

import datetime
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checklists.access.access import Access
from checklists.forms import DateInput, DayField
from checklists.models import ChecklistItem
from checklists.planning import typed_answers
from checklists.presenters.lines import PROCEDURE, entry_of
from checklists.seen import SeenForm
from guides import clock
from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Procedure
from guides.lines import VisibleText

FIELDS = ("done", "date", "time", "office", "address", "note")
APPOINTMENT = ("date", "time", "office", "address")


class HourField(VisibleText, forms.TimeField):
    """An hour of the day as it is printed in Spain and Portugal."""

    default_error_messages = {"invalid": gettext_lazy("This is no time. Write it like 10:40 or 15:05.")}

    def __init__(self, **kwargs: Any):
        formats = ["%H:%M", "%H.%M", "%Hh%M", "%H:%M:%S", "%Hh", "%H"]
        super().__init__(**{"input_formats": formats, **kwargs})


class ItemForm(SeenForm, forms.ModelForm):
    """What a reader writes at one line of a plan. ``only``: the names of the fields that it has."""

    class Meta:
        model = ChecklistItem
        fields = FIELDS
        field_classes = {"date": DayField, "time": HourField}
        widgets = {
            "date": DateInput(),
            "time": forms.TimeInput(attrs={"class": "input", "autocomplete": "off"}, format="%H:%M"),
            "office": forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
            "address": forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
            "note": forms.Textarea(attrs={"class": "input", "rows": 4}),
        }
        help_texts = {
            "date": gettext_lazy("When you did it."),
            "time": gettext_lazy("From 0:00 to 23:59, like 10:40 or 15:05."),
            "office": gettext_lazy("As it stands on the confirmation."),
            "address": gettext_lazy("Street, number and town. A map opens with it."),
            "note": gettext_lazy(
                "You can read it, and whoever has your link. A firm reads it only if you share your notes."
            ),
        }

    def __init__(self, *args: Any, only: Collection[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in set(FIELDS) - set(only):
            del self.fields[name]
        if "time" in only and "date" in only:
            self.fields["date"].help_text = _("When your appointment is.")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        told = any(given.get(name) for name in ("time", "office", "address"))
        if told and "date" in self.fields and not given.get("date") and "date" not in self.errors:
            self.add_error("date", _("Enter the day of the appointment too."))
        return given


def fields_of(
    access: Access, kind: str, row: ChecklistItem | None, part: str, *, day_is_answered: bool
) -> tuple[str, ...]:
    """The fields at a line. ``part``: "appointment" or "note" for only that much of a task."""
    names: tuple[str, ...] = ("done", "date", "note")
    if kind == PROCEDURE:
        done = row is not None and row.done
        names = ("date", "note") if done else (*APPOINTMENT, "note")
    parts = {"appointment": APPOINTMENT, "note": ("note",)}
    hidden = {*(() if access.shows_notes else ("note",)), *(("date",) if day_is_answered else ())}
    names = tuple(name for name in names if name not in hidden)
    return tuple(name for name in names if name in parts.get(part, names)) or names


def answered_day(access: Access, compiled: CompiledCatalogue, kind: str, key: str) -> dict[str, Any] | None:
    """The day of the appointment for a task where it is an answer of the questionnaire, as {day, url}."""
    procedure = entry_of(compiled, kind, key)
    if not isinstance(procedure, Procedure):
        return None
    answers = typed_answers(compiled, access.checklist.answers, clock.today())
    for question in [deadline.date for deadline in procedure.deadlines if deadline.key == "appointment"]:
        if isinstance(day := answers.get(question), datetime.date):
            return {"day": day, "url": access.url("change-answer", question)}
    return None
