"""The one thing to do next, and why."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from checklists.planner import PlannedDocument, PlannedProcedure

from .lines import PROCEDURE, STEP, anchor
from .phrases import distance, long_date, series
from .planview import PlanView

FIRM = ("required", "recommended")


def next_task(view: PlanView) -> PlannedProcedure | None:
    """The task to do now: what is ready, one's own before the employer's, required before recommended.

    Then by its latest day, and in plan order.
    """

    def urgency(task: PlannedProcedure) -> tuple[bool, bool, datetime.date, bool, int]:
        latest = task.latest or datetime.date.max
        return (
            task.procedure.by_employer, task.status != "required", latest, not task.critical, view.numbers[task.key]
        )  # fmt: skip

    return min((p for p in view.plan.procedures if p.ready and p.status in FIRM), key=urgency, default=None)


def next_step(view: PlanView, task: PlannedProcedure | None) -> dict[str, Any]:
    """What ``components/next_step.html`` takes: the next task, or the papers while all tasks wait, or the end."""
    if task is not None:
        return _task(view, task)
    waiting = [(p.earliest, p) for p in view.plan.procedures if p.earliest and p.status in FIRM]
    if waiting:
        return _papers(view, *min(waiting, key=lambda found: found[0]))
    if view.plan.unknown:
        return _questions(view)
    return {"title": _("Everything is done"), "why": _("Nothing is left to do on your list."), "finished": True}


def _questions(view: PlanView) -> dict[str, Any]:
    """What is certain is done, or nothing is certain yet: only an answer leads on."""
    certain = any(planned.status in FIRM for planned in view.plan.procedures)
    return {
        "title": _("Answer the open questions"),
        "why": _("What is certain is done. An answer or two shows what else applies to you.")
        if certain
        else _("Nothing is certain yet. An answer or two shows what applies to you."),
        "url": view.access.url("next-question") if view.access.may_change else "",
        "action": _("Go to the questions"),
    }


def _task(view: PlanView, task: PlannedProcedure) -> dict[str, Any]:
    procedure = task.procedure
    missing = papers_before(view, task)
    return {
        "title": procedure.name,
        "local_name": procedure.local_name,
        "lang": view.language_of(procedure),
        "why": procedure.reason,
        "when": _when(view, task),
        "office": view.compiled.authorities[procedure.authority].name,
        "step": _first_step(view, task),
        "bring": _one_phrase([paper.document.name for paper in missing], 4),
        "unlocks": _one_phrase(_unlocks(view, task), 3),
        "url": f"#{anchor(PROCEDURE, task.key)}",
        "action": _("Open the steps"),
    }


def _when(view: PlanView, task: PlannedProcedure) -> str:
    if task.latest is None:
        return ""
    if task.latest < view.today:
        return _("It was due by %(day)s. Do it as soon as you can.") % {"day": long_date(task.latest)}
    return _("Start by %(day)s, %(left)s") % {
        "day": long_date(task.latest),
        "left": distance(task.latest, view.today),
    }


def _first_step(view: PlanView, task: PlannedProcedure) -> str:
    left = [step.text for step in task.steps if not view.lines.is_ticked(STEP, f"{task.key}/{step.key}")]
    return left[0] if left else ""


def papers_before(view: PlanView, task: PlannedProcedure) -> list[PlannedDocument]:
    """The documents that this task certainly needs, that are not in hand and that nobody else on the list gives.

    None where documents are not shared.
    """
    if not view.access.shows_documents:
        return []
    return [
        paper
        for paper in view.plan.documents
        if not paper.in_hand and not paper.obtained_from
        if any(
            use.procedure == task.key and use.recommended and use.status in ("required", "one_of") for use in paper.uses
        )
    ]


def _unlocks(view: PlanView, task: PlannedProcedure) -> list[str]:
    return [p.procedure.name for p in view.plan.procedures if task.key in p.depends_on and p.status != "provisional"]


def _papers(view: PlanView, start: datetime.date, first: PlannedProcedure) -> dict[str, Any]:
    """While every task has to wait, there is time to collect what they ask for."""
    missing = papers_before(view, first)
    return {
        "title": _("Collect your documents"),
        "why": _("No task can start before %(day)s. Until then, get together what it asks for.")
        % {"day": long_date(start)},
        "when": _("First task: %(task)s, %(left)s")
        % {"task": first.procedure.name, "left": distance(start, view.today)},
        "bring": _one_phrase([paper.document.name for paper in missing], 5),
        "url": "#documents" if view.access.shows_documents else "",
        "action": _("See the documents"),
    }


def _one_phrase(names: list[str], most: int) -> list[str]:
    return [series(names, most)] if names else []
