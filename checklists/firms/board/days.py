"""The days of cases: deadlines of plans, what was asked for, the firm's own tasks, and target dates."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from checklists.models import Case, CaseDeadline, FirmTask, Request
from guides.editions.publishing import current

from .context import BoardContext


class CaseDay(NamedTuple):
    """Something that falls on a day. ``uid`` tells it from all others and stays; ``case`` is a key."""

    day: datetime.date
    kind: str
    text: str
    client: str
    case: int
    uid: str


class Source(NamedTuple):
    """Open rows of one kind, with the field of their day; ``case``: the way to their case, empty if they are cases."""

    kind: str
    rows: QuerySet
    day: str
    case: str


def sources() -> list[Source]:
    """Everything that has a day and is still to be done."""
    return [
        Source("deadline", CaseDeadline.objects.select_related("person"), "day", "case__"),
        Source("request", Request.objects.open().select_related("person"), "due", "person__case__"),
        Source("task", FirmTask.objects.open().select_related("person"), "due", "person__case__"),
        Source("target", Case.objects.all(), "target_date", ""),
    ]


def days_of(cases: list[Case]) -> list[CaseDay]:
    """All days of these cases, in order."""
    keys = [case.pk for case in cases]
    found = (
        _told(source, source.rows.filter(**{f"{source.case}pk__in": keys, f"{source.day}__isnull": False}))
        for source in sources()
    )
    return sorted(day for days in found for day in days)


def days_between(
    board: BoardContext, first: datetime.date, last: datetime.date, most: int, **cases
) -> tuple[list[CaseDay], dict[datetime.date, int]]:
    """What falls on these days in the firm's cases in work: at most ``most`` of each kind a day, and how many in all.

    One query for each kind, however many there are. ``cases`` narrows the cases, as to ``filter``.
    """
    found: list[CaseDay] = []
    counts: dict[datetime.date, int] = {}
    for source in sources():
        wanted = {"organisation": board.organisation, "archived_at": None, **cases}
        narrowed = {f"{source.case}{name}": value for name, value in wanted.items()}
        if source.kind == "deadline":
            # The index that finds them by day.
            narrowed["organisation"] = board.organisation
        days = {"partition_by": F(source.day)}
        rows = (
            source.rows.filter(**narrowed, **{f"{source.day}__range": (first, last)})
            .annotate(place=Window(RowNumber(), order_by="pk", **days), together=Window(Count("pk"), **days))
            .filter(place__lte=most)
            .order_by()
        )
        told = list(rows)
        for row in told:
            if row.place == 1:
                day = getattr(row, source.day)
                counts[day] = counts.get(day, 0) + row.together
        found += _told(source, told)
    return sorted(found), counts


def _told(source: Source, rows: Iterable) -> list[CaseDay]:
    return [
        CaseDay(
            getattr(row, source.day),
            source.kind,
            _text(source.kind, row),
            row.name if source.kind == "target" else row.person.name,
            row.pk if source.kind == "target" else row.person.case_id,
            _uid(source.kind, row),
        )
        for row in rows
    ]


def _text(kind: str, row) -> str:
    match kind:
        case "deadline":
            procedure = current().procedures.get(row.procedure)
            return procedure.name if procedure else row.procedure
        case "request":
            return _("Asked for: %s") % row.name_in(current())
        case "task":
            return row.text
        case _:
            return _("Target date")


def _uid(kind: str, row) -> str:
    """Deadlines are made anew with every summary: their task and person stay."""
    return f"deadline-{row.person_id}-{row.procedure}" if kind == "deadline" else f"{kind}-{row.pk}"
