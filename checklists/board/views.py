from django.shortcuts import render
from django.views.decorators.http import require_safe

from checklists.firms.access import for_members


@for_members
@require_safe
def cases(request, membership):
    """The firm's cases, those due first on top."""
    found = membership.organisation.cases.active().select_related("stage", "assignee").order_by("next_deadline", "pk")
    return render(request, "board/cases.html", {"membership": membership, "cases": found[:50]})
