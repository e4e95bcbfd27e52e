"""Days and numbers, cut where conditions compare them.

Of a number or a day only this matters: on which side of each mark it lies. A mark is a fixed number or day, or a
day counted from today or from another answer.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from ..answers import EARLIEST, LATEST, PERIODS
from ..dates import shift
from ..tree import Amount, AnswerDay, Dated, DateNode, Day, Latest, Plus, Span, Today

TODAY = "today"
ENDLESS = float("inf")
DAYS_IN_MONTH = 30.436875
# No count of months differs by more days than this from the average.
SLACK = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """``base`` plus the ``spans`` in their order plus ``days``.

    ``base`` is an answer key, "today", or None for a fixed number or day; ``days`` is then the number itself, or the
    day's ordinal. A span is (months, days), with its sign.
    """

    base: str | None
    spans: tuple[tuple[int, int], ...] = ()
    days: int = 0

    @property
    def least(self) -> float:
        """How far it lies from its base, in days, at least."""
        return self.days + sum(_between(span)[0] for span in self.spans)

    @property
    def most(self) -> float:
        return self.days + sum(_between(span)[1] for span in self.spans)

    def is_before_or_at(self, other: "Mark") -> bool:
        """Whether it surely never lies after ``other``, which has the same base."""
        return self.days <= other.days if self.spans == other.spans else self.most <= other.least


Sides = tuple[tuple[Mark, ...], tuple[Mark, ...]]


def _between(span: tuple[int, int]) -> tuple[float, float]:
    months, days = span
    if not months:
        return days, days
    return days + months * DAYS_IN_MONTH - SLACK, days + months * DAYS_IN_MONTH + SLACK


def marks_of(node: Amount | Dated) -> Sides | None:
    """Two lists of marks: the comparison holds if the answer is before one of the first, and before none of the second.

    An empty first list asks for nothing. None where a comparison can never be decided from answers, because it
    counts from the finish of a procedure or by a yearly parameter.
    """
    if isinstance(node, Amount):
        return _sides(node.operator, (Mark(None, (), node.number),))
    found = _day_marks(node.date)
    return None if found is None else _sides(node.operator, found)


def _sides(operator: str, marks: tuple[Mark, ...]) -> Sides:
    after = tuple(Mark(mark.base, mark.spans, mark.days + 1) for mark in marks)
    return {"<": (marks, ()), "<=": (after, ()), ">": ((), after), ">=": ((), marks), "==": (after, marks)}[operator]


def _day_marks(node: DateNode) -> tuple[Mark, ...] | None:
    """The days of which the latest counts: one, save for ``latest(…)``."""
    match node:
        case Day(value):
            return (Mark(None, (), value.toordinal()),)
        case Today():
            return (Mark(TODAY),)
        case AnswerDay(key):
            return (Mark(key),)
        case Plus(date, span, sign):
            later = [_shifted(mark, span, sign) for mark in _day_marks(date) or ()]
            return tuple(filter(None, later)) if later and all(later) else None
        case Latest(dates):
            each = [_day_marks(date) for date in dates]
            return tuple(chain.from_iterable(filter(None, each))) if all(each) else None
        case _:
            return None


def _shifted(mark: Mark, span: Span, sign: int) -> Mark | None:
    if mark.base is None:
        day = shift(datetime.date.fromordinal(mark.days), span, sign)
        return None if day is None else Mark(None, (), day.toordinal())
    months = 12 * span.years + span.months
    if not months:
        return Mark(mark.base, mark.spans, mark.days + sign * span.days)
    earlier = (*mark.spans, (0, mark.days)) if mark.days else mark.spans
    return Mark(mark.base, (*earlier, (sign * months, sign * span.days)))


def day_of(mark: Mark, base_day: datetime.date | None) -> datetime.date | None:
    """The day of a mark, counted from the day of its base; None outside the calendar."""
    if mark.base is None:
        return datetime.date.fromordinal(mark.days)
    for months, days in mark.spans:
        base_day = base_day and shift(base_day, Span(months=abs(months)), 1 if months >= 0 else -1)
        base_day = base_day and shift(base_day, Span(days=days))
    return base_day and shift(base_day, Span(days=mark.days))


def is_before(day: datetime.date, mark: Mark, known: Mapping[str, datetime.date]) -> bool:
    """Whether a day lies before a mark. ``known`` are the days of the bases; without that of its own, it does not."""
    reached = day_of(mark, known.get(mark.base) if mark.base else None)
    return reached is not None and day < reached


def bounds(key: str, base: str | None) -> tuple[float, float]:
    """How far the day of an answer can lie from that base, in days: at least, at most."""
    if base is None:
        return EARLIEST.toordinal(), LATEST.toordinal()
    if key == base:
        return 0, 0
    if (base, key) in PERIODS:
        return 0, ENDLESS
    if (key, base) in PERIODS or (key, base) == ("birth_date", TODAY):
        return -ENDLESS, 0
    return -ENDLESS, ENDLESS
