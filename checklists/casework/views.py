from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from checklists.firms.access import for_members


@for_members
@require_safe
def case(request, membership, pk):
    """One case: its people with their checklists, and everything around them."""
    found = get_object_or_404(membership.organisation.cases.select_related("stage", "assignee"), pk=pk)
    return render(
        request, "casework/case.html", {"membership": membership, "case": found, "people": found.people.all()}
    )
