"""The drawing of a plan on a calendar: days become positions, so the template only draws."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from dateutil.relativedelta import relativedelta

DAY = 5
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


def draw(rows: Sequence[Row], today: datetime.date) -> dict:
    """What ``components/timeline.html`` takes. Days later than 18 months are left to the table."""
    first, last = _span(rows, today)
    width = _x(last, first)
    return {
        "width": width,
        "height": HEAD + ROW * len(rows) + 12,
        "first": first,
        "last": last - datetime.timedelta(days=1),
        "today": {"date": today, "x": _x(today, first), "flag": min(max(_x(today, first), 36), width - 36)},
        "months": list(_months(first, last)),
        "weeks": [_x(day, first) for day in _mondays(first, last)],
        "rows": [_row(row, HEAD + ROW * place, first, last, width) for place, row in enumerate(rows)],
        "has_bands": any(row.bands for row in rows),
    }


def _span(rows: Sequence[Row], today: datetime.date) -> tuple[datetime.date, datetime.date]:
    days = [today, today + relativedelta(months=3)]
    for row in rows:
        days += [row.start, row.end, *(mark.date for mark in row.marks)]
    first = max(min(days), today - LONGEST).replace(day=1)
    last = min(max(days), today + LONGEST).replace(day=1) + relativedelta(months=1)
    return first, last


def _x(day: datetime.date, first: datetime.date) -> int:
    return (day - first).days * DAY


def _months(first: datetime.date, last: datetime.date):
    start = first
    while start < last:
        end = start + relativedelta(months=1)
        yield {
            "date": start,
            "x": _x(start, first),
            "width": _x(end, start),
            "year": start.month == 1 or start == first,
        }
        start = end


def _mondays(first: datetime.date, last: datetime.date):
    day = first + datetime.timedelta(days=-first.weekday() % 7)
    while day < last:
        yield day
        day += datetime.timedelta(days=7)


def _stretch(start: datetime.date, end: datetime.date, first: datetime.date, last: datetime.date) -> dict:
    """Position and width of the days from ``start`` to ``end``, cut to the drawing."""
    left = min(max(_x(start, first), 0), _x(last, first) - SHORTEST_BAR)
    right = min(_x(end, first) + DAY, _x(last, first))
    return {"x": left, "width": max(right - left, SHORTEST_BAR)}


def _row(row: Row, y: int, first: datetime.date, last: datetime.date, width: int) -> dict:
    bar = _stretch(row.start, row.end, first, last)
    fits = width - len(row.name) * LETTER
    return {
        "row": row,
        "y": y,
        "bar": bar,
        "name_x": max(min(bar["x"], fits), 6),
        "bands": [{**_stretch(band.start, band.end, first, last), "text": band.text} for band in row.bands],
        "marks": [
            {"x": _x(mark.date, first), "date": mark.date, "text": mark.text}
            for mark in row.marks
            if first <= mark.date < last
        ],
    }
