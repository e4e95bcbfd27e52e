"""A plan on the calendar: its tasks with their deadlines and the days on which their papers are fresh."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from checklists.planner import PlannedTask

from .appointments import appointment_of
from .papers import days_of
from .planview import PlanView
from .tasks import state_of
from .timeline import Band, Mark, Row, draw


def timeline_of(view: PlanView) -> dict[str, Any] | None:
    """What ``components/timeline.html`` takes, of all that is still to do and comes to an end; None if nothing is."""
    tasks = [
        (task, task.earliest)
        for task in view.plan.tasks
        if task.is_firm and task.earliest and not (task.done or task.stopped or task.ongoing)
    ]
    floating = _floating(view)
    rows = [_row(view, task, start, number, floating) for number, (task, start) in enumerate(tasks, 1)]
    return draw(rows, view.today) if rows else None


def _row(view: PlanView, task: PlannedTask, start: datetime.date, number: int, floating: set[str]) -> Row:
    appointment = appointment_of(view, task)
    own = appointment.day if appointment else None
    ends = [day for day in (own or task.target, task.latest) if day]
    return Row(
        number,
        task.name,
        start,
        task.way.finish,
        state_of(task),
        # What is due today has no time to spare, whatever else it holds up.
        pressing=(task.way.critical and bool(ends)) or any(day <= view.today for day in ends),
        floats=task.key in floating,
        target=task.target,
        latest=task.latest,
        own=own,
        url=view.task_url(task.key),
        bands=_bands(view, task),
        marks=[
            Mark(deadline.date, deadline.deadline.text)
            for deadline in task.way.deadlines
            if deadline.date and deadline.binding
        ],
    )


def _floating(view: PlanView) -> set[str]:
    """The tasks that wait, themselves or through others, for one whose length nobody tells."""
    unknown = {task.key for task in view.plan.tasks if not task.done and not task.duration_known}
    found: set[str] = set()
    # Tasks stand after what they wait for, save for those that wait for each other.
    for task in view.plan.tasks:
        if not task.done and not (unknown | found).isdisjoint(task.depends_on):
            found.add(task.key)
    return found


def _bands(view: PlanView, task: PlannedTask) -> list[Band]:
    """The days on which each paper with an age limit can be issued for this task."""
    found = []
    for paper in view.papers if view.access.shows_documents else ():
        window = days_of(view, paper)
        asks = any(use.procedure == task.way.key and use.alternative.max_age for use in paper.planned.uses)
        if asks and window:
            text = _("%(document)s issued in these days is fresh enough") % {"document": paper.document.name}
            found.append(Band(*window, text))
    return found
