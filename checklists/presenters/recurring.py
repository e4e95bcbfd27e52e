"""Duties that come again: their next days, each ticked by itself, and those that were ticked before."""

import datetime
from itertools import takewhile
from typing import Any

from django.utils.translation import gettext as _

from checklists.planner import Series

from .lines import RECURRING, anchor, day_of, name_of, occurrence
from .phrases import distance
from .planview import PlanView

PAST_SHOWN = 2


def recurring_of(view: PlanView) -> list[dict[str, Any]]:
    """Each duty as ``components/duty.html`` takes it, the next one first."""
    return [_duty(view, series) for series in view.plan.recurring]


def _duty(view: PlanView, series: Series) -> dict[str, Any]:
    numbers = view.evidence.numbers()
    ticked = list(takewhile(lambda day: view.lines.is_ticked(RECURRING, _key(series, day)), series.next))
    open_until = len(ticked) + 1
    days = [_day(view, series, day) for day in [*_past(view, series), *series.next[:open_until]]]
    return {
        "text": series.recurring.text,
        "task": view.link(view.row_of[series.procedure].key),
        "days": days + [_day(view, series, day, tick=False) for day in series.next[open_until:]],
        "cites": numbers.cite(series.recurring.facts),
    }


def _past(view: PlanView, series: Series) -> list[datetime.date]:
    """The last days before today that were ticked."""
    start = f"{series.procedure}/{series.key}/"
    keys = [key for (kind, key), item in view.lines.items.items() if kind == RECURRING and item.done]
    days = [day for key in keys if key.startswith(start) and (day := day_of(key)) and day < view.today]
    return sorted(days)[-PAST_SHOWN:]


def _key(series: Series, day: datetime.date) -> str:
    return occurrence(series.procedure, series.key, day)


def _day(view: PlanView, series: Series, day: datetime.date, *, tick: bool = True) -> dict[str, Any]:
    key = _key(series, day)
    row = {"id": anchor(RECURRING, key), "date": day, "left": distance(day, view.today)}
    if tick:
        label = _("Done: %(duty)s") % {"duty": name_of(view.compiled, RECURRING, key)}
        row["tick"] = view.lines.tick(RECURRING, key, label)
    return row
