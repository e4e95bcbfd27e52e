"""The people of a case: adding and renaming them, taking them out, and sending them their questionnaire."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from checklists.access.firms import for_advisors, for_members
from checklists.firms.members.views.firms import show_before_removing, show_both
from checklists.forms import posted
from checklists.models import CasePerson
from checklists.seen import Changed, seen_of

from .forms import PersonForm
from .household import (
    KNOWN,
    NowhereToSend,
    TooOften,
    add_person,
    remove_person,
    rename_person,
    send_questionnaire,
)
from .papers import Paper, papers_of, seen_shared, share_documents


@for_advisors
@require_http_methods(["GET", "HEAD", "POST"])
def add(request, membership, pk):
    """Add somebody to the household, with a checklist of their own."""
    case = get_object_or_404(membership.organisation.cases.select_related("organisation"), pk=pk)
    form = PersonForm(posted(request))
    if form.is_valid():
        person = add_person(case=case, by=request.user, **form.values)
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
        person = _person(membership, pk, person)
        try:
            rename_person(person=person, seen=form.cleaned_data["seen"], by=request.user, **form.values)
        except Changed as changed:
            return show_both(request, membership, form, _still_here(changed), found.case.get_absolute_url())
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
        try:
            remove_person(person=found, seen=request.POST.get("seen", ""), by=request.user)
        except Changed as changed:
            theirs, back = _still_here(changed), found.case.get_absolute_url()
            return show_before_removing(request, membership, theirs, KNOWN, back)
        text = _("%(name)s is no longer part of this case. Their checklist stays theirs.")
        messages.success(request, text % {"name": found.name})
        return redirect(found.case)
    context = {"membership": membership, "case": found.case, "person": found, "seen": seen_of(found, KNOWN)}
    return render(request, "cases/person_remove.html", context)


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
        try:
            seen = request.POST.get("seen", "")
            share_documents(case=case, keys=wanted, among=among, seen=seen, by=request.user)
        except Changed as changed:
            return _both_shared(request, membership, case, papers, changed.theirs)
        messages.success(
            request, _("Saved which documents are for everybody. One that any of them has is ticked for all.")
        )
        return redirect("cases:documents", membership.organisation.slug, case.pk)
    keys = [paper.key for paper in papers]
    seen = seen_shared([paper.key for paper in papers if paper.is_shared], keys)
    context = {"membership": membership, "case": case, "papers": papers, "seen": seen}
    return render(request, "cases/documents.html", context)


def _both_shared(request, membership, case, papers: list[Paper], theirs: set[str]):
    """Both values of each document of which a colleague has said something else; ``theirs``: what is shared now."""
    among, mine = set(request.POST.getlist("among")), set(request.POST.getlist("shared"))
    words = {True: _("One paper for everybody"), False: _("Each their own")}
    rows = [
        {"label": paper.name, "theirs": words[paper.key in theirs], "mine": words[paper.key in mine]}
        for paper in papers
        if paper.key in among and (paper.key in theirs) != (paper.key in mine)
    ]
    typed = [*(("among", key) for key in sorted(among)), *(("shared", key) for key in sorted(mine))]
    context = {"membership": membership, "name": case.name, "rows": rows}
    context |= {"typed": [*typed, ("seen", seen_shared(theirs, among))], "back": request.path}
    return render(request, "firms/changed.html", context, status=409)


def _still_here(changed: Changed) -> CasePerson:
    """The person as they are now. Raises Http404 for somebody who was taken out of the case."""
    if changed.theirs is None:
        raise Http404(_("A colleague has taken this person out of the case."))
    return changed.theirs


def _person(membership, pk: int, person: int) -> CasePerson:
    """Somebody in a case of this firm. Raises Http404."""
    people = CasePerson.objects.filter(case__in=membership.organisation.cases.all())
    return get_object_or_404(people.select_related("case__organisation"), case=pk, pk=person)
