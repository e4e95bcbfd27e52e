"""The dates of a plan as rows: deadlines of one task, and all that lie ahead."""

import datetime
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from checklists.planner import PlannedProcedure, PlannedTask
from checklists.planner.channels import whereabouts
from checklists.planner.opendays import ONE_DAY, SATURDAY, is_open, last_open
from checklists.planner.procedures import PlannedDeadline

from .alerts import alert_id, day_in_words, is_problem
from .appointments import APPOINTMENT, appointment_of
from .evidence import Numbers
from .lines import is_certain
from .phrases import distance, sentence, short_date
from .planview import PlanView

SOON = datetime.timedelta(days=7)
# From so far away on, a day and a month do not say which year is meant.
FAR = datetime.timedelta(days=330)


def deadline_row(view: PlanView, planned: PlannedDeadline, numbers: Numbers | None = None) -> dict[str, Any]:
    """One deadline as ``components/deadline_row.html`` takes it. Without a day, an open answer is missing."""
    row = {
        "date": planned.date,
        "text": planned.deadline.text,
        "binding": planned.binding,
        "cites": numbers.cite(planned.deadline.facts) if numbers else "",
    }
    return row | _distance(view, planned.date, planned.binding) if planned.date else row


def _distance(view: PlanView, day: datetime.date, binding: bool) -> dict[str, Any]:
    """How far away a day is: ``left`` in words, ``far`` if its year must be told, ``soon`` if it binds and is near.

    ``closed`` says what to know of a day on which offices are closed.
    """
    return {
        "left": distance(day, view.today),
        "soon": binding and day - view.today <= SOON,
        "far": abs(day - view.today) >= FAR,
        "past": day < view.today,
        "closed": _closed(view, day, binding),
    }


def _closed(view: PlanView, day: datetime.date, binding: bool) -> str:
    """Of what binds also the last open day, while it lies ahead. The weekday alone stands at the date."""
    if is_open(day, view.calendar):
        return ""
    is_weekend, last = day.weekday() >= SATURDAY, last_open(day, view.calendar)
    if binding and last >= view.today:
        what = {"day": date_format(day, "l"), "last": short_date(last, day)}
        if is_weekend:
            return _("%(day)s, the last open day is %(last)s") % what
        return _("public holiday, the last open day is %(last)s") % what
    return "" if is_weekend else _("public holiday")


def closed_soon(view: PlanView) -> str:
    """Of somebody who is there: whether a public holiday closes the offices today or tomorrow."""
    if whereabouts(view.answers) != "destination":
        return ""
    for day, words in (
        (view.today, _("Today is a public holiday. Offices are closed.")),
        (view.today + ONE_DAY, _("Tomorrow is a public holiday. Offices are closed.")),
    ):
        if day.weekday() < SATURDAY and not is_open(day, view.calendar):
            return words
    return ""


def counted(task: PlannedProcedure) -> list[PlannedDeadline]:
    """The deadlines of a task that fall on a day, or will once an answer is given; the first one first."""
    found = [planned for planned in task.deadlines if planned.date or planned.deadline.date]
    return sorted(found, key=lambda planned: (planned.date is None, planned.date))


def uncounted(task: PlannedProcedure) -> list[PlannedDeadline]:
    """What is said about time without a day: how long something is good, until when an office decides."""
    return [planned for planned in task.deadlines if not planned.date and not planned.deadline.date]


def all_days(view: PlanView) -> list[dict[str, Any]]:
    """The dated deadlines of all tasks that are still to do, the reader's appointments and the days to read first."""
    # While nothing is certain, nothing is on the list.
    tasks = view.plan.tasks if is_certain(view.plan) else ()
    rows = [row for task in tasks if not task.done for row in _days_of(view, task)]
    return list(_joined(sorted([*_days_of_alerts(view), *rows], key=lambda row: row["date"])))


def _joined(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One row for all that falls on the same day for the same task, what binds first."""
    for _same, found in groupby(rows, key=lambda row: (row["date"], row["procedure"]["url"])):
        first, *rest = sorted(found, key=lambda row: not row["binding"])
        texts = dict.fromkeys(row["text"] for row in (first, *rest))
        at = next(filter(None, [row["at"] for row in (first, *rest)]), "")
        yield {**first, "text": sentence(*texts) if rest else first["text"], "at": at}


def _days_of_alerts(view: PlanView) -> Iterator[dict[str, Any]]:
    """Days that no task has which the alert is about."""
    for alert in view.plan.alerts:
        tasks = [view.row_of[key] for key in alert.about if key in view.row_of]
        if alert.date and alert.date not in {one.date for task in tasks for one in task.way.deadlines}:
            link = {"name": _("Read this first"), "url": f"{view.access.url()}#{alert_id(alert)}"}
            row = {"date": alert.date, "text": day_in_words(view, alert), "binding": is_problem(alert), "at": ""}
            yield {**row, "procedure": link, **_distance(view, alert.date, is_problem(alert))}


def _days_of(view: PlanView, task: PlannedTask) -> Iterator[dict[str, Any]]:
    """``at`` is the hour and the place of an appointment, as far as they are known."""
    link = {"procedure": {"name": task.name, "url": view.task_url(task.key)}}
    appointment = appointment_of(view, task)
    at = ""
    if appointment:
        at = ", ".join(filter(None, [appointment.hour, appointment.place]))
    for planned in counted(task.way) if task.is_firm else ():
        if planned.date:
            yield {**deadline_row(view, planned), **link, "at": at if planned.deadline.key == APPOINTMENT else ""}
    if appointment and not appointment.answered:
        day = appointment.day
        yield {"date": day, "text": _("Your appointment"), "binding": False, "at": at, **link} | _distance(
            view, day, False
        )
