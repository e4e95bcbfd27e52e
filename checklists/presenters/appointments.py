"""The appointment for a task: what the reader wrote down, or the day that is an answer."""

import datetime
from dataclasses import dataclass

from django.utils.formats import time_format
from django.utils.translation import gettext as _

from checklists.planner import PlannedTask

from .lines import PROCEDURE
from .phrases import near_date, short_date
from .planview import PlanView

# The key of the deadline of a procedure whose day is the reader's own appointment.
APPOINTMENT = "appointment"


@dataclass(frozen=True, slots=True)
class Appointment:
    """``answered``: the day is an answer of the questionnaire."""

    day: datetime.date
    time: datetime.time | None = None
    office: str = ""
    address: str = ""
    answered: bool = False

    @property
    def place(self) -> str:
        return ", ".join(filter(None, [self.office, self.address]))

    @property
    def hour(self) -> str:
        return time_format(self.time, "H:i") if self.time else ""

    def in_words(self, today: datetime.date) -> str:
        """12 January (Tuesday), 10:40, AIMA, Avenida 20"""
        return ", ".join(filter(None, [near_date(self.day, today), self.hour, self.place]))


def appointment_of(view: PlanView, task: PlannedTask) -> Appointment | None:
    """That for a task which is not done; None while its day is not known."""
    if task.done:
        return None
    item = view.lines.item(PROCEDURE, task.way.key)
    answered = next((one.date for one in task.way.deadlines if one.deadline.key == APPOINTMENT and one.date), None)
    day = answered or (item.date if item else None)
    if day is None:
        return None
    if item is None:
        return Appointment(day, answered=True)
    return Appointment(day, item.time, item.office, item.address, answered=answered is not None)


def coming_appointment(view: PlanView, task: PlannedTask) -> Appointment | None:
    """The same as long as its day has not passed."""
    appointment = appointment_of(view, task)
    return appointment if appointment and appointment.day >= view.today else None


def is_too_late(task: PlannedTask, appointment: Appointment) -> bool:
    """Whether it lies after the last day of its task."""
    return task.latest is not None and appointment.day > task.latest


def too_late_words(view: PlanView, task: PlannedTask, appointment: Appointment | None) -> str:
    """That it does, without the full stop; empty if it does not."""
    if appointment is None or task.latest is None or not is_too_late(task, appointment):
        return ""
    return _("Your appointment is after the last day, %(day)s") % {"day": short_date(task.latest, view.today)}
