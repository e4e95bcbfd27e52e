"""The tasks of a plan, one card for each thing to reach, under the times at which they are to be done."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from checklists.planner import PlannedTask
from checklists.planner.channels import place_of
from guides.reading.addresses import procedure_url, report_url

from .alerts import alert_id, title_of
from .lines import PROCEDURE, anchor
from .phrases import long_date, series, short_date
from .planview import PlanView
from .taskbody import body_of, steps_of
from .ways import how_of, other_ways

PHASES = {
    "before_you_move": gettext_lazy("Before you move"),
    "first_weeks": gettext_lazy("Your first weeks"),
    "first_months": gettext_lazy("Your first months"),
    "later": gettext_lazy("Later"),
}


def task_groups(view: PlanView, next_key: str | None) -> list[dict[str, Any]]:
    """Groups as {title, tasks, folded}, each task as ``components/procedure_card.html`` takes it.

    The one to do next stands open; what is only offered waits in a group of its own.
    """
    firm = [task for task in view.plan.tasks if task.is_firm]
    groups = [(str(title), [task for task in firm if task.phase == phase], False) for phase, title in PHASES.items()]
    groups.append((_("You can also"), [task for task in view.plan.tasks if not task.is_firm], True))
    return [
        {"title": title, "tasks": [_task(view, task, task.key == next_key) for task in tasks], "folded": folded}
        for title, tasks, folded in groups
        if tasks
    ]


def state_of(task: PlannedTask) -> str:
    if task.done:
        return "done"
    if task.stopped:
        return "stopped"
    if task.status == "provisional":
        return "maybe"
    return "ready" if task.ready else "waiting"


def when_of(view: PlanView, task: PlannedTask) -> str:
    """On which day it is to be done, in a sentence or two."""
    if task.done:
        item = view.lines.item(PROCEDURE, task.way.key)
        return _("Done on %(day)s") % {"day": long_date(item.date)} if item and item.date else ""
    if task.stopped or task.earliest is None:
        return ""
    if task.latest and task.latest < view.today:
        return _("The last day was %(last)s.") % {"last": long_date(task.latest)}
    if task.latest == task.earliest:
        return _("On %(day)s.") % {"day": long_date(task.latest)}
    begin = ""
    if task.earliest > view.today:
        begin = _("From %(first)s.") % {"first": short_date(task.earliest, task.latest or task.target)}
    elif task.ongoing:
        return ""
    elif task.ready:
        begin = _("You can start now.")
    return " ".join(filter(None, [begin, _aim(task)]))


def _aim(task: PlannedTask) -> str:
    target, latest = task.target, task.latest
    if target and latest and target < latest:
        days = {"target": short_date(target, latest), "last": long_date(latest)}
        return _("Aim for %(target)s; at the latest %(last)s.") % days
    if latest:
        return _("At the latest %(last)s.") % {"last": long_date(latest)}
    return _("Aim for %(target)s.") % {"target": long_date(target)} if target else ""


def _task(view: PlanView, task: PlannedTask, is_open: bool) -> dict[str, Any]:
    procedure, state, numbers = task.way.procedure, state_of(task), view.evidence.numbers()
    steps = steps_of(view, task, state, numbers)
    card = {
        "id": anchor(PROCEDURE, task.way.key),
        "name": task.name,
        "local_name": task.local_name,
        "lang": view.language_of(procedure),
        "state": state,
        "tags": _tags(task, state),
        "how": how_of(view, task),
        "when": when_of(view, task),
        "page": procedure_url(procedure),
        "report": report_url(procedure),
        "note": view.lines.note(PROCEDURE, task.way.key, date_told=task.done),
        "finish": _finish(view, task, steps),
    }
    if task.done:
        return card
    return card | {
        **body_of(view, task, steps, numbers),
        "late": bool(task.latest and task.latest < view.today),
        "lasts": _lasts(task),
        "stopped_by": _stopped_by(view, task),
        "missing": _missing(view, task),
        "where": _where(view, task),
        "waits_for": _waits_for(view, task),
        "question": view.question(task.way.settles),
        "other_ways": other_ways(view, task),
        "open": is_open,
    }


def _tags(task: PlannedTask, state: str) -> list[dict[str, str]]:
    # A duty without an end is not waiting to be started.
    tags = [{"kind": "ongoing"} if task.ongoing and state == "ready" else {"kind": state}]
    if task.status in ("recommended", "optional") and not task.done:
        tags.append({"kind": task.status})
    if task.way.sets_late:
        tags.append({"kind": "late"})
    return tags


def _lasts(task: PlannedTask) -> str:
    """How much time it takes from its start."""
    if task.earliest is None or task.ongoing:
        return ""
    if not task.duration_known:
        return _("Nobody tells how long it takes.")
    days = (task.way.finish - task.earliest).days
    if not days:
        return ""
    return ngettext("Allow %(count)d day for it.", "Allow %(count)d days for it.", days) % {"count": days}


def _waits_for(view: PlanView, task: PlannedTask) -> list[str]:
    if task.stopped:
        return []
    return [view.tasks[key].name for key in task.depends_on if not view.tasks[key].done]


def _stopped_by(view: PlanView, task: PlannedTask) -> dict[str, str] | None:
    """The alert because of which nobody can start it, as {text, url}."""
    stopping = {alert.key for alert in view.compiled.alerts if task.way.key in alert.stops}
    for alert in view.plan.alerts if task.stopped else ():
        if alert.key in stopping:
            return {"text": title_of(alert), "url": f"#{alert_id(alert)}"}
    return None


def _missing(view: PlanView, task: PlannedTask) -> str:
    names = [view.compiled.documents[key].name for key in task.missing]
    if not names or task.stopped:
        return ""
    text = ngettext(
        "You need first: %(names)s. Nothing on this list gives it.",
        "You need first: %(names)s. Nothing on this list gives them.",
        len(names),
    )
    return text % {"names": series(names, 6)}


def _where(view: PlanView, task: PlannedTask) -> str:
    """Where somebody has to be for it who is somewhere else now."""
    channel = task.way.channels[0] if task.way.channels else None
    # Before the first day on which it can be done, that day says enough.
    if channel is None or not channel.far or task.earliest is None or task.earliest > view.today:
        return ""
    if place_of(channel.channel, task.way.procedure) == "abroad":
        return _("It is done from abroad.")
    return _("You have to be in %(country)s for it.") % {"country": view.country.name if view.country else ""}


def _finish(view: PlanView, task: PlannedTask, steps: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The button that finishes a task; None for a duty without an end, and a link if answers say that it is done.

    ``suggested`` when all its steps are ticked.
    """
    way = task.way
    if task.ongoing:
        return None
    if task.done and not view.lines.is_ticked(PROCEDURE, way.key):
        return {"by_answers": view.access.url("answers")}
    gives = [view.compiled.documents[key].name for key in way.procedure.outputs]
    suggested = bool(steps) and not task.done and all(step["state"] == "done" for step in steps)
    return {
        **view.lines.tick(PROCEDURE, way.key, _("Finished: %(task)s") % {"task": task.name}),
        "name": task.name,
        "suggested": suggested,
        "gives": series(gives, 3),
    }
