from collections.abc import Sequence

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from checklists.access.firms import for_owners
from checklists.firms.members.forms import FirmForm, SettingsForm, SetupForm, time_zones
from checklists.firms.members.services import Refused, start_firm
from checklists.firms.members.setup import change_firm
from checklists.forms import posted
from checklists.models import Membership
from checklists.seen import Changed, seen_of


@require_safe
def mine(request):
    """The firms that somebody belongs to."""
    memberships = Membership.objects.filter(user=request.user).select_related("organisation")
    return render(request, "firms/mine.html", {"memberships": memberships.order_by("organisation__name", "pk")})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Start a firm and become its owner."""
    form = FirmForm(posted(request))
    if form.is_valid():
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
    form = SettingsForm(posted(request), instance=firm)
    if form.is_valid():
        try:
            change_firm(organisation=firm, values=form.values, seen=form.cleaned_data["seen"], by=request.user)
        except Changed as changed:
            return show_both(request, membership, form, changed.theirs, request.path)
        messages.success(request, _("The settings are saved."))
        return redirect("firms:settings", firm.slug)
    if form.errors:
        firm.refresh_from_db()
    context = {"membership": membership, "form": form, "time_zones": time_zones()}
    return render(request, "firms/settings.html", context, status=422 if form.errors else 200)


def show_both(request, membership, form: SetupForm, theirs, back: str):
    """Two people changed the same row: both values are shown, and whoever came second decides.

    ``theirs`` is the row as it is saved now, ``back`` the address of the page that shows it.
    """
    form.renew(seen_of(theirs, form.Meta.fields))
    rows = [
        {
            "label": form.fields[name].label,
            "theirs": _in_words(getattr(theirs, name)),
            "mine": _in_words(form.cleaned_data[name]),
        }
        for name in form.Meta.fields
    ]
    context = {"membership": membership, "typed": form.typed, "rows": rows, "back": back}
    return render(request, "firms/changed.html", context, status=409)


def show_before_removing(request, membership, theirs, fields: Sequence[str], back: str):
    """Somebody changed a row that was to be removed: it is shown as it is now. ``back`` as above."""
    rows = [
        {
            "label": theirs._meta.get_field(name).verbose_name,
            "theirs": _in_words(getattr(theirs, name)),
            "mine": _("Removed"),
        }
        for name in fields
    ]
    context = {"membership": membership, "rows": rows, "back": back, "save": _("Remove it all the same")}
    context["typed"] = [("seen", seen_of(theirs, fields))]
    return render(request, "firms/changed.html", context, status=409)


def _in_words(value) -> str:
    return (_("yes") if value else _("no")) if isinstance(value, bool) else str(value)
