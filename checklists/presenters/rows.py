"""The tasks of a plan as rows: what can be done now, what waits for what, and by which day."""

import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checklists.planner import PlannedTask
from checklists.planner.channels import ARRIVAL, whereabouts
from checklists.planner.opendays import last_open

from .appointments import Appointment, coming_appointment, is_too_late
from .lines import PROCEDURE, anchor
from .phrases import distance, leaf_date, series
from .planview import PlanView
from .tasks import state_of

# So many days before it, a day is told in the colour of what presses.
SOON = 7
PHASES = {
    "before_you_move": gettext_lazy("Before you move"),
    "first_weeks": gettext_lazy("Your first weeks"),
    "first_months": gettext_lazy("Your first months"),
    "later": gettext_lazy("Later"),
}
NOW = {
    "before_you_move": gettext_lazy("Now: before you move"),
    "first_weeks": gettext_lazy("Now: your first weeks"),
    "first_months": gettext_lazy("Now: your first months"),
    "later": gettext_lazy("Now"),
}
# Of somebody who has been there for long, no weeks are the first.
LONG_THERE = datetime.timedelta(days=60)
NEXT = PHASES | {"first_weeks": gettext_lazy("The next weeks"), "first_months": gettext_lazy("The next months")}
NEXT_NOW = NOW | {
    "first_weeks": gettext_lazy("Now: the next weeks"),
    "first_months": gettext_lazy("Now: the next months"),
}
STATES = {
    "ready": gettext_lazy("Can be started"),
    "waiting": gettext_lazy("Waits"),
    "maybe": gettext_lazy("Depends on an answer"),
    "stopped": gettext_lazy("Not now"),
    "late": gettext_lazy("Overdue"),
    "done": gettext_lazy("Done"),
    "booked": gettext_lazy("You have an appointment"),
}
AGAIN = (
    (35, gettext_lazy("Comes again each month")),
    (100, gettext_lazy("Comes again each quarter")),
    (200, gettext_lazy("Comes again each half-year")),
    (370, gettext_lazy("Comes again each year")),
)


def phases_of(view: PlanView) -> dict[str, Any]:
    """Rows of tasks: {open: [{title, count, rows}], done: rows, offers: rows}.

    ``count`` leaves out duties without an end, as the line at the top of the list does.
    """
    firm = [task for task in view.plan.tasks if task.is_firm]
    groups = [(phase, [task for task in firm if task.phase == phase and not task.done]) for phase in PHASES]
    groups = [(phase, tasks) for phase, tasks in groups if tasks]
    begun = groups[0][0] if groups and any(task.ready for task in groups[0][1]) else None
    titles, titles_now = (NEXT, NEXT_NOW) if _is_long_there(view) else (PHASES, NOW)
    return {
        "open": [
            {
                "title": str((titles_now if phase == begun else titles)[phase]),
                "count": sum(not task.ongoing for task in tasks),
                "rows": [_row(view, task) for task in tasks],
            }
            for phase, tasks in groups
        ],
        "done": [_row(view, task) for task in view.plan.tasks if task.done],
        "offers": [_row(view, task) for task in view.plan.tasks if not task.is_firm and not task.done],
    }


def _is_long_there(view: PlanView) -> bool:
    arrival = view.answers.get(ARRIVAL)
    return whereabouts(view.answers) == "destination" and (arrival is None or arrival < view.today - LONG_THERE)


def _row(view: PlanView, task: PlannedTask) -> dict[str, Any]:
    state, appointment = state_of(task), coming_appointment(view, task)
    day, word, is_soon = _when(view, task, appointment)
    late = state != "done" and day is not None and task.latest is not None and task.latest < view.today
    item = view.lines.item(PROCEDURE, task.way.key)
    return {
        "id": anchor(PROCEDURE, task.way.key),
        "name": task.name,
        "local_name": task.local_name if task.local_name != task.name else "",
        "lang": view.language_of(task.way.procedure),
        "url": view.task_url(task.key),
        "state": state,
        "ring": "late" if late else state,
        "word": str(STATES["late" if late else "booked" if appointment and state in ("ready", "waiting") else state]),
        "why": _appointment(view, task, appointment) if appointment and not task.stopped else _why(view, task, state),
        "day": leaf_date(day, view.today) if day else "",
        "when": word,
        "left": _left(view, task, day) if is_soon else "",
        "soon": is_soon,
        "note": item.note if item else "",
    }


