"""The drawing of a plan on a calendar: days become positions, so the template only draws."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from dateutil.relativedelta import relativedelta

WIDTH = 816
DAY_LIMITS = (4.0, 7.0)
SHORTEST_SPAN = relativedelta(months=5)
ROW = 60
HEAD = 64
SHORTEST_BAR = 14
LETTER = 8.2
LONGEST = relativedelta(months=18)


@dataclass(frozen=True, slots=True)
class Band:
    """Days in which something is good, such as a certificate that must be fresh."""

    start: datetime.date
    end: datetime.date
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that matters: a deadline."""

    date: datetime.date
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A procedure on the calendar. ``state`` is ready, waiting, done or maybe; ``latest`` the last day to start."""

    name: str
    start: datetime.date
    end: datetime.date
    state: str = "waiting"
    critical: bool = False
    latest: datetime.date | None = None
    local_name: str = ""
    lang: str = ""
    bands: Sequence[Band] = field(default=())
    marks: Sequence[Mark] = field(default=())


class Scale:
    """Where each day stands: a short plan is stretched to fill a wide screen, a long one scrolls."""

    def __init__(self, first: datetime.date, last: datetime.date):
        self.first, self.last = first, last
        self.day = min(max(WIDTH / (last - first).days, DAY_LIMITS[0]), DAY_LIMITS[1])
        self.width = self.x(last)

    def x(self, day: datetime.date) -> int:
        return round((day - self.first).days * self.day)

    def stretch(self, start: datetime.date, end: datetime.date) -> dict[str, int]:
        """Position and width of the days from ``start`` to ``end``, cut to the drawing."""
        left = min(max(self.x(start), 0), self.width - SHORTEST_BAR)
        right = min(self.x(end + datetime.timedelta(days=1)), self.width)
        return {"x": left, "width": max(right - left, SHORTEST_BAR)}


def draw(rows: Sequence[Row], today: datetime.date) -> dict[str, Any]:
    """What ``components/timeline.html`` takes. Days further away than 18 months are left to the table."""
    scale = Scale(*_span(rows, today))
    now = scale.x(today)
    return {
        "width": scale.width,
        "height": HEAD + ROW * len(rows) + 12,
        "first": scale.first,
        "last": scale.last - datetime.timedelta(days=1),
        "today": {"date": today, "x": now, "flag": min(max(now, 36), scale.width - 36)},
        "months": list(_months(scale)),
        "weeks": [scale.x(day) for day in _mondays(scale)],
        "rows": [_row(row, HEAD + ROW * place, scale) for place, row in enumerate(rows)],
        "has_bands": any(row.bands for row in rows),
    }


def _span(rows: Sequence[Row], today: datetime.date) -> tuple[datetime.date, datetime.date]:
    days = [today]
    for row in rows:
        days += [row.start, row.end, *(mark.date for mark in row.marks)]
    first = max(min(days), today - LONGEST).replace(day=1)
    last = min(max(*days, first + SHORTEST_SPAN), today + LONGEST).replace(day=1) + relativedelta(months=1)
    return first, last


def _months(scale: Scale) -> Iterator[dict[str, Any]]:
    start = scale.first
    while start < scale.last:
        end = start + relativedelta(months=1)
        named = start.month == 1 or start == scale.first
        yield {"date": start, "x": scale.x(start), "width": scale.x(end) - scale.x(start), "year": named}
        start = end


def _mondays(scale: Scale) -> Iterator[datetime.date]:
    day = scale.first + datetime.timedelta(days=-scale.first.weekday() % 7)
    while day < scale.last:
        yield day
        day += datetime.timedelta(days=7)


def _row(row: Row, y: int, scale: Scale) -> dict[str, Any]:
    bar = scale.stretch(row.start, row.end)
    marks = [mark for mark in row.marks if scale.first <= mark.date < scale.last]
    return {
        "row": row,
        "y": y,
        "bar": bar,
        "name_x": max(min(bar["x"], int(scale.width - len(row.name) * LETTER)), 6),
        "bands": [{**scale.stretch(band.start, band.end), "text": band.text} for band in row.bands],
        "marks": [{"x": scale.x(mark.date), "date": mark.date, "text": mark.text} for mark in marks],
    }
