"""The papers of a plan as rows: each once, grouped by whom to turn to, with what does as well."""

from typing import Any

from django.utils.translation import gettext as _

from checklists.planner import Paper
from checklists.planner.documents import Use
from checklists.planner.holding import HOLDINGS
from guides.catalogue.schema import Alternative, Document

from .evidence import Numbers
from .lines import DOCUMENT, anchor
from .phrases import long_date, sentence, series
from .planview import PlanView

# What takes longest to get comes first. "on_the_way" and "sometimes" are no origins: the first holds what a
# task of the plan gives, the second what only some offices ask for.
ORIGINS = (
    "home_country",
    "consulate",
    "employer",
    "school",
    "insurer",
    "landlord",
    "professional",
    "town_hall",
    "authority",
    "bank_or_fee",
    "yourself",
    "on_the_way",
    "sometimes",
)


def document_groups(view: PlanView) -> list[dict[str, Any]]:
    """Groups as {title, note, rows, folded}, each row as ``components/document_row.html`` takes it."""
    grouped: dict[str, list[dict[str, Any]]] = {origin: [] for origin in ORIGINS}
    for paper in view.papers:
        grouped[_group(paper)].append(document_row(view, paper))
    titles, notes = _titles(view), _notes()
    return [
        {"title": titles[origin], "note": notes.get(origin, ""), "rows": rows, "folded": origin == "sometimes"}
        for origin, rows in grouped.items()
        if rows
    ]


def _titles(view: PlanView) -> dict[str, str]:
    place = view.country.name if view.country else _("the country you move to")
    return {
        "home_country": _("From the country you come from"),
        "consulate": _("From the consulate"),
        "employer": _("From your employer"),
        "school": _("From your school or university"),
        "insurer": _("From an insurer"),
        "landlord": _("About your home"),
        "professional": _("From a translator, a notary or another professional"),
        "town_hall": _("From the town hall"),
        "authority": _("From offices in %(place)s") % {"place": place},
        "bank_or_fee": _("To pay, or from a bank"),
        "yourself": _("You fill in or bring these yourself"),
        "on_the_way": _("You get these on the way"),
        "sometimes": _("Only asked for in some cases"),
    }


def _notes() -> dict[str, str]:
    return {"on_the_way": _("A task on your list gives them to you. Later tasks ask for them.")}


def _group(paper: Paper) -> str:
    if paper.status == "conditional":
        return "sometimes"
    return "on_the_way" if paper.obtained_from else paper.document.origin


def document_row(view: PlanView, paper: Paper) -> dict[str, Any]:
    document, planned = paper.document, paper.planned
    row = {
        **_head(view, document, in_hand=paper.in_hand),
        "tags": _tags(paper),
        "window": window_of(view, paper),
        "given_by": view.link(paper.obtained_from) if paper.obtained_from and not paper.in_hand else None,
        "covers": series([view.compiled.documents[key].name for key in paper.covers if key != paper.key], 4),
        "from": {"text": document.issuer},
        "how": "" if paper.in_hand else document.how,
        "page": document.url,
        "for": [view.link(key) for key in paper.tasks],
        "provisional": paper.status == "provisional",
        "question": _question(view, paper),
        "sometimes": _sometimes(paper),
        "instead": instead_of(view, paper),
        "note": view.lines.note(DOCUMENT, paper.key),
        "why": _why(view, paper),
    }
    if planned.conflict and not paper.in_hand:
        row["twice"] = _("No single day suits every office: you will need a fresh one again later.")
    return row


def _head(view: PlanView, document: Document, *, in_hand: bool) -> dict[str, Any]:
    """Name and tick. What is held without having been ticked has no tick of its own."""
    row = {
        "id": anchor(DOCUMENT, document.key),
        "name": document.name,
        "local_name": "" if document.local_name == document.name else document.local_name,
        "lang": view.language_of(document),
        "done": in_hand,
    }
    if in_hand and not view.lines.is_ticked(DOCUMENT, document.key):
        row |= {"tick": {"done": True}, "held": _held(view, document)}
    else:
        row["tick"] = view.lines.tick(DOCUMENT, document.key, _("I have it: %(name)s") % {"name": document.name})
    return row


def _held(view: PlanView, document: Document) -> dict[str, str]:
    """Why it counts as being in hand."""
    if view.is_answered(document.key):
        url = view.access.url("change-answer", HOLDINGS) if view.access.may_change else ""
        return {"text": _("You said that you have it."), "url": url, "action": _("Change that answer")}
    if any(document.key in task.way.procedure.outputs for task in view.plan.tasks if task.done):
        return {"text": _("A finished task gave it to you.")}
    if document.held_when and view.truths[document.held_when]:
        return {
            "text": _("Your answers say that you have it."),
            "url": view.access.url("answers"),
            "action": _("See them"),
        }
    return {"text": _("Something else that you have is good for it.")}


