"""The one thing to do next, and why."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from checklists.planner import Paper, PlannedTask
from checklists.planner.channels import place_of

from .alerts import is_problem
from .lines import PROCEDURE, STEP, anchor
from .phrases import distance, long_date, series
from .planview import PlanView

FIRM = ("required", "recommended")


def next_task(view: PlanView) -> PlannedTask | None:
    """The task to do now: of what is ready, the first on the list, the required ones before the recommended.

    A duty without an end is none: it would stay the next one for good.
    """
    ready = (task for task in view.plan.tasks if task.ready and task.status in FIRM and not task.ongoing)
    return min(ready, key=lambda task: task.status != "required", default=None)


def next_step(view: PlanView, task: PlannedTask | None) -> dict[str, Any]:
    """What ``components/next_step.html`` takes: the next task, or the papers while all tasks wait, or the end."""
    if any(alert.kind == "danger" for alert in view.plan.alerts):
        return _danger_first(task)
    if task is not None:
        return _task(view, task)
    firm = [p for p in view.plan.tasks if p.status in FIRM and not p.done and not p.ongoing]
    waiting = [(p.earliest, p) for p in firm if p.earliest and p.earliest > view.today and not p.missing]
    if waiting:
        return _papers(view, *min(waiting, key=lambda found: found[0]))
    if firm or any(is_problem(alert) for alert in view.plan.alerts):
        return _stuck(view, firm)
    if view.plan.unknown:
        return _questions(view)
    return {"title": _("Everything is done"), "why": _("Nothing is left to do on your list."), "finished": True}


def _danger_first(task: PlannedTask | None) -> dict[str, Any]:
    """Where a right is at stake, no task is more urgent than what the alert says."""
    return {
        "title": _("First do what the red box says"),
        "why": _("Everything else comes after that. Then the next task is: %(task)s.") % {"task": task.name}
        if task
        else _("Everything else comes after that."),
        "url": "#alerts",
        "action": _("Read it again"),
    }


def _stuck(view: PlanView, firm: list[PlannedTask]) -> dict[str, Any]:
    """Nothing can be started: an alert stands in the way, or a paper that nothing on the list gives."""
    missing = dict.fromkeys(key for task in firm if not task.stopped for key in task.missing)
    if missing and not any(is_problem(alert) for alert in view.plan.alerts):
        names = [view.compiled.documents[key].name for key in missing]
        return {
            "title": _("Get what the next tasks need"),
            "why": _("No task can start before you have it, and nothing on this list gives it."),
            "bring": _one_phrase(names, 5),
        }
    return {
        "title": _("Read the box at the top first"),
        "why": _("No task can start before that is settled."),
        "url": "#alerts",
        "action": _("Read it"),
    }


def _questions(view: PlanView) -> dict[str, Any]:
    """What is certain is done, or nothing is certain yet: only an answer leads on."""
    certain = any(task.status in FIRM for task in view.plan.tasks)
    return {
        "title": _("Answer the open questions"),
        "why": _("What is certain is done. An answer or two shows what else applies to you.")
        if certain
        else _("Nothing is certain yet. An answer or two shows what applies to you."),
        "url": view.access.url("next-question") if view.access.may_change else "",
        "action": _("Go to the questions"),
    }


def _task(view: PlanView, task: PlannedTask) -> dict[str, Any]:
    procedure = task.way.procedure
    missing = papers_before(view, task)
    return {
        "title": task.name,
        "local_name": task.local_name,
        "lang": view.language_of(procedure),
        "why": procedure.reason,
        "when": _when(view, task),
        "office": _office(view, task),
        "step": _first_step(view, task),
        "bring": _one_phrase([paper.document.name for paper in missing], 4),
        "unlocks": _one_phrase(_unlocks(view, task), 3),
        "url": f"#{anchor(PROCEDURE, procedure.key)}",
        "action": _("Open the steps"),
    }


def _office(view: PlanView, task: PlannedTask) -> str:
    """Where to turn to: the office, or abroad the place that stands in for it."""
    procedure, channels = task.way.procedure, task.way.channels
    if channels and place_of(channels[0].channel, procedure) == "abroad":
        return channels[0].channel.name
    return view.compiled.authorities[procedure.authority].name


def _when(view: PlanView, task: PlannedTask) -> str:
    if task.latest is None:
        return ""
    if task.latest < view.today:
        return _("The last day was %(day)s. Do it as soon as you can.") % {"day": long_date(task.latest)}
    return _("Start by %(day)s, %(left)s") % {
        "day": long_date(task.latest),
        "left": distance(task.latest, view.today),
    }


def _first_step(view: PlanView, task: PlannedTask) -> str:
    left = [step.text for step in task.way.steps if not view.lines.is_ticked(STEP, f"{task.way.key}/{step.key}")]
    return left[0] if left else ""


def papers_before(view: PlanView, task: PlannedTask) -> list[Paper]:
    """The papers that this task certainly needs, that are not in hand and that nobody else on the list gives.

    None where documents are not shared.
    """
    if not view.access.shows_documents:
        return []
    return [
        paper
        for paper in view.papers
        if not paper.in_hand and not paper.obtained_from
        if any(use.procedure == task.way.key and use.status in ("required", "one_of") for use in paper.planned.uses)
    ]


def _unlocks(view: PlanView, task: PlannedTask) -> list[str]:
    return [
        other.name
        for other in view.plan.tasks
        if task.key in other.depends_on and other.status in FIRM and not other.stopped
    ]


def _papers(view: PlanView, start: datetime.date, first: PlannedTask) -> dict[str, Any]:
    """While every task has to wait, there is time to collect what they ask for."""
    missing = papers_before(view, first)
    return {
        "title": _("Collect your documents"),
        "why": _("No task can start before %(day)s. Until then, get together what it asks for.")
        % {"day": long_date(start)},
        "when": _("First task: %(task)s, %(left)s") % {"task": first.name, "left": distance(start, view.today)},
        "bring": _one_phrase([paper.document.name for paper in missing], 5),
        "url": "#documents" if view.access.shows_documents else "",
        "action": _("See the documents"),
    }


def _one_phrase(names: list[str], most: int) -> list[str]:
    return [series(names, most)] if names else []
