"""A plan on the calendar: one bar for each task, with its deadlines and the days on which its papers are fresh."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from checklists.planner import PlannedProcedure

from .planview import PlanView
from .tasks import state_of
from .timeline import Band, Mark, Row, draw


def timeline_of(view: PlanView) -> dict[str, Any] | None:
    """What ``components/timeline.html`` takes, of everything that is still to do; None when nothing is."""
    rows = [_row(view, planned, planned.earliest) for planned in view.plan.procedures if planned.earliest]
    return draw(rows, view.today) if rows else None


def _row(view: PlanView, planned: PlannedProcedure, start: datetime.date) -> Row:
    return Row(
        planned.procedure.name,
        start,
        planned.finish,
        state_of(planned),
        critical=planned.critical,
        latest=planned.latest,
        bands=_bands(view, planned),
        marks=[
            Mark(deadline.date, deadline.deadline.text)
            for deadline in planned.deadlines
            if deadline.date and deadline.binding
        ],
    )


def _bands(view: PlanView, planned: PlannedProcedure) -> list[Band]:
    """The days on which each paper with an age limit can be issued for this task."""
    found = []
    for paper in view.plan.documents if view.access.shows_documents else ():
        first, last = paper.use_between
        asks = any(use.procedure == planned.key and use.alternative.max_age for use in paper.uses)
        if asks and first and last:
            text = _("%(document)s issued in these days is fresh enough") % {"document": paper.document.name}
            found.append(Band(first, last, text))
    return found
