"""The documents of a plan as rows: each once, grouped by where it comes from, with what does as well."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from checklists.planner import PlannedDocument
from checklists.planner.documents import Use
from checklists.planner.holding import HOLDINGS
from guides.catalogue.schema import Alternative

from .evidence import Numbers
from .lines import DOCUMENT, anchor
from .phrases import long_date, sentence, series
from .planview import PlanView

# The documents of the plan by their keys.
Papers = Mapping[str, PlannedDocument]
# What takes longest to get comes first. "on_the_way" and "sometimes" are no origins: the first holds what a
# procedure of the plan gives, the second what only some offices ask for.
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
    papers = {paper.key: paper for paper in view.plan.documents}
    nested = {key: leader for key, paper in papers.items() if (leader := _leader(paper, papers))}
    grouped: dict[str, list[dict[str, Any]]] = {origin: [] for origin in ORIGINS}
    for key, paper in papers.items():
        if key not in nested:
            grouped[_group(paper)].append(document_row(view, paper, papers, nested))
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
        "bank_or_fee": _("From a bank"),
        "yourself": _("You fill in or bring these yourself"),
        "on_the_way": _("You get these on the way"),
        "sometimes": _("Only asked for in some cases"),
    }


def _notes() -> dict[str, str]:
    return {"on_the_way": _("A task on your list gives them to you. Later tasks ask for them.")}


def _group(paper: PlannedDocument) -> str:
    if paper.status == "conditional":
        return "sometimes"
    return "on_the_way" if paper.obtained_from else paper.document.origin


def _leader(paper: PlannedDocument, papers: Papers) -> str | None:
    """The document below which this one is told, because it only stands in for it; None if it has its own row."""
    if any(use.recommended for use in paper.uses):
        return None
    for use in sorted(paper.uses, key=lambda use: use.status == "conditional"):
        if use.group and (leader := _first_of_group(use, papers)) not in (None, paper.key):
            return leader
    return None


def _first_of_group(use: Use, papers: Papers) -> str | None:
    """The first document of the recommended alternative of the group that ``use`` belongs to."""
    for alternative, _certain in use.need.options:
        for key in alternative.documents:
            if any(other.group == use.group and other.recommended for other in papers[key].uses):
                return key
    return None


def document_row(view: PlanView, paper: PlannedDocument, papers: Papers, nested: Mapping[str, str]) -> dict[str, Any]:
    document = paper.document
    row = {
        **_head(view, paper),
        "tags": _tags(paper),
        "window": window_of(view, paper),
        "given_by": view.link(paper.obtained_from) if paper.obtained_from and not paper.in_hand else None,
        "from": {"text": document.issuer},
        "how": "" if paper.in_hand else document.how,
        "page": document.url,
        "for": [series(view.names(paper.procedures), 3)],
        "provisional": paper.status == "provisional",
        "question": _question(view, paper),
        "sometimes": _sometimes(paper),
        "instead": _instead(view, paper, papers, nested),
        "note": view.lines.note(DOCUMENT, paper.key),
        "why": _why(view, paper),
    }
    if paper.conflict and not paper.in_hand:
        row["twice"] = _("No single day suits every office: you will need a fresh one again later.")
    return row


def _head(view: PlanView, paper: PlannedDocument) -> dict[str, Any]:
    """Name and tick. A document that the answers or a finished task give has no tick of its own."""
    document, ticked = paper.document, view.lines.is_ticked(DOCUMENT, paper.key)
    row = {
        "id": anchor(DOCUMENT, paper.key),
        "name": document.name,
        "local_name": "" if document.local_name == document.name else document.local_name,
        "lang": view.language_of(document),
        "done": paper.in_hand,
    }
    if paper.in_hand and not ticked:
        row["tick"] = {"done": True}
        if view.is_answered(paper.key):
            url = view.access.url("change-answer", HOLDINGS)
            row["held"] = {
                "text": _("You said that you have it."),
                "url": url if view.access.may_change else "",
                "action": _("Change that answer"),
            }
        else:
            row["held"] = {"text": _("A finished task gave it to you.")}
    else:
        row["tick"] = view.lines.tick(DOCUMENT, paper.key, _("I have it: %(name)s") % {"name": document.name})
    return row


def _tags(paper: PlannedDocument) -> list[dict[str, str]]:
    document = paper.document
    tags: list[dict[str, str]] = [{"kind": document.form}]
    for kind, need, if_foreign in (
        ("translation", document.translation, _("Sworn translation if foreign")),
        ("apostille", document.apostille, _("Apostille if foreign")),
    ):
        if need != "no":
            tags.append({"kind": kind} if need == "yes" else {"kind": kind, "text": if_foreign})
    ages = dict.fromkeys(use.alternative.max_age for use in paper.uses if use.alternative.max_age)
    tags += [{"kind": "age", "text": _("Not older than %(age)s") % {"age": age}} for age in ages]
    return tags


def window_of(view: PlanView, paper: PlannedDocument) -> str:
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


def _question(view: PlanView, paper: PlannedDocument) -> dict[str, str] | None:
    """The question that settles whether a provisional document is needed."""
    if paper.status != "provisional":
        return None
    keys: set[str] = set()
    for use in paper.uses:
        if use.status == "provisional":
            keys |= set(view.procedures[use.procedure].settles)
            keys |= view.truths.open_keys(use.need.requirement.when) | view.truths.open_keys(use.alternative.when)
    return view.question(sorted(keys))


def _sometimes(paper: PlannedDocument) -> list[str]:
    """In which cases an office asks for it, where it depends on the office."""
    if paper.status != "conditional":
        return []
    return list(dict.fromkeys(use.need.requirement.discretion for use in paper.uses if use.need.requirement.discretion))


def _why(view: PlanView, paper: PlannedDocument) -> dict[str, Any]:
    numbers = view.evidence.numbers()
    return {"reasons": _reasons(view, paper, numbers), "doubts": numbers.doubts()}


def _reasons(view: PlanView, paper: PlannedDocument, numbers: Numbers) -> list[dict[str, Any]]:
    """Who asks for it and why, what there is to know about it, and how long it is good, each with its facts."""
    reasons: dict[str, dict[str, Any]] = {}
    for use in paper.uses:
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


def _instead(
    view: PlanView, paper: PlannedDocument, papers: Papers, nested: Mapping[str, str]
) -> dict[str, Any] | None:
    """What does as well as this document: {names, groups: [{title, ways}]}; None if nothing does.

    ``names`` is empty for a document in hand, which needs no other.
    """
    groups: dict[str, dict[str, Any]] = {}
    placed: set[str] = set()
    for use in paper.uses:
        if use.group and use.recommended and _first_of_group(use, papers) == paper.key and use.group not in groups:
            title = _("%(task)s: one of these is enough") % {"task": view.name(use.procedure)}
            ways = [_way(view, alternative, use) for alternative in _alternatives(use)]
            for way, alternative in zip(ways, _alternatives(use), strict=True):
                here = [key for key in alternative.documents if nested.get(key) == paper.key and key not in placed]
                placed |= set(here)
                way["rows"] = [_head(view, papers[key]) for key in here]
            groups[use.group] = {"title": title, "ways": ways}
    if not groups:
        return None
    others = dict.fromkeys(way["text"] for group in groups.values() for way in group["ways"] if not way["recommended"])
    names = "" if paper.in_hand else series(list(others), 3)
    return {"names": names, "groups": list(groups.values())}


def _alternatives(use: Use) -> list[Alternative]:
    """The alternatives of a group, the recommended one first."""
    return [use.alternative, *(other for other, _certain in use.need.options if other is not use.alternative)]


def _way(view: PlanView, alternative: Alternative, use: Use) -> dict[str, Any]:
    return {
        "text": series([view.compiled.documents[key].name for key in alternative.documents], 6),
        "recommended": alternative is use.alternative,
        "why": alternative.why,
    }
