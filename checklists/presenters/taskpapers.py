"""The papers of one task, in the order in which the office asks for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from checklists.planner import Paper, PlannedTask
from checklists.planner.documents import Use
from guides.catalogue.schema import Document

from .lines import DOCUMENT, anchor
from .phrases import long_date, sentence, series
from .planview import PlanView

MAYBE = ("provisional", "conditional")
# What nobody has to be asked for.
OWN = ("yourself", "bank_or_fee")


@dataclass(frozen=True, slots=True)
class Asked:
    """A document and the wishes of one task for it. ``giver``: the task that gives it; ``paper``: its row there."""

    document: Document
    in_hand: bool
    giver: str | None
    uses: list[Use]
    paper: Paper | None

    @property
    def maybe(self) -> bool:
        return all(use.status in MAYBE for use in self.uses)


def bring_of(view: PlanView, task: PlannedTask) -> list[dict[str, Any]]:
    """Rows of what to bring, what only some offices ask for last. Of documents not shared, only names are told."""
    requirements = [requirement.key for requirement in task.way.procedure.requirements]
    asked = sorted(
        _asked(view, task),
        key=lambda one: (one.maybe, min(requirements.index(use.need.requirement.key) for use in one.uses)),
    )
    return [_row(view, one) for one in asked]


def have_ready(view: PlanView, task: PlannedTask) -> list[dict[str, Any]]:
    """What is only to be known: {name, given_by: {text, url}, instead}."""
    return [
        {
            "name": paper.document.name,
            "given_by": view.link(paper.obtained_from) if paper.obtained_from and not paper.in_hand else None,
            "instead": _instead(view, paper.document, _uses(task, paper.planned.uses)),
        }
        for paper in view.plan.papers
        if paper.kind == "information" and task.key in paper.tasks
    ]


def _uses(task: PlannedTask, uses: list[Use]) -> list[Use]:
    return [use for use in uses if use.procedure == task.way.key and use.recommended]


def _asked(view: PlanView, task: PlannedTask) -> Iterator[Asked]:
    """Of a task on the list what has a row there; of an offer what it would ask for."""
    if task.is_firm:
        for paper in view.papers:
            if uses := _uses(task, paper.planned.uses):
                yield Asked(paper.document, paper.in_hand, paper.obtained_from, uses, paper)
        return
    lines = {paper.key: paper for paper in view.papers}
    for planned in view.plan.documents:
        uses = _uses(task, planned.uses) if planned.document.form != "information" else []
        if uses:
            giver = view.row_of[planned.obtained_from].key if planned.obtained_from else None
            yield Asked(planned.document, planned.in_hand, giver, uses, lines.get(planned.key))


def _row(view: PlanView, asked: Asked) -> dict[str, Any]:
    document, shown = asked.document, view.access.shows_documents
    row: dict[str, Any] = {
        "id": anchor(DOCUMENT, document.key),
        "name": document.name,
        "local_name": "" if document.local_name == document.name else document.local_name,
        "lang": view.language_of(document),
        "form": document.form if document.kind == "paper" else document.kind,
        "extra": _extra(document),
        "state": "maybe" if asked.maybe else "",
    }
    if not shown:
        return row
    if asked.paper:
        row["url"] = f"{view.access.url()}papers/{document.key}/"
    if asked.in_hand and not view.lines.is_ticked(DOCUMENT, document.key):
        return row | {"state": "done", "tick": {"done": True}}
    if asked.paper:
        row["tick"] = view.lines.tick(DOCUMENT, document.key, _("I have it: %(name)s") % {"name": document.name})
    if asked.in_hand:
        return row | {"state": "done"}
    given_by = view.link(asked.giver) if asked.giver else None
    return row | {"given_by": given_by, "why": _why(view, asked, is_given=given_by is not None)}


def _extra(document: Document) -> list[str]:
    """What takes weeks: it stands out."""
    found = []
    for need, always, if_foreign in (
        (document.apostille, _("apostille"), _("apostille if foreign")),
        (document.translation, _("sworn translation"), _("sworn translation if foreign")),
    ):
        if need != "no":
            found.append(always if need == "yes" else if_foreign)
    return found


def _why(view: PlanView, asked: Asked, *, is_given: bool) -> str:
    """In which cases, from whom, how fresh, and what does as well."""
    document = asked.document
    cases = dict.fromkeys(use.need.requirement.discretion for use in asked.uses if use.need.requirement.discretion)
    if not cases and asked.maybe:
        cases = {_("Depends on an answer"): None}
    who = "" if is_given or document.origin in OWN else _("From: %(issuer)s") % {"issuer": document.issuer}
    ages = dict.fromkeys(use.alternative.max_age for use in asked.uses if use.alternative.max_age)
    fresh = [_("Not older than %(age)s") % {"age": age} for age in ages]
    last = asked.paper.use_between[1] if asked.paper else None
    by = _("Get it by %(last)s") % {"last": long_date(last)} if last and last >= view.today else ""
    return sentence(*cases, who, *fresh, by, _instead(view, document, asked.uses))


def _instead(view: PlanView, document: Document, uses: list[Use]) -> str:
    """What does as well, in a phrase; empty where nothing does."""
    others: dict[str, None] = {}
    for use in uses:
        for other, _certain in use.need.options:
            if other is not use.alternative and document.key not in other.documents:
                others[series([view.compiled.documents[key].name for key in other.documents], 6)] = None
    return _("Or instead: %(names)s") % {"names": series(list(others), 3)} if others else ""
