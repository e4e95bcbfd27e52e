"""The dates of a plan as rows: deadlines of one task, and all that lie ahead."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from checklists.models import ChecklistItem
from checklists.planner import PlannedProcedure, PlannedTask
from checklists.planner.procedures import PlannedDeadline

from .evidence import Numbers
from .lines import PROCEDURE
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
    """The dated deadlines of all tasks that are still to do, and the reader's own dates, in order."""
    rows = [
        {**deadline_row(view, planned), "procedure": _link(view, task)}
        for task in view.plan.tasks
        if task.is_firm and not task.done
        for planned in counted(task.way)
        if planned.date
    ]
    rows += [_own(view, item, item.date) for item in view.lines.items.values() if item.date and _lies_ahead(view, item)]
    return sorted(rows, key=lambda row: row["date"])


def _link(view: PlanView, task: PlannedTask) -> dict[str, str]:
    return {"name": task.name, "url": view.link(task.key)["url"]}


def _lies_ahead(view: PlanView, item: ChecklistItem) -> bool:
    task = view.row_of.get(item.key) if item.kind == PROCEDURE else None
    return task is not None and not task.done


def _own(view: PlanView, item: ChecklistItem, day: datetime.date) -> dict[str, Any]:
    """A day that the reader wrote down at a task, mostly that of the appointment."""
    return {
        "date": day,
        "text": _("Your own date"),
        "binding": False,
        "procedure": _link(view, view.row_of[item.key]),
        **_distance(view, day, binding=False),
    }