def _why(view: PlanView, task: PlannedTask, state: str) -> str:
    """In one short phrase, why it can or cannot be done now."""
    if state == "done":
        return ""
    if state == "stopped":
        return _("Not now: read above")
    if task.ongoing:
        return _again(view, task)
    if state == "maybe":
        return _("Depends on an answer")
    first = _first(view, task)
    if task.way.procedure.by_employer:
        return _("Your employer does it. %(first)s") % {"first": first} if first else _("Your employer does it")
    if first:
        return first
    if task.ready:
        return _("You can start now")
    return _waits(view, task)


def _first(view: PlanView, task: PlannedTask) -> str:
    """The papers or the tasks that have to come before it; empty if there are none."""
    if task.missing:
        names = [view.compiled.documents[key].name for key in task.missing]
        return _("You need first: %(names)s") % {"names": series(names, 2)}
    waits_for = [view.tasks[key].name for key in task.depends_on if not view.tasks[key].done]
    return _("After: %(tasks)s") % {"tasks": series(waits_for, 2)} if waits_for else ""


def _appointment(view: PlanView, task: PlannedTask, appointment: Appointment) -> str:
    """The hour and the office, or that it is too late, and what has to come first."""
    if is_too_late(task, appointment):
        day = {"day": leaf_date(appointment.day, view.today)}
        told = _("Your appointment, %(day)s, is after the last day") % day
    else:
        told = ", ".join(filter(None, [_("Your appointment"), appointment.hour, appointment.office]))
    first = _first(view, task)
    return f"{told}. {first}" if first else told


def _waits(view: PlanView, task: PlannedTask) -> str:
    if task.earliest and task.earliest > view.today:
        return _("From %(day)s") % {"day": leaf_date(task.earliest, view.today)}
    if task.way.channels and task.way.channels[0].far:
        return _("Not from where you are now")
    return ""


def _again(view: PlanView, task: PlannedTask) -> str:
    """How often a duty without an end comes again."""
    for duty in view.plan.recurring:
        if duty.procedure == task.way.key and len(duty.next) > 1:
            days = (duty.next[1] - duty.next[0]).days
            return next((str(words) for most, words in AGAIN if days <= most), _("Comes again"))
    return _("Goes on while you live there")


def _when(view: PlanView, task: PlannedTask, appointment: Appointment | None) -> tuple[datetime.date | None, str, bool]:
    """The day that matters most, what it is, and whether it presses."""
    item, today = view.lines.item(PROCEDURE, task.way.key), view.today
    if task.done:
        return (item.date, _("done"), False) if item and item.date else (None, "", False)
    too_late = appointment is not None and is_too_late(task, appointment)
    if appointment and not too_late:
        return appointment.day, _("appointment"), (appointment.day - today).days <= SOON
    if task.stopped:
        return None, "", False
    if task.latest:
        left = (task.latest - today).days
        return task.latest, _last_words(view, task, task.latest), left <= SOON or too_late
    if task.target and task.target > today:
        return task.target, _("target"), False
    return None, "", False


def _last_words(view: PlanView, task: PlannedTask, latest: datetime.date) -> str:
    """What the last day is. Where the law's own day is a closed one, it is the last open day before."""
    if latest < view.today:
        return _("late")
    ends = [one.date for one in task.way.deadlines if one.date and one.binding and one.date > latest]
    is_before = any(last_open(day, view.calendar) == latest for day in ends)
    return _("last open day") if is_before else _("at the latest")


def _left(view: PlanView, task: PlannedTask, day: datetime.date | None) -> str:
    """How far away a near day is, which is told instead of what it is."""
    if task.done or day is None or not 0 <= (day - view.today).days <= SOON:
        return ""
    return distance(day, view.today)
