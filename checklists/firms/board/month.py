"""A month of everybody's days, week by week."""

import calendar
import datetime
import re
from typing import Any

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from checklists.presenters.phrases import long_date

from .context import BoardContext
from .days import CaseDay, days_between

SHOWN_IN_A_DAY = 4
MOST_IN_A_LIST = 500
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
KINDS = {
    "deadline": _("Deadline"),
    "request": _("Asked for"),
    "task": _("Our task"),
    "target": _("Target date"),
}


def first_of(text: str, today: datetime.date) -> datetime.date:
    """The first day of the month in an address, like 2026-11; of this month if it says none."""
    found = MONTH.fullmatch(text)
    return datetime.date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)


def month_of(board: BoardContext, first: datetime.date, cases: dict[str, Any]) -> dict[str, Any]:
    """The weeks of a month with what falls on each day, as ``board/calendar.html`` takes them.

    ``earlier``: how many dates of this month lie behind today, and whether one of them is ``overdue``.
    """
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    days, counts = days_between(board, weeks[0][0], weeks[-1][-1], SHOWN_IN_A_DAY, **cases)
    on = {day: [one for one in days if one.day == day][:SHOWN_IN_A_DAY] for day in counts}
    is_this_month = first == board.today.replace(day=1)
    earlier = [day for day in on if is_this_month and first <= day < board.today]
    return {
        "title": date_format(first, "F Y"),
        "weekdays": WEEKDAYS.values(),
        "kinds": KINDS.items(),
        "weeks": [[_day(board, first, day, on.get(day, []), counts.get(day, 0)) for day in week] for week in weeks],
        "before": f"{(first - datetime.timedelta(days=1)):%Y-%m}",
        "after": f"{(first + datetime.timedelta(days=31)):%Y-%m}",
        "count": sum(count for day, count in counts.items() if day.month == first.month),
        "earlier": sum(counts[day] for day in earlier),
        "overdue": any(is_late(board, one) for day in earlier for one in on[day]),
    }


def day_of(board: BoardContext, day: datetime.date, cases: dict[str, Any]) -> dict[str, Any]:
    """Everything that falls on one day."""
    days, counts = days_between(board, day, day, MOST_IN_A_LIST, **cases)
    shown = days[:MOST_IN_A_LIST]
    return {
        "day": day,
        "title": long_date(day),
        "entries": entries(board, shown),
        "more": counts.get(day, 0) - len(shown),
    }


def is_late(board: BoardContext, day: CaseDay) -> bool:
    """Whether it should have been done by now; nobody misses the day to which a client wants to have moved."""
    return day.day < board.today and day.kind != "target"


def entries(board: BoardContext, days: list[CaseDay]) -> list[dict[str, Any]]:
    return [
        {
            "kind": day.kind,
            "word": KINDS[day.kind],
            "text": day.text,
            "client": day.client,
            "late": is_late(board, day),
            "url": reverse("casework:case", args=[board.organisation.slug, day.case]),
        }
        for day in days
    ]


def _day(
    board: BoardContext, first: datetime.date, day: datetime.date, days: list[CaseDay], count: int
) -> dict[str, Any]:
    return {
        "day": day,
        "name": long_date(day),
        "outside": day.month != first.month,
        "today": day == board.today,
        "past": day < board.today,
        "late": any(is_late(board, one) for one in days),
        "entries": entries(board, days),
        "more": count - len(days),
    }