def _tags(paper: Paper) -> list[dict[str, str]]:
    document = paper.document
    tags: list[dict[str, str]] = [{"kind": paper.kind}] if paper.kind != "paper" else []
    tags += [{"kind": document.form}]
    for kind, need, if_foreign in (
        ("translation", document.translation, _("Sworn translation if foreign")),
        ("apostille", document.apostille, _("Apostille if foreign")),
    ):
        if need != "no":
            tags.append({"kind": kind} if need == "yes" else {"kind": kind, "text": if_foreign})
    ages = dict.fromkeys(use.alternative.max_age for use in paper.planned.uses if use.alternative.max_age)
    tags += [{"kind": "age", "text": _("Not older than %(age)s") % {"age": age}} for age in ages]
    return tags


def window_of(view: PlanView, paper: Paper) -> str:
    """When to get it so that it is fresh enough, in one sentence."""
    first, last = paper.use_between
    if first is None or last is None:
        return ""
    if paper.in_hand:
        return _("Check its date: it must not be older than from %(first)s") % {"first": long_date(first)}
    if first == last:
        return _("Get it on %(day)s") % {"day": long_date(last)}
    if first <= view.today:
        return _("Get it by %(last)s") % {"last": long_date(last)}
    return _("Get it between %(first)s and %(last)s") % {"first": long_date(first), "last": long_date(last)}


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


def _why(view: PlanView, paper: Paper) -> dict[str, Any]:
    numbers = view.evidence.numbers()
    return {"reasons": _reasons(view, paper, numbers), "doubts": numbers.doubts()}


def _reasons(view: PlanView, paper: Paper, numbers: Numbers) -> list[dict[str, Any]]:
    """Who asks for it and why, what there is to know about it, and how long it is good, each with its facts."""
    reasons: dict[str, dict[str, Any]] = {}
    for use in paper.planned.uses:
        requirement, alternative = use.need.requirement, use.alternative
        asked = _("%(task)s asks for it") % {"task": view.name(use.procedure)}
        if requirement.name.casefold() not in paper.document.name.casefold():
            asked = f"{asked}: {requirement.name}"
        text = sentence(asked, requirement.why, alternative.why, requirement.discretion)
        facts = dict.fromkeys((*requirement.facts, *alternative.facts))
        reasons.setdefault(text, {"text": text, "cites": numbers.cite(facts)})
    document = paper.document
    if document.validity:
        text = sentence(_("How long it is good: %(text)s") % {"text": document.validity})
        reasons[text] = {"text": text, "cites": numbers.cite(document.facts)}
    elif rest := numbers.not_cited(document.facts):
        text = _("More about the document:")
        reasons[text] = {"text": text, "cites": numbers.cite(rest)}
    return list(reasons.values())


def instead_of(view: PlanView, paper: Paper) -> dict[str, Any] | None:
    """What does as well as this paper: {names, groups: [{title, ways}]}; None if nothing does.

    ``names`` is empty for a paper in hand, which needs no other, and for one of several tasks: what does as well for
    one of them does not for the next.
    """
    groups = [_choice(view, paper, use) for use in view.choices.get(paper.key, ())]
    groups = [group for group in groups if len(group["ways"]) > 1]
    if not groups:
        return None
    others = dict.fromkeys(way["text"] for group in groups for way in group["ways"] if not way["recommended"])
    return {"names": series(list(others), 3) if len(paper.tasks) == 1 and not paper.in_hand else "", "groups": groups}


def _choice(view: PlanView, paper: Paper, use: Use) -> dict[str, Any]:
    same = {paper.key, *paper.covers}
    alternatives = [use.alternative, *(other for other, _certain in use.need.options if other is not use.alternative)]
    ways = [
        _way(view, one, use) for one in alternatives if one is use.alternative or not same.issuperset(one.documents)
    ]
    return {"title": _("%(task)s: one of these is enough") % {"task": view.name(use.procedure)}, "ways": ways}


def _way(view: PlanView, alternative: Alternative, use: Use) -> dict[str, Any]:
    documents = [view.compiled.documents[key] for key in alternative.documents]
    return {
        "text": series([document.name for document in documents], 6),
        "recommended": alternative is use.alternative,
        "why": alternative.why,
        "rows": [
            _head(view, document, in_hand=view.documents[document.key].in_hand)
            for document in documents
            if view.only_alternatives.get(document.key) is alternative
        ],
    }
