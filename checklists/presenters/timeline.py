"""The drawing of a plan on a calendar: days become positions, so the template only draws.

Positions and lengths are told in rem, so that the drawing grows with the letters of the page.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from dateutil.relativedelta import relativedelta

WIDTH = 56
DAY_LIMITS = (0.25, 0.4375)
SHORTEST_SPAN = relativedelta(months=5)
LONGEST = relativedelta(months=18)
HEAD, ROW = 2.75, 1.75
SHORTEST_BAR = 0.75
# Fewer days than these are a dot.
SHORTEST_TIME = 3
DIGIT, AROUND = 0.55, 0.85
# A dot must not look as if it lasted weeks.
MOST_NUMBERS = 4


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
    """A task on the calendar. ``number`` is its place on the list, ``state`` ready, waiting or maybe.

    ``target`` is the day to aim at, ``latest`` the last one to start, ``own`` that of the reader's appointment;
    ``pressing`` whether there is no time to spare. ``floats``: ``start`` and ``end`` may well be later, since nobody
    tells how long something before it takes.
    """

    number: int
    name: str
    start: datetime.date
    end: datetime.date
    state: str = "waiting"
    pressing: bool = False
    floats: bool = False
    target: datetime.date | None = None
    latest: datetime.date | None = None
    own: datetime.date | None = None
    url: str = ""
    bands: Sequence[Band] = field(default=())
    marks: Sequence[Mark] = field(default=())

    @property
    def aim(self) -> datetime.date:
        return self.own or max(self.target or self.start, self.start)

    @property
    def takes_time(self) -> bool:
        return (self.end - self.start).days + 1 >= SHORTEST_TIME

    @property
    def has_window(self) -> bool:
        """Whether one can choose among some days on which to begin it."""
        return self.latest is not None and (self.latest - self.start).days + 1 >= SHORTEST_TIME

    @property
    def has_line(self) -> bool:
        return bool(self.takes_time or self.has_window or self.own or self.bands)


class Scale:
    """Where each day stands: a short plan is stretched to fill a wide screen, a long one scrolls."""

    def __init__(self, first: datetime.date, last: datetime.date):
        self.first, self.last = first, last
        self.day = min(max(WIDTH / (last - first).days, DAY_LIMITS[0]), DAY_LIMITS[1])
        self.width = self.x(last)

    def x(self, day: datetime.date) -> float:
        return round((day - self.first).days * self.day, 2)

    def holds(self, day: datetime.date) -> bool:
        return self.first <= day < self.last

    def middle(self, day: datetime.date) -> float:
        """The middle of a day, cut to the drawing."""
        return round(min(max(self.x(day), 0), self.width - self.day) + self.day / 2, 2)

    def stretch(self, start: datetime.date, end: datetime.date) -> dict[str, float]:
        """Position and width of the days from ``start`` to ``end``, cut to the drawing."""
        left = min(max(self.x(start), 0), self.width - SHORTEST_BAR)
        right = min(self.x(end + datetime.timedelta(days=1)), self.width)
        return {"x": round(left, 2), "width": round(max(right - left, SHORTEST_BAR), 2)}


def draw(rows: Sequence[Row], today: datetime.date) -> dict[str, Any]:
    """What ``components/timeline.html`` takes. Days further away than 18 months are left to the table.

    What takes time, leaves some days to choose from or has an appointment has a line of its own; all else stands on one
    lane, in ``levels`` where its days are too near each other.
    """
    scale = Scale(*_span(rows, today))
    long = [row for row in rows if row.has_line]
    levels = _levels([row for row in rows if not row.has_line], scale)
    top = HEAD + ROW * len(levels)
    now = scale.middle(today)
    return {
        "width": scale.width,
        "height": top + ROW * len(long),
        "first": scale.first,
        "last": scale.last - datetime.timedelta(days=1),
        "today": {"date": today, "x": now, "flag": min(max(now, 2), scale.width - 2)},
        "months": list(_months(scale)),
        "levels": [{"y": HEAD + ROW * place, "dots": dots} for place, dots in enumerate(levels)],
        "lines": [_line(row, top + ROW * place, scale) for place, row in enumerate(long)],
        "rows": rows,
        "shapes": _shapes(rows, scale),
        "is_wide": scale.width > WIDTH + 1,
    }


def _shapes(rows: Sequence[Row], scale: Scale) -> dict[str, bool]:
    """What the drawing shows, so that the legend explains nothing else."""
    filled = [row for row in rows if row.takes_time or not row.own]
    calm = [row for row in filled if not row.pressing]
    return {
        "pressing": any(row.pressing for row in filled),
        "spare": any(row.state != "maybe" for row in calm),
        "maybe": any(row.state == "maybe" for row in calm),
        "window": any(row.has_window for row in rows),
        "own": any(row.own for row in rows),
        "bands": any(row.bands for row in rows),
        "deadline": any(scale.holds(mark.date) for row in rows if row.has_line for mark in row.marks),
    }


def _span(rows: Sequence[Row], today: datetime.date) -> tuple[datetime.date, datetime.date]:
    days = [today]
    for row in rows:
        days += [row.start, row.end, *filter(None, [row.latest, row.own]), *(mark.date for mark in row.marks)]
    first = max(min(days), today - LONGEST).replace(day=1)
    last = min(max(*days, first + SHORTEST_SPAN), today + LONGEST).replace(day=1) + relativedelta(months=1)
    return first, last


def _months(scale: Scale) -> Iterator[dict[str, Any]]:
    start = scale.first
    while start < scale.last:
        end = start + relativedelta(months=1)
        named = start.month == 1 or start == scale.first
        width = round(scale.x(end) - scale.x(start), 2)
        yield {"date": start, "x": scale.x(start), "width": width, "year": named}
        start = end


def _levels(rows: Iterable[Row], scale: Scale) -> list[list[dict[str, Any]]]:
    """One dot for all tasks of a day; one that would touch another on its lane goes a level down."""
    levels: list[list[dict[str, Any]]] = []
    for day, found in groupby(sorted(rows, key=lambda row: row.aim), key=lambda row: row.aim):
        dot = _dot(day, list(found), scale)
        free = (dots for dots in levels if dots[-1]["x"] + dots[-1]["width"] + 0.1 < dot["x"])
        if (level := next(free, None)) is None:
            levels.append([dot])
        else:
            level.append(dot)
    return levels


def _dot(day: datetime.date, rows: list[Row], scale: Scale) -> dict[str, Any]:
    numbers = [str(row.number) for row in rows]
    if len(numbers) > MOST_NUMBERS:
        numbers[MOST_NUMBERS - 1 :] = [f"+{len(numbers) - MOST_NUMBERS + 1}"]
    text = " · ".join(numbers)
    width = round(DIGIT * len(text) + AROUND, 2)
    x = round(min(max(scale.middle(day) - width / 2, 0), scale.width - width), 2)
    pressing = any(row.pressing for row in rows)
    maybe = all(row.state == "maybe" for row in rows)
    middle = round(x + width / 2, 2)
    return {"x": x, "width": width, "middle": middle, "text": text, "pressing": pressing, "maybe": maybe}


def _line(row: Row, y: float, scale: Scale) -> dict[str, Any]:
    marks = [mark for mark in row.marks if scale.holds(mark.date)]
    return {
        "row": row,
        "y": y,
        "bar": scale.stretch(row.start, row.end) if row.takes_time else None,
        "window": scale.stretch(row.start, row.latest) if row.has_window and row.latest else None,
        "dot": None if row.takes_time or row.own else scale.middle(row.aim),
        "own": scale.middle(row.own) if row.own else None,
        "bands": [{**scale.stretch(band.start, band.end), "text": band.text} for band in row.bands],
        "marks": [{"x": scale.middle(mark.date), "date": mark.date, "text": mark.text} for mark in marks],
    }
