"""Opening, changing and putting away one case."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from checklists.access.firms import for_advisors

from . import services
from .fields import ALL_FIELDS, in_words, label_of, values_of
from .forms import CaseForm
from .services import CaseConflict, change_case, open_case


@for_advisors
@require_http_methods(["GET", "HEAD", "POST"])
def new(request, membership):
    """Open a case for a client. An address that an active case has already wants a second word."""
    organisation, posted = membership.organisation, request.POST if request.method == "POST" else None
    form, twins = CaseForm(posted, organisation=organisation, initial={"assignee": request.user}), []
    if posted is not None and form.is_valid():
        twins = [] if "anyway" in posted else same_address(organisation, form.cleaned_data["email"])
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
    posted = request.POST if request.method == "POST" else None
    form = CaseForm(posted, instance=case, organisation=membership.organisation, initial={"version": case.version})
    if posted is not None and form.is_valid():
        try:
            # The form has put its values into its own copy.
            change_case(case=case, version=form.cleaned_data["version"] or 0, by=request.user, **form.values())
        except CaseConflict as conflict:
            return _conflict(request, membership, form, conflict.theirs)
        messages.success(request, _("Saved."))
        return redirect(case)
    context = {"membership": membership, "form": form, "case": case, "name": form.initial["name"]}
    return render(request, "cases/edit.html", context, status=422 if form.errors else 200)


def _conflict(request, membership, form, theirs):
    """Both values side by side, when two people changed the same case."""
    mine, saved = form.values(), values_of(theirs)
    rows = [
        {"label": label_of(name), "theirs": in_words(name, saved[name]), "mine": in_words(name, mine[name])}
        for name in ALL_FIELDS
        if name in mine
    ]
    typed = [(name, value) for name in mine for value in request.POST.getlist(name)]
    context = {
        "membership": membership,
        "case": theirs,
        "rows": [row for row in rows if row["theirs"] != row["mine"]],
        "typed": typed,
    }
    return render(request, "cases/conflict.html", context, status=409)


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
