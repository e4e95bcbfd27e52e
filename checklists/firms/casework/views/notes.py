"""Internal notes of a case. No page of a client shows them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from checklists.firms.casework import notes
from checklists.firms.casework.case_context import case_context, for_case, for_work
from checklists.firms.casework.forms import NoteForm
from checklists.forms import posted
from checklists.models import CaseNote
from checklists.seen import Changed, seen_of

SHOWN = 30


@for_case
@require_http_methods(["GET", "HEAD", "POST"])
def all_notes(request, membership, case):
    """The notes, newest first, and a form for another one."""
    form = NoteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        notes.write_note(case=case, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Noted. Only your firm can read it."))
        return redirect(request.path)
    page = Paginator(case.notes.select_related("author"), SHOWN).get_page(request.GET.get("page"))
    context = case_context(membership, case, "notes", notes=page, form=form)
    return render(request, "casework/notes.html", context, status=422 if form.errors else 200)


@for_work
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, membership, case, number):
    """Change a note of one's own."""
    note = _own(request, case, number)
    if note is None and request.method != "POST":
        raise Http404
    initial = {"text": note.text} if note else None
    form = NoteForm(posted(request), initial=initial, seen=seen_of(note, notes.FIELDS))
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if note is None:
            return _both(request, membership, case, None, text)
        try:
            notes.change_note(note=note, text=text, seen=form.cleaned_data["seen"], by=request.user)
        except Changed as changed:
            return _both(request, membership, case, changed.theirs, text)
        messages.success(request, _("Your note was changed."))
        return redirect("casework:notes", membership.organisation.slug, case.pk)
    context = case_context(membership, case, "notes", note=note, form=form)
    return render(request, "casework/note.html", context, status=422 if form.errors else 200)


@for_work
@require_POST
def delete(request, membership, case, number):
    """Delete a note of one's own."""
    note = _own(request, case, number)
    if note:
        try:
            notes.delete_note(note=note, seen=request.POST.get("seen", ""), by=request.user)
        except Changed as changed:
            if changed.theirs:
                return _both(request, membership, case, changed.theirs, None)
    messages.success(request, _("The note is deleted."))
    return redirect("casework:notes", membership.organisation.slug, case.pk)


def _own(request, case, number) -> CaseNote | None:
    """The note, or None once it is deleted. Raises PermissionDenied for a colleague's, Http404 for another case's."""
    note = CaseNote.objects.select_related("case__organisation").filter(pk=number).first()
    if note and note.case_id != case.pk:
        raise Http404
    if note and note.author_id != request.user.pk:
        raise PermissionDenied
    return note


def _both(request, membership, case, theirs: CaseNote | None, mine: str | None):
    """Both texts; ``theirs`` None is deleted, and ``mine`` None was to delete the note."""
    page, save = ("delete-note", _("Delete it all the same")) if mine is None else ("change-note", _("Save mine"))
    if theirs is None:
        page, save = "notes", _("Keep mine as a new note")
    slug, place = membership.organisation.slug, [case.pk, *([theirs.pk] if theirs else [])]
    row = {
        "label": _("Note"),
        "theirs": theirs.text if theirs else _("Nothing: it is deleted."),
        "mine": _("Nothing: you wanted to delete it.") if mine is None else mine,
    }
    context = {
        "heading": _("The note was changed before you") if theirs else _("The note was deleted before you"),
        "rows": [row],
        "typed": [("text", mine or ""), ("seen", seen_of(theirs, notes.FIELDS))],
        "action": reverse(f"casework:{page}", args=[slug, *place]),
        "save": save,
        "back": reverse("casework:notes", args=[slug, case.pk]),
    }
    return render(request, "casework/changed.html", case_context(membership, case, "notes", **context), status=409)
