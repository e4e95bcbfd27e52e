"""What editions changed on one checklist, as its reader is told: on the page, on the page of past changes, by mail."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.models import ChangeNotice
from checklists.presenters.lines import DOCUMENT, PROCEDURE, STEP, anchor
from checklists.presenters.phrases import series

# Longer lists wait behind their heading, so that the next step stays in sight.
LINES_SHOWN = 4


def describe_notice(notice: ChangeNotice, lines: Mapping[str, str], page: str = "") -> dict[str, Any]:
    """A notice as {title, edition, read, groups: [{title, lines}], is_short, counts}.

    ``lines`` says where each line is, from the list; ``page`` is the list's address, for links from elsewhere.
    """
    day = date_format(timezone.localtime(notice.published_at), "j F Y")
    titles = {"new": _("New"), "changed": _("Changed"), "gone": _("No longer needed")}
    groups = [
        {"title": title, "lines": [_line(raw, lines, page) for raw in notice.changes[kind]]}
        for kind, title in titles.items()
        if notice.changes[kind]
    ]
    title = _("The rules changed on %(day)s") % {"day": day}
    return {
        "title": title,
        "edition": notice.edition,
        "read": notice.acknowledged_at,
        "groups": groups,
        "is_short": sum(len(group["lines"]) for group in groups) <= LINES_SHOWN,
        "counts": _counts(notice.changes),
    }


def _counts(changes: dict[str, Any]) -> str:
    """How much changed, in a few words."""
    words = {
        "new": ngettext("%(count)d new line", "%(count)d new lines", len(changes["new"])),
        "changed": ngettext("%(count)d changed", "%(count)d changed", len(changes["changed"])),
        "gone": ngettext("%(count)d no longer needed", "%(count)d no longer needed", len(changes["gone"])),
    }
    return series([text % {"count": len(changes[kind])} for kind, text in words.items() if changes[kind]])


def _line(raw: dict[str, Any], lines: Mapping[str, str], page: str) -> dict[str, Any]:
    """One changed line as {kind, name, within, because, differences, sources, url}."""
    place = next((place for place in _places(raw) if place in lines), None)
    return {
        "kind": _kinds()[raw["kind"]],
        "name": raw["name"],
        "within": raw["within"],
        "because": _("because %(reasons)s") % {"reasons": series(raw["because"], 9)} if raw["because"] else "",
        "differences": [_difference(raw["name"], **each) for each in raw["differences"]],
        "sources": raw["sources"],
        "url": f"{page}{lines[place]}" if place else "",
    }


def _places(raw: dict[str, Any]) -> list[str]:
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
    }
