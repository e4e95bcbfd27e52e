"""Opening, changing and putting away one case."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from checklists.access.firms import for_advisors
from checklists.forms import posted
from checklists.models import Case
from checklists.seen import Changed, seen_of

from . import services
from .fields import ALL_FIELDS, in_words, label_of, values_of
from .forms import CaseForm
from .services import change_case, open_case


@for_advisors
@require_http_methods(["GET", "HEAD", "POST"])
def new(request, membership):
    """Open a case for a client. An address that an active case has already wants a second word."""
    organisation, twins = membership.organisation, []
    form = CaseForm(posted(request), organisation=organisation, initial={"assignee": request.user})
    if form.is_valid():
        twins = [] if "anyway" in request.POST else same_address(organisation, form.cleaned_data["email"])
        if not twins:
            case = open_case(organisation=organisation, by=request.user, **form.values())
            messages.success(request, _("The case of %(name)s is open.") % {"name": case.name})
            return redirect(case)
    context = {"membership": membership, "form": form, "twins": twins}
    return render(request, "cases/new.html", context, status=422 if form.errors or twins else 200)


def same_address(organisation, email: str) -> list:
    """The first active cases of the firm with this address."""
    return list(organisation.cases.active().filter(email__iexact=email)[:5]) if email else []


@for_advisors
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, membership, pk):
    """Change what the firm knows of a case."""
    case = get_object_or_404(membership.organisation.cases.select_related("stage", "assignee", "organisation"), pk=pk)
    form = CaseForm(posted(request), instance=case, organisation=membership.organisation, seen=seen_of(case))
    if form.is_valid():
        try:
            # The form has put its values into its own copy.
            change_case(case=case, seen=form.cleaned_data["seen"], by=request.user, **form.values())
        except Changed as changed:
            return _both(request, membership, form, changed.theirs)
        messages.success(request, _("The details of %(name)s were saved.") % {"name": form.cleaned_data["name"]})
        return redirect(case)
    context = {"membership": membership, "form": form, "case": case, "name": form.initial["name"]}
    return render(request, "cases/edit.html", context, status=422 if form.errors else 200)


def _both(request, membership, form: CaseForm, theirs: Case):
    """Both values of each field that differs, when two people changed the same case."""
    form.renew(seen_of(theirs))
    mine, saved = form.values(), values_of(theirs)
    rows = [
        {"label": label_of(name), "theirs": in_words(name, saved[name]), "mine": in_words(name, mine[name])}
        for name in ALL_FIELDS
        if name in mine
    ]
    context = {
        "membership": membership,
        "name": theirs.name,
        "typed": form.typed,
        "rows": [row for row in rows if row["theirs"] != row["mine"]],
        "back": theirs.get_absolute_url(),
    }
    return render(request, "firms/changed.html", context, status=409)


@for_advisors
@require_POST
def archive(request, membership, pk):
    case = get_object_or_404(membership.organisation.cases, pk=pk)
    services.archive(cases=[case], by=request.user)
    messages.success(request, _("The case is archived. It is kept, and you can bring it back."))
    return redirect(case)


@for_advisors
@require_POST
def restore(request, membership, pk):
    case = get_object_or_404(membership.organisation.cases, pk=pk)
    services.restore(cases=[case], by=request.user)
    messages.success(request, _("The case is active again."))
    return redirect(case)


@for_advisors
@require_POST
def follow(request, membership, pk):
    """Follow a case, or stop to: ``follow`` is "1" or "0"."""
    case = get_object_or_404(membership.organisation.cases, pk=pk)
    if request.POST.get("follow") == "0":
        services.unfollow(cases=[case], follower=request.user, by=request.user)
        messages.success(request, _("You no longer follow this case."))
    else:
        services.follow(cases=[case], follower=request.user, by=request.user)
        messages.success(request, _("You follow this case."))
    return redirect(case)
