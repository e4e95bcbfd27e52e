"""What editions changed on one checklist, as its reader is told: on the page, on the page of past changes, by mail."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from checklists.models import ChangeNotice
from checklists.presenters.lines import DOCUMENT, PROCEDURE, STEP, anchor
from checklists.presenters.phrases import series

from .compare import ALERT, ANSWER

# More papers than these are one line, which opens; so is what is left of the changes when a notice grows longer.
PAPERS_SHOWN, MOST_LINES = 2, 12
STATES = {"new": gettext_lazy("New"), "changed": gettext_lazy("Changed"), "gone": gettext_lazy("No longer needed")}

# A line as a notice keeps it (see ``compare.Line``), and the parts of a task, each with its state.
Raw = dict[str, Any]
Parts = list[tuple[str, Raw]]


def describe_notice(notice: ChangeNotice, lines: Mapping[str, str], page: str = "") -> dict[str, Any]:
    """A notice as {title, edition, read, groups: [{title, lines}], counts}.

    What changed inside a task, and papers where there are many, stand together in one line, as its ``parts``.
    ``lines`` says where each line is, from the list; ``page`` is the list's address, for links from elsewhere.
    """
    day = date_format(timezone.localtime(notice.published_at), "j F Y")
    heads = _heads(notice.changes)
    groups = [
        {"title": str(title), "lines": [_line(raw, lines, page, parts) for raw, parts in heads[state]]}
        for state, title in STATES.items()
        if heads[state]
    ]
    return {
        "title": _("The rules changed on %(day)s") % {"day": day},
        "edition": notice.edition,
        "read": notice.acknowledged_at,
        "groups": groups,
        "counts": _counts({state: len(found) for state, found in heads.items()}),
    }


def _heads(changes: Mapping[str, list[Raw]]) -> dict[str, list[tuple[Raw, Parts]]]:
    """By state: what has a line of its own, with its parts. A task of which only parts changed has changed."""
    found: dict[str, list[tuple[Raw, Parts]]] = {state: [] for state in STATES}
    tasks: dict[str, Parts] = {raw["key"]: [] for raw in changes["changed"] if raw["kind"] == PROCEDURE}
    alone: dict[str, tuple[Raw, Parts]] = {}
    for state in STATES:
        papers = [raw for raw in changes[state] if raw["kind"] == DOCUMENT]
        for raw in changes[state]:
            task, slash, _part = raw["key"].partition("/")
            if raw["kind"] in (PROCEDURE, ALERT, ANSWER):
                parts = tasks[raw["key"]] if state == "changed" and raw["kind"] == PROCEDURE else []
                found[state].append((raw, parts))
            elif slash:
                parts = tasks[task] if task in tasks else alone.setdefault(task, (_task(task, raw["within"]), []))[1]
                parts.append((state, raw))
        if len(papers) > PAPERS_SHOWN:
            found[state].append((_papers(papers), [(state, raw) for raw in papers]))
        else:
            found[state] += [(raw, []) for raw in papers]
    changed = [*found["changed"], *alone.values()]
    room = max(MOST_LINES - len(found["new"]) - len(found["gone"]), 1)
    if len(changed) > room:
        rest = [part for raw, parts in changed[room - 1 :] for part in parts or [("changed", raw)]]
        name = ngettext("%(count)d more", "%(count)d more", len(changed) - room + 1) % {
            "count": len(changed) - room + 1
        }
        changed[room - 1 :] = [(_task("", name), rest)]
    return {**found, "changed": changed}


def _task(key: str, name: str) -> Raw:
    return {"kind": PROCEDURE, "key": key, "name": name, "within": "", "because": [], "differences": [], "sources": []}


def _papers(papers: list[Raw]) -> Raw:
    name = ngettext("%(count)d paper", "%(count)d papers", len(papers)) % {"count": len(papers)}
    return {**_task("", name), "kind": DOCUMENT}


def _counts(counted: Mapping[str, int]) -> str:
    """How much changed, in a few words."""
    words = {
        "new": ngettext("%(count)d new line", "%(count)d new lines", counted["new"]),
        "changed": ngettext("%(count)d changed", "%(count)d changed", counted["changed"]),
        "gone": ngettext("%(count)d no longer needed", "%(count)d no longer needed", counted["gone"]),
    }
    return series([text % {"count": counted[state]} for state, text in words.items() if counted[state]])


def _line(raw: Raw, lines: Mapping[str, str], page: str, parts: Parts) -> dict[str, Any]:
    """One changed line as {kind, name, within, because, differences, sources, url, parts: [{state, line}]}."""
    place = next((place for place in _places(raw) if place in lines), None)
    return {
        "kind": _kinds()[raw["kind"]],
        "name": raw["name"],
        "within": raw["within"],
        "because": _("because %(reasons)s") % {"reasons": series(raw["because"], 9)} if raw["because"] else "",
        "differences": [_difference(raw["name"], **each) for each in raw["differences"]],
        "sources": raw["sources"],
        "url": f"{page}{lines[place]}" if place else "",
        "parts": [{"state": str(STATES[state]), "line": _line(part, lines, page, [])} for state, part in parts],
    }


def _places(raw: Raw) -> list[str]:
    """Under which ids the line can be found: by itself, or within its task."""
    key = raw["key"]
    own = [anchor(raw["kind"], key)] if raw["kind"] in (PROCEDURE, STEP, DOCUMENT) else []
    return own if "/" not in key else [*own, anchor(PROCEDURE, key.partition("/")[0])]


def _difference(name: str, field: str, before: str, after: str) -> str:
    """One changed field in a sentence without a full stop; ``name`` is what the line is called now."""
    if after == name:
        text = _("it was: “%(before)s”")
    elif not before:
        text = _("%(field)s: now “%(after)s”")
    elif not after:
        text = _("%(field)s: no longer “%(before)s”")
    else:
        text = _("%(field)s: now “%(after)s”, it was “%(before)s”")
    return text % {"field": field, "before": before, "after": after}


def _kinds() -> dict[str, str]:
    return {
        "procedure": _("task"),
        "document": _("document"),
        "step": _("step"),
        "deadline": _("date"),
        "channel": _("way to the office"),
        "fee": _("fee"),
        "pitfall": _("pitfall"),
        "recurring": _("duty that comes again"),
        "alert": _("what to read first"),
        "answer": _("answer"),
    }
