"""Date expressions: what day they come to, and which answers they wait for."""

import datetime
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from .answers import Answers
from .tree import AnswerDay, DateNode, Day, Finish, FirstOfMonth, Latest, Plus, PlusByYear, Span, Today

# (parameter, column) -> ((year, span), …), oldest year first.
Tables = Mapping[tuple[str, str], Sequence[tuple[int, Span]]]

SPAN_PARTS = re.compile(r"(\d+)\s*(year|month|week|day)s?")


def read_span(text: str) -> Span:
    """``66 years 10 months`` as a span. Raises ValueError where no length can be read."""
    parts = {unit: int(number) for number, unit in SPAN_PARTS.findall(text)}
    if not parts:
        raise ValueError(f"“{text}” is no length of time.")
    return Span(parts.get("year", 0), parts.get("month", 0), parts.get("day", 0) + 7 * parts.get("week", 0))


def shift(date: datetime.date, span: Span, sign: int = 1) -> datetime.date | None:
    """The date ``span`` later, or earlier with sign -1; None outside the calendar."""
    try:
        return date + _delta(span, sign)
    except (OverflowError, ValueError):
        return None


@lru_cache(maxsize=1024)
def _delta(span: Span, sign: int) -> relativedelta:
    return relativedelta(years=span.years, months=span.months, days=span.days) * sign


def resolve(
    node: DateNode,
    answers: Answers,
    *,
    finish: Mapping[str, datetime.date] | None = None,
    tables: Tables | None = None,
) -> datetime.date | None:
    """The day that a date expression comes to, or None while an answer or a finish is missing."""
    match node:
        case Day(value):
            return value
        case Today():
            today: datetime.date = answers["today"]
            return today
        case AnswerDay(key):
            return answers.get(key)
        case Finish(procedure):
            return (finish or {}).get(procedure)
        case FirstOfMonth(date):
            base = resolve(date, answers, finish=finish, tables=tables)
            return None if base is None else base.replace(day=1)
        case Plus(date, span, sign):
            base = resolve(date, answers, finish=finish, tables=tables)
            return None if base is None else shift(base, span, sign)
        case PlusByYear(date, parameter, column):
            base = resolve(date, answers, finish=finish, tables=tables)
            return None if base is None else _by_year(base, (tables or {}).get((parameter, column), ()))
        case Latest(dates, known_only):
            days = [resolve(part, answers, finish=finish, tables=tables) for part in dates]
            known = [day for day in days if day is not None]
            return max(known) if known and (known_only or len(known) == len(days)) else None


def _by_year(base: datetime.date, rows: Sequence[tuple[int, Span]]) -> datetime.date | None:
    """The first day that is reached under the row of its own year; the last row holds for later years."""
    for position, (year, span) in enumerate(rows):
        reached = shift(base, span)
        last = position == len(rows) - 1
        if reached is not None and (reached.year <= year or last):
            return reached if reached.year >= year or position == 0 else max(reached, datetime.date(year, 1, 1))
    return None


def keys_of(node: DateNode) -> frozenset[str]:
    """The answers that a date expression reads."""
    match node:
        case AnswerDay(key):
            return frozenset([key])
        case FirstOfMonth(date) | Plus(date) | PlusByYear(date):
            return keys_of(date)
        case Latest(dates):
            return frozenset().union(*map(keys_of, dates))
        case _:
            return frozenset()


def finishes_in(node: DateNode) -> frozenset[str]:
    """The procedures whose finish a date expression counts from."""
    match node:
        case Finish(procedure):
            return frozenset([procedure])
        case FirstOfMonth(date) | Plus(date) | PlusByYear(date):
            return finishes_in(date)
        case Latest(dates):
            return frozenset().union(*map(finishes_in, dates))
        case _:
            return frozenset()


def tables_in(node: DateNode) -> frozenset[tuple[str, str]]:
    """The columns of yearly parameters that a date expression reads."""
    match node:
        case PlusByYear(date, parameter, column):
            return tables_in(date) | {(parameter, column)}
        case FirstOfMonth(date) | Plus(date):
            return tables_in(date)
        case Latest(dates):
            return frozenset().union(*map(tables_in, dates))
        case _:
            return frozenset()


def spans_in(node: DateNode) -> frozenset[Span]:
    """The lengths of time that a date expression adds or takes away."""
    match node:
        case Plus(date, span):
            return spans_in(date) | {span}
        case FirstOfMonth(date) | PlusByYear(date):
            return spans_in(date)
        case Latest(dates):
            return frozenset().union(*map(spans_in, dates))
        case _:
            return frozenset()


def days_in(node: DateNode) -> frozenset[datetime.date]:
    """The days of the calendar that a date expression is made of, where nothing is added to them."""
    match node:
        case Day(value):
            return frozenset([value])
        case Latest(dates):
            return frozenset().union(*map(days_in, dates))
        case _:
            return frozenset()
