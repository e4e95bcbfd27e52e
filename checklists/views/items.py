"""Ticks, notes and dates at the lines of a plan."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from checklists.forms import ItemForm
from checklists.models import ChecklistItem
from checklists.services import Conflict, save_item
from guides.catalogue.editions import current

from .access import find_checklist


@login_not_required
@require_POST
def tick(request, token, kind, key):
    """Tick or untick one line; ``done`` is "1" or "0", ``version`` that of the row the reader saw."""
    checklist = find_checklist(token)
    _line_name(kind, key)
    version = request.POST.get("version", "")
    done = request.POST.get("done") == "1"
    try:
        save_item(checklist=checklist, kind=kind, key=key, version=_version(version), done=done)
    except Conflict as conflict:
        if conflict.theirs is None or conflict.theirs.done != done:
            return _conflict(request, checklist, kind, key, conflict.theirs, {"done": done})
    return redirect(f"{checklist.get_absolute_url()}#{kind}-{key.replace('/', '-')}")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def item(request, token, kind, key):
    """The page of one line, with its note and date."""
    checklist = find_checklist(token)
    name = _line_name(kind, key)
    row = checklist.items.filter(kind=kind, key=key).first()
    form = ItemForm(request.POST or None, instance=row, initial={"version": row.version if row else 0})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            save_item(checklist=checklist, kind=kind, key=key, **given)
        except Conflict as conflict:
            return _conflict(request, checklist, kind, key, conflict.theirs, given)
        return redirect(f"{checklist.get_absolute_url()}#{kind}-{key.replace('/', '-')}")
    context = {"checklist": checklist, "form": form, "name": name, "kind": kind, "key": key}
    return render(request, "checklists/item.html", context, status=422 if form.errors else 200)


def _version(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _line_name(kind: str, key: str) -> str:
    """The name of a line of the current edition. Raises Http404 for a line that no plan can have."""
    compiled = current()
    procedure, _slash, step = key.partition("/")
    if kind == ChecklistItem.Kind.DOCUMENT and key in compiled.documents:
        return compiled.documents[key].name
    if kind == ChecklistItem.Kind.PROCEDURE and key in compiled.procedures:
        return compiled.procedures[key].name
    if kind == ChecklistItem.Kind.STEP and procedure in compiled.procedures:
        for entry in compiled.procedures[procedure].steps:
            if entry.key == step:
                return entry.text
    raise Http404(_("There is no such line in any checklist."))


def _conflict(request, checklist, kind, key, theirs, mine):
    """Both values side by side, when two browsers changed the same line."""
    context = {"checklist": checklist, "kind": kind, "key": key, "theirs": theirs, "mine": mine}
    context["name"] = _line_name(kind, key)
    return render(request, "checklists/item_conflict.html", context, status=409)
