"""The people of a case: adding and renaming them, taking them out, and sending them their questionnaire."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from checklists.access.firms import for_advisors, for_members
from checklists.forms import posted
from checklists.models import CasePerson

from .forms import PersonForm
from .household import (
    NowhereToSend,
    TooOften,
    add_person,
    remove_person,
    rename_person,
    send_questionnaire,
)
from .papers import papers_of, share_documents


@for_advisors
@require_http_methods(["GET", "HEAD", "POST"])
def add(request, membership, pk):
    """Add somebody to the household, with a checklist of their own."""
    case = get_object_or_404(membership.organisation.cases.select_related("organisation"), pk=pk)
    form = PersonForm(posted(request))
    if form.is_valid():
        person = add_person(case=case, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s has a checklist of their own now.") % {"name": person.name})
        return redirect(case)
    context = {"membership": membership, "form": form, "case": case}
    return render(request, "cases/person_new.html", context, status=422 if form.errors else 200)


@for_advisors
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, membership, pk, person):
    """Call somebody otherwise, or write to another address."""
    found = _person(membership, pk, person)
    form = PersonForm(posted(request), instance=found)
    if form.is_valid():
        rename_person(person=_person(membership, pk, person), by=request.user, **form.cleaned_data)
        messages.success(request, _("Name and email address of %(name)s were saved.") % {"name": found.name})
        return redirect(found.case)
    context = {"membership": membership, "form": form, "case": found.case, "person": found}
    return render(request, "cases/person_edit.html", context, status=422 if form.errors else 200)


@for_advisors
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, membership, pk, person):
    """Ask first, then take somebody out of the case."""
    found = _person(membership, pk, person)
    if request.method == "POST":
        remove_person(person=found, by=request.user)
        text = _("%(name)s is no longer part of this case. Their checklist stays theirs.")
        messages.success(request, text % {"name": found.name})
        return redirect(found.case)
    return render(request, "cases/person_remove.html", {"membership": membership, "case": found.case, "person": found})


@for_advisors
@require_POST
def send(request, membership, pk, person):
    """Send somebody the link to their questionnaire."""
    found = _person(membership, pk, person)
    try:
        send_questionnaire(person=found, by=request.user)
    except NowhereToSend:
        text = _("Nothing was sent. Either there is no email address, or the link is known to your client alone.")
        messages.error(request, text)
    except TooOften:
        text = _("Nothing was sent: for %(name)s, their address or your firm the limit of a day is reached.")
        messages.error(request, text % {"name": found.name})
    else:
        values = {"name": found.name, "address": found.address_known_to_firm}
        messages.success(request, _("The questionnaire is on its way to %(name)s, %(address)s.") % values)
    return redirect(found.case)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request, membership, pk):
    """The documents that several people of the case need: which of them are one paper for everybody."""
    case = get_object_or_404(membership.organisation.cases.select_related("organisation"), pk=pk)
    if request.method == "POST" and not membership.works:
        raise PermissionDenied
    papers = papers_of(case)
    if request.method == "POST":
        among = set(request.POST.getlist("among"))
        wanted = [paper.key for paper in papers if paper.key in among & set(request.POST.getlist("shared"))]
        share_documents(case=case, keys=wanted, among=among, by=request.user)
        messages.success(
            request, _("Saved which documents are for everybody. One that any of them has is ticked for all.")
        )
        return redirect("cases:documents", membership.organisation.slug, case.pk)
    return render(request, "cases/documents.html", {"membership": membership, "case": case, "papers": papers})


def _person(membership, pk: int, person: int) -> CasePerson:
    """Somebody in a case of this firm. Raises Http404."""
    people = CasePerson.objects.filter(case__in=membership.organisation.cases.all())
    return get_object_or_404(people.select_related("case__organisation"), case=pk, pk=person)
