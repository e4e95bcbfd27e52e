"""A plan on the calendar: its tasks with their deadlines and the days on which their papers are fresh."""

from typing import Any

from django.utils.translation import gettext as _

from checklists.planner import PlannedTask

from .appointments import appointment_of
from .planview import PlanView
from .tasks import state_of
from .timeline import Band, Mark, Row, draw


def timeline_of(view: PlanView) -> dict[str, Any] | None:
    """What ``components/timeline.html`` takes, of all that is still to do and comes to an end; None if nothing is.

    The numbers are those of the tasks on the list.
    """
    rows = [
        row
        for number, task in enumerate(view.plan.tasks, 1)
        if task.is_firm and not (task.done or task.stopped or task.ongoing) and (row := _row(view, task, number))
    ]
    return draw(rows, view.today) if rows else None


def _row(view: PlanView, task: PlannedTask, number: int) -> Row | None:
    if task.earliest is None:
        return None
    appointment = appointment_of(view, task)
    own = appointment.day if appointment else None
    ends = [day for day in (own or task.target, task.latest) if day]
    return Row(
        number,
        task.name,
        task.earliest,
        task.way.finish,
        state_of(task),
        # What is due today has no time to spare, whatever else it holds up.
        pressing=task.way.critical or any(day <= view.today for day in ends),
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


def _bands(view: PlanView, task: PlannedTask) -> list[Band]:
    """The days on which each paper with an age limit can be issued for this task."""
    found = []
    for paper in view.papers if view.access.shows_documents else ():
        first, last = paper.use_between
        asks = any(use.procedure == task.way.key and use.alternative.max_age for use in paper.planned.uses)
        if asks and first and last:
            text = _("%(document)s issued in these days is fresh enough") % {"document": paper.document.name}
            found.append(Band(first, last, text))
    return found
