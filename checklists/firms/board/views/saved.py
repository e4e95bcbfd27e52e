from django.contrib import messages
from django.db import transaction
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from checklists.access.firms import for_members
from checklists.firms.board.context import BoardContext
from checklists.firms.board.forms import FilterForm, ViewForm
from checklists.models import SavedView
from checklists.seen import seen_of

MOST_VIEWS = 30
KEPT = ["query"]


@for_members
@require_POST
def save_view(request, membership):
    """Keep the filters of a list under a name, for oneself. What this name holds already is only replaced once seen."""
    board = BoardContext(membership)
    shown = _read(board, request.POST.get("query", ""))
    query = shown.query()
    form = ViewForm(request.POST)
    if not form.is_valid():
        context = {"membership": membership, "form": form, "query": query}
        return render(request, "board/save_view.html", context, status=422)
    name = form.cleaned_data["name"]
    with transaction.atomic():
        membership.organisation.lock()
        own = membership.organisation.views.filter(user=request.user)
        before = own.filter(name=name).first()
        if before and before.query != query and seen_of(before, KEPT) != form.cleaned_data["seen"]:
            return _both(request, board, before, shown)
        if not before and own.count() >= MOST_VIEWS:
            messages.error(request, _("You keep %d views already. Delete one first.") % MOST_VIEWS)
        else:
            own.update_or_create(
                user=request.user, name=name, organisation=membership.organisation, defaults={"query": query}
            )
            membership.organisation.outdate_board()
            messages.success(request, _("The view “%s” is saved. Only you see it.") % name)
    return redirect(_address(membership, query))


def _read(board: BoardContext, query: str) -> FilterForm:
    return FilterForm(QueryDict(query.lstrip("?")), board)


def _address(membership, query: str) -> str:
    return reverse("board:cases", args=[membership.organisation.slug]) + query


def _both(request, board: BoardContext, before: SavedView, shown: FilterForm):
    """The filters that are kept under this name, and those that were sent."""
    row = {"label": before.name, "theirs": _read(board, before.query).in_words(), "mine": shown.in_words()}
    context = {
        "membership": board.membership,
        "heading": _("You have a view of this name already"),
        "happened": _("Nothing is saved yet, and nothing is lost. Which filters shall it have?"),
        "rows": [row],
        "typed": [("name", before.name), ("query", shown.query()), ("seen", seen_of(before, KEPT))],
        "back": _address(board.membership, before.query),
    }
    return render(request, "firms/changed.html", context, status=409)


@for_members
@require_POST
def forget_view(request, membership, pk):
    """Delete a view of one's own."""
    view = get_object_or_404(SavedView, pk=pk, organisation=membership.organisation, user=request.user)
    with transaction.atomic():
        view.delete()
        membership.organisation.outdate_board()
    messages.success(request, _("The view “%s” is deleted. The cases are still there.") % view.name)
    return redirect("board:cases", membership.organisation.slug)
