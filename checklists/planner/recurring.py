"""Duties that come again, with their next days."""

import datetime
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, islice

from dateutil.relativedelta import relativedelta

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Recurring
from guides.conditions import Truths
from guides.conditions.dates import read_span, shift

from .schedule import day_of
from .selection import Selected

SHOWN = 4
EVERY_MONTH = range(1, 13)


@dataclass(frozen=True, slots=True)
class Series:
    """A duty of a procedure. ``next`` are its days from today on, at most four."""

    recurring: Recurring
    procedure: str
    next: tuple[datetime.date, ...]

    @property
    def key(self) -> str:
        return self.recurring.key


def series_of(
    compiled: CompiledCatalogue, selected: list[Selected], truths: Truths, finish: Mapping[str, datetime.date]
) -> list[Series]:
    """The duties whose days can be counted, the next one first: of all that is done, and of all that is more than an
    offer.

    ``finish`` has the days on which procedures are finished, as far as that is known.
    """
    found = []
    for item in selected:
        counts = item.done or (item.status in ("required", "recommended") and not item.stopped)
        for recurring in item.procedure.recurring if counts else ():
            first = day_of(recurring.first, compiled, truths.answers, finish) if truths[recurring.when] else None
            if first is not None:
                days = tuple(islice(_from(_days(recurring, first), truths.answers["today"]), SHOWN))
                if days:
                    found.append(Series(recurring, item.key, days))
    return sorted(found, key=lambda series: series.next[0])


def _from(days: Iterator[datetime.date], today: datetime.date) -> Iterator[datetime.date]:
    return (day for day in days if day >= today)


def _days(recurring: Recurring, first: datetime.date) -> Iterator[datetime.date]:
    if recurring.day is not None:
        return _days_of_months(recurring.day, recurring.months or EVERY_MONTH, first)
    if recurring.every:
        return _repeated(recurring.every, first)
    return iter([first])


def _repeated(every: str, first: datetime.date) -> Iterator[datetime.date]:
    """Each counted from the first day, so that the end of a month stays one. It ends with the calendar, or at once
    where nothing lies between two days."""
    span = read_span(every)
    for times in count():
        length = type(span)(span.years * times, span.months * times, span.days * times)
        day = shift(first, length)
        if day is None or (times and day == first):
            return
        yield day


def _days_of_months(wanted: int, months: tuple[int, ...] | range, first: datetime.date) -> Iterator[datetime.date]:
    month = first.replace(day=1)
    while month.year < datetime.MAXYEAR:
        if month.month in months:
            day = month.replace(day=min(wanted, monthrange(month.year, month.month)[1]))
            if day >= first:
                yield day
        month += relativedelta(months=1)
