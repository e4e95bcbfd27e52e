"""A plan on the calendar: one bar for each task, with its deadlines and the days on which its papers are fresh."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from checklists.planner import PlannedTask

from .planview import PlanView
from .tasks import state_of
from .timeline import Band, Mark, Row, draw


def timeline_of(view: PlanView) -> dict[str, Any] | None:
    """What ``components/timeline.html`` takes, of everything that is still to do; None when nothing is."""
    rows = [_row(view, task, task.earliest) for task in view.plan.tasks if task.earliest and task.is_firm]
    return draw(rows, view.today) if rows else None


def _row(view: PlanView, task: PlannedTask, start: datetime.date) -> Row:
    return Row(
        task.name,
        start,
        task.way.finish,
        state_of(task),
        critical=task.way.critical,
        latest=task.latest,
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
