from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from checklists.access.firms import for_owners
from checklists.firms.members.forms import FirmForm, SettingsForm, time_zones
from checklists.firms.members.refusals import Changed, Refused
from checklists.firms.members.services import start_firm
from checklists.firms.members.setup import change_firm
from checklists.models import Membership

from .conflicts import conflict_page


@require_safe
def mine(request):
    """The firms that somebody belongs to."""
    memberships = Membership.objects.filter(user=request.user).select_related("organisation")
    return render(request, "firms/mine.html", {"memberships": memberships.order_by("organisation__name", "pk")})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Start a firm and become its owner."""
    form = FirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            organisation = start_firm(by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(firm)s is there. You are its owner.") % {"firm": organisation})
            return redirect("board:cases", organisation.slug)
    context = {"form": form, "time_zones": time_zones()}
    return render(request, "firms/new.html", context, status=422 if form.errors else 200)


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request, membership):
    """What the firm is called and how it works."""
    firm = membership.organisation
    form = SettingsForm(request.POST if request.method == "POST" else None, instance=firm)
    if request.method == "POST" and form.is_valid():
        try:
            change_firm(organisation=firm, values=form.values, seen=form.cleaned_data["seen"], by=request.user)
        except Changed as changed:
            return conflict_page(request, membership, SettingsForm, changed.row, request.path)
        messages.success(request, _("The settings are saved."))
        return redirect("firms:settings", firm.slug)
    if form.errors:
        firm.refresh_from_db()
    context = {"membership": membership, "form": form, "time_zones": time_zones()}
    return render(request, "firms/settings.html", context, status=422 if form.errors else 200)
