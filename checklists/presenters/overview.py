"""Everything on the page of a checklist, in the order in which it is read."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from checklists.planner.plan import ReadyBy

from .alerts import alerts_of
from .bars import timeline_of
from .days import all_days
from .guides import guides_of
from .leftovers import leftovers
from .nextstep import FIRM, next_step, next_task
from .papers import document_groups
from .phrases import long_date, series
from .planview import PlanView
from .recurring import recurring_of
from .tasks import task_groups

WHY_NOT = {
    "not_covered": gettext_lazy("Nobody can say yet when everything will be done. Read the box at the top first."),
    "late": gettext_lazy("No day can be told: something is late, and what the office answers decides the rest."),
    "loop": gettext_lazy("No day can be told: some tasks wait for each other. Ask the offices."),
    "open_question": gettext_lazy("No day can be told yet: open questions can still add tasks."),
    "unknown_length": gettext_lazy("Offices decide how long it takes, and nobody tells the usual time: %(tasks)s."),
}


def overview(view: PlanView) -> dict[str, Any]:
    """What ``checklists/body.html`` takes. Without a destination there is nothing to show but the next step."""
    task = next_task(view)
    # The alerts stand first, and cite first.
    page: dict[str, Any] = {"alerts": alerts_of(view), "next": next_step(view, task)}
    if view.country is not None:
        page |= {
            "open_questions": _open_questions(view),
            "progress": _progress(view),
            "timeline": timeline_of(view),
            "groups": document_groups(view) if view.access.shows_documents else [],
            "tasks": task_groups(view, task.key if task else None),
            "duties": recurring_of(view),
            "days": all_days(view),
            "guides": guides_of(view),
        }
    # The lines above have cited their facts by now.
    return {**page, "leftovers": leftovers(view), "notes": view.evidence.notes, "access": view.access}


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
    tasks = [task for task in view.plan.tasks if task.status in FIRM and not task.ongoing]
    papers = [p for p in view.papers if view.access.shows_documents and p.status in ("required", "one_of")]
    return {
        "tasks": {
            "done": sum(task.done for task in tasks),
            "total": len(tasks),
            "label": _("tasks finished"),
        },
        "papers": {
            "done": sum(paper.in_hand for paper in papers),
            "total": len(papers),
            "label": _("documents in hand"),
        },
        "ready_by": _ready_by(view, view.plan.ready_by),
    }


def _ready_by(view: PlanView, ready: ReadyBy) -> str:
    """When everything required can be done, or why nobody can tell."""
    if view.plan.is_finished:
        required = any(task.status == "required" for task in view.plan.tasks)
        return _("Everything required is done.") if required else ""
    if ready.why_not:
        return str(WHY_NOT[ready.why_not]) % {"tasks": series([view.tasks[key].name for key in ready.tasks], 3)}
    if ready.date is None or ready.date <= view.today:
        return ""
    return _("Everything required can be done by %(day)s.") % {"day": long_date(ready.date)}
