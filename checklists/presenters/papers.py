"""The papers of a plan as rows: each once, under where it comes from, with what there is to know at a glance."""

import datetime
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from checklists.planner import Paper, PlannedTask
from checklists.planner.documents import Use
from checklists.planner.holding import HOLDINGS
from guides.catalogue.schema import Alternative, Document

from .appointments import coming_appointment
from .lines import DOCUMENT, anchor
from .phrases import either, leaf_date, long_date, series, together
from .planview import PlanView

FORMS = {
    "original": gettext_lazy("Original"),
    "copy": gettext_lazy("Copy"),
    "original_and_copy": gettext_lazy("Original and copy"),
    "digital": gettext_lazy("Digital file"),
    "information": gettext_lazy("Only to know"),
}
MOST_OPEN = 16
KINDS = {"photo": gettext_lazy("Photo"), "payment": gettext_lazy("Payment")}
# Who gives what no office has to issue.
ORIGINS = {
    "home_country": gettext_lazy("from the country you come from"),
    "consulate": gettext_lazy("from the consulate"),
    "employer": gettext_lazy("from your employer"),
    "school": gettext_lazy("from your school or university"),
    "insurer": gettext_lazy("from an insurer"),
    "landlord": gettext_lazy("about your home"),
    "professional": gettext_lazy("from a translator, a notary or another professional"),
    "town_hall": gettext_lazy("from the town hall"),
    "bank_or_fee": gettext_lazy("to pay, or from a bank"),
}


def paper_groups(view: PlanView) -> dict[str, Any]:
    """Rows of papers: {groups: [{title, rows}], folds: [{title, rows}]}.

    Folded is what only some offices ask for, and what an open answer decides; on a long list also what tasks give,
    since nobody has to look for it.
    """
    groups: dict[str, list[Paper]] = {"ask": [], "fill": [], "given": [], "unsure": []}
    for paper in view.papers:
        groups[_group(paper)].append(paper)
    titles = {
        "ask": _("Bring or ask for"),
        "fill": _("Fill in"),
        "given": _("Comes from a task"),
        "unsure": _("Not sure yet, or only in some cases"),
    }
    is_long = len(view.papers) - len(groups["unsure"]) > MOST_OPEN
    folded = ("given", "unsure") if is_long else ("unsure",)
    found = {
        key: {"title": title, "rows": [_row(view, paper) for paper in groups[key]]} for key, title in titles.items()
    }
    return {
        "groups": [group for key, group in found.items() if group["rows"] and key not in folded],
        "folds": [group for key, group in found.items() if group["rows"] and key in folded],
    }


def _group(paper: Paper) -> str:
    if paper.status in ("conditional", "provisional"):
        return "unsure"
    if paper.obtained_from:
        return "given"
    return "fill" if paper.kind == "form" else "ask"


def _row(view: PlanView, paper: Paper) -> dict[str, Any]:
    item = view.lines.item(DOCUMENT, paper.key)
    why, is_needed = why_in_short(view, paper)
    return {
        **head(view, paper.document, in_hand=paper.in_hand),
        "url": view.paper_url(paper.key),
        "provisional": paper.status == "provisional",
        "why": why,
        "quiet": not is_needed,
        "form": form_of(view, paper),
        "date": item.date if item else None,
        "note": item.note if item else "",
    }


def head(view: PlanView, document: Document, *, in_hand: bool) -> dict[str, Any]:
    """Name and tick. What is held without having been ticked has no tick of its own."""
    is_held = in_hand and not view.lines.is_ticked(DOCUMENT, document.key)
    local_name, language = view.local_name_of(document)
    label = _("I have it: %(name)s") % {"name": document.name}
    return {
        "id": anchor(DOCUMENT, document.key),
        "name": document.name,
        "local_name": local_name,
        "lang": language,
        "done": in_hand,
        "tick": {"done": True, "label": label} if is_held else view.lines.tick(DOCUMENT, document.key, label),
        "held": held(view, document) if is_held else None,
    }


def held(view: PlanView, document: Document) -> dict[str, str]:
    """Why it counts as being in hand without a tick."""
    if view.is_answered(document.key):
        url = view.access.url("change-answer", HOLDINGS) if view.access.may_change else ""
        return {"text": _("You said that you have it."), "url": url, "action": _("Change that answer")}
    if any(document.key in task.way.procedure.outputs for task in view.plan.tasks if task.done):
        return {"text": _("A finished task gave it to you.")}
    if document.held_when and view.truths[document.held_when]:
        url = view.access.url("answers")
        return {"text": _("Your answers say that you have it."), "url": url, "action": _("See them")}
    return {"text": _("Something else that you have is good for it.")}


def form_of(view: PlanView, paper: Paper) -> SafeString:
    """In which form it is brought, in words; what costs weeks is emphasised."""
    document = paper.document
    parts = [format_html("{}", KINDS.get(paper.kind) or FORMS[document.form])]
    needs = (
        ("apostille", _("apostille"), document.apostille),
        ("translation", _("sworn translation"), document.translation),
    )
    for when, words in (("yes", "<b>{}</b>"), ("if_foreign", _("<b>{}</b> if foreign"))):
        found = [name for _key, name, need in needs if need == when]
        if found:
            parts.append(format_html(words, series(found)))
    if days_of(view, paper) is None:
        parts += [format_html(_("not older than {}"), age) for age in ages_of(paper)]
    return format_html_join(", ", "{}", ((part,) for part in parts))


