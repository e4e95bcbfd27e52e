"""What editions changed on one checklist, as its reader is told: on the page, on the page of past changes, by mail."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from checklists.models import ChangeNotice

from .lines import DOCUMENT, PROCEDURE, STEP, anchor
from .wording import series

# Whether the page of the checklist has a line with this id.
HasLine = Callable[[str], bool]


def told(notice: ChangeNotice, has_line: HasLine, page: str = "") -> dict[str, Any]:
    """A notice as {title, edition, groups: [{title, lines}]}. ``page`` is the address of the checklist, for links."""
    day = date_format(timezone.localtime(notice.published_at), "j F Y")
    titles = {"new": _("New"), "changed": _("Changed"), "gone": _("No longer needed")}
    groups = [
        {"kind": kind, "title": title, "lines": [_line(raw, has_line, page) for raw in notice.changes[kind]]}
        for kind, title in titles.items()
        if notice.changes[kind]
    ]
    title = _("The rules changed on %(day)s") % {"day": day}
    return {"title": title, "edition": notice.edition, "read": notice.acknowledged_at, "groups": groups}


def _line(raw: dict[str, Any], has_line: HasLine, page: str) -> dict[str, Any]:
    """One changed line as {kind, name, within, because, differences, sources, url}."""
    place = next(filter(has_line, _places(raw)), None)
    return {
        "kind": _kinds()[raw["kind"]],
        "name": raw["name"],
        "within": raw["within"],
        "because": _("because %(reasons)s") % {"reasons": series(raw["because"], 9)} if raw["because"] else "",
        "differences": [_difference(**each) for each in raw["differences"]],
        "sources": raw["sources"],
        "url": f"{page}#{place}" if place else "",
    }


def _places(raw: dict[str, Any]) -> list[str]:
    """Where the line can stand on the page: by itself, or within its task."""
    key = raw["key"]
    own = [anchor(raw["kind"], key)] if raw["kind"] in (PROCEDURE, STEP, DOCUMENT) else []
    return own if "/" not in key else [*own, anchor(PROCEDURE, key.partition("/")[0])]


def _difference(field: str, before: str, after: str) -> str:
    """One changed field in a sentence without a full stop."""
    if not before:
        text = _("%(field)s: now “%(after)s”")
    elif not after:
        text = _("%(field)s: no longer “%(before)s”")
    else:
        text = _("%(field)s: now “%(after)s”, it was “%(before)s”")
    return text % {"field": field, "before": before, "after": after}


def _kinds() -> dict[str, str]:
    return {
        "procedure": _("Task"),
        "document": _("Document"),
        "step": _("Step"),
        "deadline": _("Date"),
        "channel": _("Way to the office"),
        "fee": _("Fee"),
        "pitfall": _("Pitfall"),
    }
