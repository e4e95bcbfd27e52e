"""The checklist itself, and its link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from checklists.planning import plan_checklist
from checklists.services import replace_link
from guides.catalogue.editions import current

from .access import find_checklist, remember


@login_not_required
@require_safe
def show(request, token):
    checklist = find_checklist(token)
    compiled, today = current(), timezone.localdate()
    items = list(checklist.items.all())
    plan = plan_checklist(compiled, checklist, items, today)
    return render(request, "checklists/checklist.html", {"checklist": checklist, "plan": plan, "items": items})


@login_not_required
@require_POST
def new_link(request, token):
    """Replace the link, so that whoever has the old one can no longer come in."""
    checklist = replace_link(checklist=find_checklist(token))
    messages.success(request, _("Your checklist has a new link. The old one no longer works."))
    return remember(request, redirect(checklist), checklist)
