"""The appointment for a task: what the reader wrote down, or the day that is an answer."""

import datetime
from dataclasses import dataclass

from checklists.planner import PlannedTask

from .lines import PROCEDURE
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
