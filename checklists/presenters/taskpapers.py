"""The papers of one task, in the order in which the office asks for them."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from checklists.planner import Paper, PlannedTask
from checklists.planner.documents import Use

from .lines import DOCUMENT, anchor
from .papers import form_of, head, instead_of, window_of
from .phrases import either, sentence, together
from .planview import PlanView

MAYBE = ("provisional", "conditional")
# What nobody has to be asked for.
OWN = ("yourself", "bank_or_fee")


def bring_of(view: PlanView, task: PlannedTask) -> list[dict[str, Any]]:
    """Rows of what to bring, what only some offices ask for last. Of documents not shared, only names are told."""
    requirements = [requirement.key for requirement in task.way.procedure.requirements]

    def rank(pair: tuple[Paper, list[Use]]) -> tuple[bool, bool, int]:
        uses = pair[1]
        rare = all(use.need.requirement.discretion for use in uses)
        return rare, _is_unsure(uses), min(requirements.index(use.need.requirement.key) for use in uses)

    return [_row(view, task, paper, uses) for paper, uses in sorted(_asked(view, task), key=rank)]


def have_ready(view: PlanView, task: PlannedTask) -> list[dict[str, Any]]:
    """What is only to be known: {id, name, given_by, instead}; what does as well stands at the first task."""
    shown = view.access.shows_documents
    return [
        {
            "id": anchor(DOCUMENT, paper.key),
            "name": paper.document.name,
            "given_by": view.link(paper.obtained_from)
            if paper.obtained_from and not (paper.in_hand and shown)
            else None,
            "instead": instead_of(view, paper) if shown and paper.tasks[0] == task.key else None,
        }
        for paper in view.plan.papers
        if paper.kind == "information" and task.key in paper.tasks
    ]


def _asked(view: PlanView, task: PlannedTask) -> Iterator[tuple[Paper, list[Use]]]:
    """Each paper with the wishes of the task: what has a row on the list, or of an offer what it would ask for."""
    if task.is_firm:
        papers = view.papers
    else:
        papers = [
            Paper(planned, (planned.key,), (task.key,), view.row_of[maker].key if maker else None)
            for planned in view.plan.documents
            if planned.document.form != "information"
            for maker in [planned.obtained_from]
        ]
    for paper in papers:
        uses = [use for use in paper.planned.uses if use.procedure == task.way.key and use.recommended]
        if uses:
            yield paper, uses


def _is_unsure(uses: list[Use]) -> bool:
    return all(use.status in MAYBE for use in uses)


def _row(view: PlanView, task: PlannedTask, paper: Paper, uses: list[Use]) -> dict[str, Any]:
    row = head(view, paper.document, in_hand=paper.in_hand)
    if not view.access.shows_documents:
        row = {**row, "done": False, "tick": {}}
    elif any(paper.key == line.key for line in view.papers):
        row["url"] = view.paper_url(paper.key)
    else:
        row["tick"] = {"done": row["done"]}
    row |= {"form": form_of(view, paper), "unsure": _is_unsure(uses)}
    if row["done"]:
        return row
    given_by = view.link(paper.obtained_from) if paper.obtained_from else None
    return row | {"given_by": given_by, "why": _why(view, task, paper, uses)}


def _why(view: PlanView, task: PlannedTask, paper: Paper, uses: list[Use]) -> str:
    """In which cases, from whom, how fresh, and what does as well."""
    document = paper.document
    cases = dict.fromkeys(use.need.requirement.discretion for use in uses if use.need.requirement.discretion)
    if not cases and _is_unsure(uses) and task.status != "provisional":
        cases = {_("Depends on an answer"): None}
    asked = not paper.obtained_from and document.origin not in OWN
    who = _("From: %(issuer)s") % {"issuer": document.issuer} if asked else ""
    return sentence(*cases, who, window_of(view, paper), _instead(view, paper, uses))


def _instead(view: PlanView, paper: Paper, uses: list[Use]) -> str:
    """What does as well, in a phrase; empty where nothing does."""
    others: dict[str, None] = {}
    for use in uses:
        for other, _certain in use.need.options:
            if other is not use.alternative and paper.key not in other.documents:
                others[together([view.compiled.documents[key].name for key in other.documents])] = None
    return _("Or instead: %(names)s") % {"names": either(list(others), 3)} if others else ""
