"""Ticks, notes, dates and appointments at the lines of a plan."""

import datetime
import re
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.formats import date_format, time_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from checklists.access.access import Access
from checklists.access.doors import check_document, without_note
from checklists.access.links import by_link, find_checklist, remember_if_free
from checklists.client.forms.item import APPOINTMENT, FIELDS, ItemForm, answered_day, fields_of
from checklists.client.services import save_item
from checklists.forms import posted
from checklists.models import ChecklistItem
from checklists.planning import plan_checklist
from checklists.presenters.lines import anchor, entry_of, name_of
from checklists.presenters.phrases import series
from checklists.seen import Changed, seen_of
from guides import clock
from guides.catalogue.schema import Procedure
from guides.editions.publishing import current

# Parts of a day come as "date-day" and so on.
SENT = (*FIELDS, "next", "part")


@by_link
@require_POST
def tick(request, token, kind, key):
    """Tick or untick one line: ``done`` is "1" or "0", ``seen`` in the address what the reader saw."""
    access = find_checklist(request, token, to_change=True)
    name = _line_name(access, kind, key)
    if _has_no_end(kind, key):
        raise Http404(_("There is no end to this task."))
    done = request.POST.get("done") == "1"
    seen = request.GET.get("seen") or request.POST.get("seen", "")
    before = list(access.checklist.items.all()) if done else []
    try:
        item = save_item(access=access, kind=kind, key=key, seen=seen, done=done)
    except Changed as changed:
        if changed.theirs is None or changed.theirs.done != done:
            return _both(request, access, kind, key, changed.theirs, {"done": done})
        access.checklist.refresh_from_db()
        item = changed.theirs
    else:
        access = access.to(item.checklist)
    unlocked = _unlocked(access.checklist, before, item) if done else ""
    happened = " ".join(filter(None, [_happened(kind, name, done), unlocked]))
    messages.success(request, format_html("{} {}", happened, _undo(access, item)))
    return remember_if_free(request, redirect(_back(request, access, kind, key)), access)


def _undo(access: Access, item: ChecklistItem) -> SafeString:
    """The button that takes a tick back, or gives it again; it belongs to the form "ticks" of the page that says it."""
    return format_html(
        '<button class="button button--small toast__undo" type="submit" form="ticks" formaction="{}?seen={}" '
        'name="done" value="{}">{}</button>',
        access.url("tick", item.kind, item.key),
        seen_of(item),
        "0" if item.done else "1",
        _("Undo"),
    )


def _happened(kind: str, name: str, done: bool) -> str:
    if kind == ChecklistItem.Kind.DOCUMENT:
        text = _("In hand: %(name)s.") if done else _("No longer in hand: %(name)s.")
    else:
        text = _("Done: %(name)s.") if done else _("No longer ticked: %(name)s.")
    return text % {"name": name.rstrip(".")}


def _unlocked(checklist, before: list[ChecklistItem], ticked: ChecklistItem) -> str:
    """The tasks that a tick makes possible, in one sentence; empty if there are none. ``before``: all earlier rows."""
    compiled, today = current(), clock.today()
    others = [item for item in before if (item.kind, item.key) != (ticked.kind, ticked.key)]
    old, new = (plan_checklist(compiled, checklist, items, today) for items in (before, [*others, ticked]))
    ready_before = {task.key for task in old.tasks if task.ready}
    names = [task.name for task in new.tasks if task.ready and task.key not in ready_before and task.is_firm]
    return _("You can now start: %(tasks)s.") % {"tasks": series(names, 6)} if names else ""


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def item(request, token, kind, key):
    """The page of one line: its tick, note and date, or the appointment for a task. ``part``: only so much."""
    access = find_checklist(request, token, to_change=True)
    name = _line_name(access, kind, key)
    row = access.checklist.items.filter(kind=kind, key=key).first()
    line = anchor(kind, key)
    answered = answered_day(access, current(), kind, key)
    part = request.POST.get("part") or request.GET.get("part", "")
    fields = fields_of(access, kind, row, part, day_is_answered=answered is not None)
    # Forms of several lines can be open on one page.
    form = ItemForm(posted(request), instance=row, seen=seen_of(row), auto_id=f"{line}-own-%s", only=fields)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            save_item(access=access, kind=kind, key=key, **given)
        except Changed as changed:
            return _both(request, access, kind, key, changed.theirs, given)
        messages.success(request, _saved(name, part, given))
        return remember_if_free(request, redirect(_back(request, access, kind, key)), access)
    context = {"access": access, "form": form, "name": name, "kind": kind, "line": line, "answered": answered}
    context |= {"back": _back(request, access, kind, key), "next": _came_from(request, access), "part": part}
    response = render(request, "checklists/item.html", context, status=422 if form.errors else 200)
    if form.errors:
        _put(response, f"#form-{line}")
    return response


