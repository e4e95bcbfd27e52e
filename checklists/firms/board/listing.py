"""Cases in an order, page by page. A page begins behind a case and not at a number, so that deep pages cost the same
and nothing is skipped when somebody changes a case in between."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_date, parse_datetime

ROWS = 25
# Each order with its field, and whether it runs downwards.
SORTS = {
    "deadline": ("next_deadline", False),
    "progress": ("progress", False),
    "-progress": ("progress", True),
    "age": ("created_at", False),
    "-age": ("created_at", True),
}
SEPARATOR = "~"


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last case of a page: its value in the order (None: without a deadline), its key, and how many came so far."""

    value: Any
    pk: int
    shown: int

    def __str__(self) -> str:
        value = self.value.isoformat() if isinstance(self.value, datetime.date) else self.value
        return SEPARATOR.join(["" if value is None else str(value), str(self.pk), str(self.shown)])


@dataclass(frozen=True, slots=True)
class Page:
    """Rows as dictionaries, the number of the first one in the whole list, and where the next page begins."""

    rows: list[dict[str, Any]]
    first: int
    after: str


def page_of(cases: QuerySet, sort: str, after: str, columns: tuple[str, ...]) -> Page:
    """A page of these cases, as dictionaries of these columns, in one of SORTS, behind a cursor or from the start."""
    field, down = SORTS[sort]
    cursor = _read(field, after)
    ordered = cases.order_by(f"-{field}", "-pk") if down else cases.order_by(field, "pk")
    rows: list[dict[str, Any]] = []
    for part in _parts(ordered, field, down, cursor):
        rows += part.values("pk", field, *columns)[: ROWS + 1 - len(rows)]
        if len(rows) > ROWS:
            break
    shown = cursor.shown if cursor else 0
    more = len(rows) > ROWS
    rows = rows[:ROWS]
    following = str(Cursor(rows[-1][field], rows[-1]["pk"], shown + len(rows))) if more else ""
    return Page(rows, shown + 1, following)


def _parts(ordered: QuerySet, field: str, down: bool, cursor: Cursor | None) -> Iterator[QuerySet]:
    """What comes behind the cursor: of cases with and without a deadline one after the other.

    Databases disagree where those without belong, and an index cannot be entered in the middle of "or".
    """
    if field != "next_deadline":
        yield _behind(ordered, field, down, cursor)
    elif cursor and cursor.value is None:
        yield ordered.filter(next_deadline=None, pk__gt=cursor.pk)
    else:
        yield _behind(ordered.filter(next_deadline__isnull=False), field, down, cursor)
        yield ordered.filter(next_deadline=None)


def _behind(ordered: QuerySet, field: str, down: bool, cursor: Cursor | None) -> QuerySet:
    if cursor is None:
        return ordered
    side, past = ("lte", "gte") if down else ("gte", "lte")
    same = Q(**{field: cursor.value, f"pk__{past}": cursor.pk})
    return ordered.filter(~same, **{f"{field}__{side}": cursor.value})


def _read(field: str, text: str) -> Cursor | None:
    """The cursor in an address; None for one that says nothing in this order."""
    try:
        value, pk, shown = text.split(SEPARATOR)
        return Cursor(_value(field, value), int(pk[:18]), int(shown[:18]))
    except ValueError:
        return None


def _value(field: str, text: str) -> Any:
    if field == "progress":
        return int(text[:9])
    if field == "next_deadline" and not text:
        return None
    value = parse_date(text) if field == "next_deadline" else parse_datetime(text)
    if value is None or (field == "created_at" and value.tzinfo is None):
        raise ValueError
    return value