def ages_of(paper: Paper) -> list[str]:
    """How old it may be where it is handed in, in words."""
    ages = dict.fromkeys(use.alternative.max_age for use in paper.planned.uses)
    return [str(age) for age in ages if age]


def why_in_short(view: PlanView, paper: Paper) -> tuple[str, bool]:
    """One short phrase about a paper, and whether it must be seen on a phone as well."""
    if paper.in_hand:
        ticked = view.lines.is_ticked(DOCUMENT, paper.key)
        return "" if ticked else held(view, paper.document)["text"].rstrip("."), False
    if paper.status == "provisional":
        return _("Depends on an answer"), True
    if paper.status == "conditional":
        return _("Only in some cases"), True
    if window := _window_in_short(view, paper):
        return window, True
    if paper.obtained_from:
        return _("from: %(task)s") % {"task": view.tasks[paper.obtained_from].name}, False
    if len(paper.tasks) == 1 and (others := other_names(view, paper)):
        count = ngettext("or %(count)d other paper", "or one of %(count)d others", len(others))
        return count % {"count": len(others)}, True
    if len(paper.tasks) > 1:
        return ngettext("for %(count)d task", "for %(count)d tasks", len(paper.tasks)) % {
            "count": len(paper.tasks)
        }, False
    return str(ORIGINS.get(paper.document.origin, "")), False


def days_of(view: PlanView, paper: Paper) -> tuple[datetime.date, datetime.date] | None:
    """The days on which to get it so that it is fresh enough, where they mean something to the reader.

    They do not where they are over, where nothing says when it is handed in, or where the day is that of the task
    which gives it.
    """
    first, last = paper.use_between
    tasks = {view.row_of[use.procedure].key for use in paper.planned.uses if use.alternative.max_age}
    is_dated = any(_is_dated(view, view.tasks[key]) for key in tasks)
    if first is None or last is None or last <= view.today or not is_dated:
        return None
    return None if paper.obtained_from and first == last else (first, last)


def _is_dated(view: PlanView, task: PlannedTask) -> bool:
    return bool(task.latest or task.target or coming_appointment(view, task))


def _window_in_short(view: PlanView, paper: Paper) -> str:
    window = days_of(view, paper)
    if window is None:
        return ""
    first, last = window
    days = {"first": leaf_date(first, view.today), "last": leaf_date(last, view.today)}
    if first <= view.today or first == last:
        return _("get it by %(last)s") % days if first != last else _("get it on %(last)s") % days
    return _("get it %(first)s to %(last)s") % days


def window_of(view: PlanView, paper: Paper) -> str:
    """When to get it so that it is fresh enough, in one sentence."""
    window = days_of(view, paper)
    if window is None:
        return ""
    first, last = window
    if paper.in_hand:
        return _("Check its date: it must not be older than from %(first)s") % {"first": long_date(first)}
    if first == last:
        return _("Get it on %(day)s") % {"day": long_date(last)}
    if first <= view.today:
        return _("Get it by %(last)s") % {"last": long_date(last)}
    return _("Get it between %(first)s and %(last)s") % {"first": long_date(first), "last": long_date(last)}


def other_names(view: PlanView, paper: Paper) -> list[str]:
    """What does as well as this paper, each once."""
    uses = view.choices.get(paper.key, ())
    others = [together(_names(view, other)) for use in uses for other in _others(paper, use)]
    return list(dict.fromkeys(others))


def instead_of(view: PlanView, paper: Paper) -> dict[str, Any] | None:
    """What does as well as this paper: {names, groups: [{title, ways}]}; None if nothing does.

    ``names`` is empty for a paper in hand, which needs no other, and for one of several tasks: what does as well for
    one of them does not for the next.
    """
    choices = [(use, _others(paper, use)) for use in view.choices.get(paper.key, ())]
    groups = [
        {
            "title": _("%(task)s: one of these is enough") % {"task": view.name(use.procedure)},
            "ways": [_way(view, one, use) for one in (use.alternative, *others)],
        }
        for use, others in choices
        if others
    ]
    if not groups:
        return None
    names = other_names(view, paper) if len(paper.tasks) == 1 and not paper.in_hand else []
    return {"names": either(names, 3), "groups": groups}


def _others(paper: Paper, use: Use) -> list[Alternative]:
    """What an office takes instead, beside what this paper is good for anyway."""
    same = {paper.key, *paper.covers}
    others = (option for option, _certain in use.need.options if option is not use.alternative)
    return [option for option in others if not same.issuperset(option.documents)]


def _names(view: PlanView, alternative: Alternative) -> list[str]:
    return [view.compiled.documents[key].name for key in alternative.documents]


def _way(view: PlanView, alternative: Alternative, use: Use) -> dict[str, Any]:
    documents = [view.compiled.documents[key] for key in alternative.documents]
    return {
        "text": series(_names(view, alternative), 6),
        "recommended": alternative is use.alternative,
        "why": alternative.why,
        "rows": [
            head(view, document, in_hand=view.documents[document.key].in_hand)
            for document in documents
            if view.only_alternatives.get(document.key) is alternative
        ],
    }
