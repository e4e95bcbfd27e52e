from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

CONFIDENCES = ("official", "secondary", "guide", "unverified")


@login_not_required
@require_safe
def about(request):
    """How sure a line is, what happens to answers, and the doors for advisors and programs."""
    return render(request, "guides/about.html", {"confidences": [{"kind": kind} for kind in CONFIDENCES]})
