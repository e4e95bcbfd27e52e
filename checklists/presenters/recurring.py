"""Duties that come again: their next days, each ticked by itself, and those that were ticked before."""

import datetime
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from django.utils.translation import gettext as _

from checklists.planner import PlannedTask, Series

from .evidence import Numbers
from .lines import RECURRING, anchor, day_of, name_of, occurrence
from .phrases import distance, short_date
from .phrases import series as phrase
from .planview import PlanView

PAST_SHOWN = NEXT_SHOWN = 2


def recurring_of(view: PlanView) -> list[dict[str, Any]]:
    """Each duty as ``components/duty.html`` takes it, the next one first: days to tick, and those after them."""
    return [_duty(view, series) for series in view.plan.recurring]


def duties_of(view: PlanView, task: PlannedTask, numbers: Numbers) -> list[dict[str, Any]]:
    """What comes again because of the task, as {text, cites, days}: of its next days those ticked, and two more."""
    return [
        {
            "text": series.recurring.text,
            "cites": numbers.cite(series.recurring.facts),
            "days": [_day(view, series, day) for day in _next_days(view, series)],
        }
        for series in view.plan.recurring
        if series.procedure == task.way.key
    ]


def _next_days(view: PlanView, series: Series) -> tuple[datetime.date, ...]:
    ticked = sum(view.lines.is_ticked(RECURRING, _key(series, day)) for day in series.next)
    return series.next[: NEXT_SHOWN + ticked]


def _duty(view: PlanView, series: Series) -> dict[str, Any]:
    numbers = view.evidence.numbers()
    ticked = list(takewhile(lambda day: view.lines.is_ticked(RECURRING, _key(series, day)), series.next))
    count = len(ticked) + 1
    later = series.next[count:]
    return {
        "text": series.recurring.text,
        "task": view.link(view.row_of[series.procedure].key),
        "days": [_day(view, series, day) for day in [*_past(view, series), *series.next[:count]]],
        "later": phrase([short_date(day, after) for day, after in zip(later, [*later[1:], None], strict=False)]),
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


def _day(view: PlanView, series: Series, day: datetime.date) -> dict[str, Any]:
    key = _key(series, day)
    label = _("Done: %(duty)s") % {"duty": name_of(view.compiled, RECURRING, key)}
    return {
        "id": anchor(RECURRING, key),
        "date": day,
        "left": distance(day, view.today),
        "tick": view.lines.tick(RECURRING, key, label),
    }


def next_of_each(view: PlanView) -> Iterator[tuple[datetime.date, str, str]]:
    """Of each duty that comes again the next day that is not ticked, with its text and the address of its task."""
    for duty in view.plan.recurring:
        keys = ((day, occurrence(duty.procedure, duty.key, day)) for day in duty.next)
        for day in [day for day, key in keys if not view.lines.is_ticked(RECURRING, key)][:1]:
            yield day, duty.recurring.text, view.task_url(view.row_of[duty.procedure].key)
