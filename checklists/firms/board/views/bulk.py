from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from checklists.access.firms import for_advisors
from checklists.firms.board.bulk.messages import reached
from checklists.firms.board.bulk.selection import NotThese, selected
from checklists.firms.board.bulk.verbs import VERBS
from checklists.firms.board.context import BoardContext


@for_advisors
@require_POST
def bulk(request, membership):
    """Do one thing to many cases: first ask for what it needs and say how many they are, then do it."""
    name = request.POST.get("verb", "")
    if name not in VERBS:
        raise Http404
    with transaction.atomic():
        return _asked_or_done(request, BoardContext(membership), name)


def _asked_or_done(request, board, name):
    verb = VERBS[name]
    if request.POST.get("seen"):
        # From here on nobody else changes which cases are meant.
        board.organisation.lock()
    try:
        selection = selected(board, request.POST, verb.most)
    except NotThese as refusal:
        messages.error(request, str(refusal))
        return redirect(back_to_list(board, request.POST.get("query", "")))
    seen = request.POST.get("seen", "")
    form = verb.form(request.POST if seen else None, board, selection)
    changed = bool(seen) and seen != form.now
    if seen and not changed and form.is_valid():
        count = form.run()
        messages.success(request, verb.done % {"count": count})
        if name != "message" and (same := len(selection.cases) - count):
            messages.info(request, ngettext("%d was so already.", "%d were so already.", same) % same)
        return redirect(back_to_list(board, selection.query))
    if changed:
        form.renew(form.now)
    context = {
        "membership": board.membership,
        "verb": name,
        "title": verb.title % {"count": len(selection.cases)},
        "selection": selection,
        "form": form,
        "changed": changed,
        "reached": len(reached(selection.cases)) if name == "message" else None,
    }
    return render(request, "board/bulk.html", context, status=409 if changed else 422 if form.errors else 200)


def back_to_list(board, query):
    return reverse("board:cases", args=[board.organisation.slug]) + (query if query.startswith("?") else "")
