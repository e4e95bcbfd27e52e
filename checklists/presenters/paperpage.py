"""The page of one paper: from whom, when, for what, what does as well, and why."""

from typing import Any

from django.utils.translation import gettext as _

from checklists.planner import Paper
from guides.catalogue.schema import Document

from .evidence import Numbers
from .lines import DOCUMENT
from .papers import ages_of, form_of, head, instead_of, window_of
from .phrases import sentence, series
from .planview import PlanView


def paper_page(view: PlanView, paper: Paper) -> dict[str, Any]:
    """What ``checklists/paper.html`` takes."""
    document, numbers = paper.document, view.evidence.numbers()
    window = window_of(view, paper)
    twice = _("No single day suits every office: you will need a fresh one again later.")
    return {
        "doc": head(view, document, in_hand=paper.in_hand),
        "window": sentence(window, twice if paper.planned.conflict and not paper.in_hand else ""),
        "ages": series(ages_of(paper)),
        "form": form_of(view, paper),
        "issuer": document.issuer,
        "how": "" if paper.in_hand else document.how,
        "official": document.url,
        "given_by": view.link(paper.obtained_from) if paper.obtained_from and not paper.in_hand else None,
        "tasks": [view.link(key) for key in paper.tasks],
        "covers": series([view.compiled.documents[key].name for key in paper.covers if key != paper.key], 4),
        "question": _question(view, paper),
        "sometimes": _sometimes(paper),
        "instead": instead_of(view, paper),
        "own": view.lines.note(DOCUMENT, paper.key),
        "reasons": _reasons(view, paper, numbers),
        "about": _about(document, numbers),
        "doubts": numbers.doubts(),
        "notes": view.evidence.notes,
    }


def _question(view: PlanView, paper: Paper) -> dict[str, str] | None:
    """The question that settles whether a provisional document is needed."""
    if paper.status != "provisional":
        return None
    keys: set[str] = set()
    for use in paper.planned.uses:
        if use.status == "provisional":
            keys |= set(view.procedures[use.procedure].settles)
            keys |= view.truths.open_keys(use.need.requirement.when) | view.truths.open_keys(use.alternative.when)
    return view.question(sorted(keys))


def _sometimes(paper: Paper) -> list[str]:
    """In which cases an office asks for it, where it depends on the office."""
    if paper.status != "conditional":
        return []
    return list(
        dict.fromkeys(use.need.requirement.discretion for use in paper.planned.uses if use.need.requirement.discretion)
    )


def _reasons(view: PlanView, paper: Paper, numbers: Numbers) -> list[dict[str, Any]]:
    """Who asks for it and why, each with its facts."""
    reasons: dict[str, dict[str, Any]] = {}
    for use in paper.planned.uses:
        requirement, alternative = use.need.requirement, use.alternative
        asked = _("%(task)s asks for it") % {"task": view.name(use.procedure)}
        if requirement.name.casefold() not in paper.document.name.casefold():
            asked = f"{asked}: {requirement.name}"
        text = sentence(asked, requirement.why, alternative.why, requirement.discretion)
        facts = dict.fromkeys((*requirement.facts, *alternative.facts))
        reasons.setdefault(text, {"text": text, "cites": numbers.cite(facts)})
    return list(reasons.values())


def _about(document: Document, numbers: Numbers) -> dict[str, Any] | None:
    """How long it is good, or else what no reason cites."""
    if document.validity:
        text = sentence(_("How long it is good: %(text)s") % {"text": document.validity})
        return {"text": text, "cites": numbers.cite(document.facts)}
    if rest := numbers.not_cited(document.facts):
        return {"text": _("More about the document:"), "cites": numbers.cite(rest)}
    return None
