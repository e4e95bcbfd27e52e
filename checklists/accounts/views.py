from django.shortcuts import render
from django.views.decorators.http import require_safe

from checklists.models import Checklist, Membership


@require_safe
def account(request):
    """What belongs to whoever is signed in: their checklists, their firms, and the way to their settings."""
    context = {
        "checklists": Checklist.objects.owned_by(request.user),
        "memberships": Membership.objects.filter(user=request.user).select_related("organisation"),
    }
    return render(request, "account/overview.html", context)
