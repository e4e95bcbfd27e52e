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

MOST_VIEWS = 30


@for_members
@require_POST
def save_view(request, membership):
    """Keep the filters of a list under a name, for oneself. A name that is there already gets these filters."""
    board = BoardContext(membership)
    shown = FilterForm(QueryDict(request.POST.get("query", "").lstrip("?")), board)
    query = shown.query()
    form = ViewForm(request.POST)
    if not form.is_valid():
        context = {"membership": membership, "form": form, "query": query}
        return render(request, "board/save_view.html", context, status=422)
    name = form.cleaned_data["name"]
    with transaction.atomic():
        views = membership.organisation.views.select_for_update()
        own = views.filter(user=request.user)
        if not own.filter(name=name).exists() and own.count() >= MOST_VIEWS:
            messages.error(request, _("You keep %d views already. Delete one first.") % MOST_VIEWS)
        else:
            views.update_or_create(
                user=request.user, name=name, organisation=membership.organisation, defaults={"query": query}
            )
            membership.organisation.outdate_board()
            messages.success(request, _("The view “%s” is saved. Only you see it.") % name)
    return redirect(reverse("board:cases", args=[membership.organisation.slug]) + query)


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
