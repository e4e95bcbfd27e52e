"""Everything on the page of a checklist, in the order in which it is read."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.planner import PlannedProcedure

from .bars import timeline_of
from .days import all_days
from .guides import guides_of
from .leftovers import leftovers
from .nextstep import FIRM, next_step, next_task
from .papers import document_groups
from .phrases import long_date
from .planview import PlanView
from .tasks import notice_text, tasks_of


def overview(view: PlanView) -> dict[str, Any]:
    """What ``checklists/body.html`` takes. Without a destination there is nothing to show but the next step."""
    task = next_task(view)
    if view.country is None:
        return {"next": next_step(view, task), "access": view.access, "leftovers": leftovers(view)}
    page = {
        "next": next_step(view, task),
        "problems": _problems(view),
        "open_questions": _open_questions(view),
        "progress": _progress(view),
        "timeline": timeline_of(view),
        "groups": document_groups(view) if view.access.shows_documents else [],
        "tasks": tasks_of(view, task.key if task else None),
        "days": all_days(view),
        "leftovers": leftovers(view),
        "guides": guides_of(view),
    }
    # The lines above have cited their facts by now.
    return {**page, "notes": view.evidence.notes, "access": view.access}


def _problems(view: PlanView) -> list[dict[str, str]]:
    """What cannot work as it stands: too little time, or tasks that wait for each other."""
    return [
        {"kind": "error", "title": planned.procedure.name, "text": notice_text(view, notice)}
        for planned in view.plan.procedures
        for notice in planned.notices
        if planned.status in (*FIRM, "provisional")
    ]


def _open_questions(view: PlanView) -> str:
    """How many answers could still change the list, in one sentence; empty when none could."""
    count = len(view.plan.unknown)
    if not count:
        return ""
    return ngettext(
        "%(count)d open question could still change your list. Lines with a dashed frame depend on it.",
        "%(count)d open questions could still change your list. Lines with a dashed frame depend on them.",
        count,
    ) % {"count": count}


def _progress(view: PlanView) -> dict[str, Any]:
    tasks = [planned for planned in view.plan.procedures if planned.status in FIRM]
    papers = [
        paper
        for paper in view.plan.documents
        if view.access.shows_documents
        if paper.status == "required" or (paper.status == "one_of" and any(use.recommended for use in paper.uses))
    ]
    return {
        "tasks": {
            "done": sum(planned.done for planned in tasks),
            "total": len(tasks),
            "label": _("tasks finished"),
        },
        "papers": {
            "done": sum(paper.in_hand for paper in papers),
            "total": len(papers),
            "label": _("documents in hand"),
        },
        "ready_by": _ready_by(view, tasks),
    }


def _ready_by(view: PlanView, tasks: list[PlannedProcedure]) -> str:
    if view.plan.ready_by is not None:
        return _("Everything required can be done by %(day)s at the earliest.") % {"day": long_date(view.plan.ready_by)}
    return _("Everything required is done.") if any(task.status == "required" for task in tasks) else ""
