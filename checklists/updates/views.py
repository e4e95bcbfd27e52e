"""What editions have changed on a checklist: everything so far, and "I have read this"."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from checklists.access.links import by_link, find_checklist, find_own_checklist
from checklists.forms import number_in
from checklists.planning import plan_checklist
from checklists.presenters.lines import lines_of
from guides import clock
from guides.editions.publishing import current

from .notices import describe_notice


@by_link
@require_safe
def changes(request, token):
    """Every change so far, the newest first."""
    access = find_checklist(request, token)
    checklist = access.checklist
    plan = plan_checklist(current(), checklist, checklist.items.all(), clock.today())
    lines = lines_of(access, plan)
    notices = [describe_notice(notice, lines, access.url()) for notice in checklist.notices.all()]
    return render(request, "checklists/changes.html", {"access": access, "notices": notices})


@by_link
@require_POST
def acknowledge(request, token):
    """Put away what the reader saw: the notices up to the edition in the address, and none that came after it."""
    checklist = find_own_checklist(request, token)
    seen = checklist.notices.unread().filter(edition__lte=number_in(request.GET.get("edition", "")))
    seen.update(acknowledged_at=timezone.now())
    return redirect(checklist)
