"""The dates of a plan as rows: deadlines of one task, and all that lie ahead."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from checklists.planner import PlannedProcedure, PlannedTask
from checklists.planner.procedures import PlannedDeadline

from .appointments import APPOINTMENT, appointment_of
from .evidence import Numbers
from .phrases import distance
from .planview import PlanView

SOON = datetime.timedelta(days=7)
# From so far away on, a day and a month do not say which year is meant.
FAR = datetime.timedelta(days=330)


def deadline_row(view: PlanView, planned: PlannedDeadline, numbers: Numbers | None = None) -> dict[str, Any]:
    """One deadline as ``components/deadline_row.html`` takes it. Without a day, an open answer is missing."""
    row = {
        "date": planned.date,
        "text": planned.deadline.text,
        "binding": planned.binding,
        "cites": numbers.cite(planned.deadline.facts) if numbers else "",
    }
    return row | _distance(view, planned.date, planned.binding) if planned.date else row


def _distance(view: PlanView, day: datetime.date, binding: bool) -> dict[str, Any]:
    """How far away a day is: ``left`` in words, ``far`` if its year must be told, ``soon`` if it binds and is near."""
    return {
        "left": distance(day, view.today),
        "soon": binding and day - view.today <= SOON,
        "far": abs(day - view.today) >= FAR,
        "past": day < view.today,
    }


def counted(task: PlannedProcedure) -> list[PlannedDeadline]:
    """The deadlines of a task that fall on a day, or will once an answer is given; the first one first."""
    found = [planned for planned in task.deadlines if planned.date or planned.deadline.date]
    return sorted(found, key=lambda planned: (planned.date is None, planned.date))


def uncounted(task: PlannedProcedure) -> list[PlannedDeadline]:
    """What is said about time without a day: how long something is good, until when an office decides."""
    return [planned for planned in task.deadlines if not planned.date and not planned.deadline.date]


def all_days(view: PlanView) -> list[dict[str, Any]]:
    """The dated deadlines of all tasks that are still to do, and the reader's appointments, in order."""
    rows = [row for task in view.plan.tasks if not task.done for row in _days_of(view, task)]
    return sorted(rows, key=lambda row: row["date"])


def _days_of(view: PlanView, task: PlannedTask) -> Iterator[dict[str, Any]]:
    """``at`` is the hour and the place of an appointment, as far as they are known."""
    link = {"procedure": {"name": task.name, "url": view.task_url(task.key)}}
    appointment = appointment_of(view, task)
    at = ""
    if appointment:
        at = ", ".join(filter(None, [appointment.hour, appointment.place]))
    for planned in counted(task.way) if task.is_firm else ():
        if planned.date:
            yield {**deadline_row(view, planned), **link, "at": at if planned.deadline.key == APPOINTMENT else ""}
    if appointment and not appointment.answered:
        day = appointment.day
        yield {"date": day, "text": _("Your appointment"), "binding": False, "at": at, **link} | _distance(
            view, day, False
        )
