"""The page of one paper: how to get it, what does as well, and why it is asked for."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from checklists.access.doors import check_document
from checklists.access.links import by_link, find_checklist
from checklists.client.page import view_of
from checklists.presenters.lines import DOCUMENT
from checklists.presenters.paperpage import paper_page
from guides import clock
from guides.editions.publishing import current


@by_link
@require_safe
def show(request, token, key):
    """A page of its own; with htmx its first part opens in the row of the list, where its forms then lead back to."""
    access = find_checklist(request, token)
    check_document(access, DOCUMENT)
    view = view_of(current(), access, clock.today())
    paper = next((paper for paper in view.papers if paper.key == key), None)
    if paper is None:
        other = next((paper for paper in view.papers if key in paper.covers), None)
        if other:
            return redirect(view.paper_url(other.key))
        raise Http404(_("This paper is not on the list, or no longer. The list shows what is."))
    came_from = access.url() if request.htmx else request.path
    context = {"access": access, "country": view.country, "next": came_from, **paper_page(view, paper)}
    return render(request, "checklists/paper.html", context)