def _saved(name: str, part: str, given: dict[str, Any]) -> str:
    is_booked = part == "appointment" and any(given.get(field) for field in APPOINTMENT)
    text = _("Appointment saved: %(name)s.") if is_booked else _("Saved: %(name)s.")
    return text % {"name": name.rstrip(".")}


def _came_from(request, access: Access) -> str:
    """The page of this checklist that ``next`` names, to return to; the list for anything else."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    pages = re.escape(access.url()) + r"((tasks|papers)/[a-z0-9_-]+/|calendar/)?"
    return asked if re.fullmatch(pages, asked) else access.url()


def _back(request, access: Access, kind: str, key: str) -> str:
    """Where the reader came from, at this line."""
    return f"{_came_from(request, access)}#{anchor(kind, key)}"


def _line_name(access: Access, kind: str, key: str) -> str:
    """The name of a line of the current edition. Raises Http404 for one that no plan has, or that is not shared."""
    compiled = current()
    check_document(access, kind)
    if kind in ChecklistItem.Kind and entry_of(compiled, kind, key) is not None:
        return name_of(compiled, kind, key)
    raise Http404(_("There is no such line in any checklist."))


def _has_no_end(kind: str, key: str) -> bool:
    """Whether it is a task that nobody can finish."""
    entry = entry_of(current(), kind, key)
    return isinstance(entry, Procedure) and entry.ongoing


def _both(request, access: Access, kind, key, theirs: ChecklistItem | None, mine: dict[str, Any]):
    """Both values side by side, when two browsers changed the same line; ``mine``: of FIELDS as far as sent."""
    saved = theirs or ChecklistItem()
    if not access.shows_notes:
        saved = without_note(saved)
    context = {
        "access": access,
        "name": _line_name(access, kind, key),
        "rows": [
            {
                "label": ChecklistItem._meta.get_field(name).verbose_name,
                "theirs": _in_words(getattr(saved, name)),
                "mine": _in_words(mine[name]),
            }
            for name in FIELDS
            if name in mine
        ],
        "action": request.path,
        "typed": [
            *((name, value) for name, value in request.POST.items() if name.partition("-")[0] in SENT),
            ("seen", seen_of(theirs)),
        ],
        "back": _back(request, access, kind, key),
    }
    response = render(request, "checklists/changed.html", context, status=409)
    _put(response, "#content")
    # The address of the list itself would keep its links from leading back to it.
    response.headers["HX-Push-Url"] = access.url("item", kind, key)
    return response


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("Ticked") if value else _("Not ticked")
    if isinstance(value, datetime.time):
        return time_format(value, "H:i")
    return date_format(value, "j F Y (l)") if isinstance(value, datetime.date) else value or ""


def _put(response, part: str) -> None:
    """Tell htmx to show this part of an error page in place of the same part of the page."""
    response.headers["HX-Retarget"] = response.headers["HX-Reselect"] = part
    response.headers["HX-Reswap"] = "outerHTML"
