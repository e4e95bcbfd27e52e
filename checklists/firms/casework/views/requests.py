"""Asking the people of a case for documents and information."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from checklists.firms.casework import services
from checklists.firms.casework.case_context import case_context, find_person, for_case, for_work, not_sent
from checklists.firms.casework.contact import CannotContact, why_no_contact, without_mail
from checklists.firms.casework.forms import ReceivedForm, RequestForm
from checklists.firms.casework.plans import names_of_papers, plan_of
from checklists.firms.casework.templating import chosen_text
from checklists.forms import posted
from checklists.models import Request
from checklists.seen import Changed
from guides.editions.publishing import current

SHOWN = 30


@for_case
@require_safe
def all_requests(request, membership, case):
    """What is open, those due first; and below it what was answered or withdrawn, newest first."""
    rows = Request.objects.filter(person__case=case).select_related("person", "author")
    still_open = list(rows.open())
    ended = Paginator(rows.ended().order_by("-pk"), SHOWN).get_page(request.GET.get("page"))
    for row in [*still_open, *ended]:
        row.name = row.name_in(current())
    people = [(person, why_no_contact(person)) for person in case.people.all()]
    context = {"open": still_open, "ended": ended, "people": people, "today": case.organisation.today()}
    return render(request, "casework/requests.html", case_context(membership, case, "requests", **context))


@for_work
@require_http_methods(["GET", "HEAD", "POST"])
def new(request, membership, case, person):
    """Ask one person for a document of their plan, or for anything else."""
    found = find_person(case, person)
    documents = names_of_papers(plan_of(case, found).papers)
    initial = {"text": chosen_text(request, membership, found)}
    form = RequestForm(request.POST or None, initial=initial, documents=documents, today=case.organisation.today())
    if request.method == "POST" and form.is_valid():
        try:
            services.ask(person=found, by=request.user, **form.cleaned_data)
        except CannotContact:
            return not_sent(request, membership, "requests", found, form.cleaned_data["text"])
        messages.success(request, _("Asked. %(name)s finds it on the checklist.") % {"name": found.name})
        return redirect("casework:requests", membership.organisation.slug, case.pk)
    context = {
        "person": found,
        "form": form,
        "box": why_no_contact(found),
        "without_mail": without_mail(found),
        "templates": list(membership.organisation.templates.all()),
    }
    page = case_context(membership, case, "requests", **context)
    return render(request, "casework/ask.html", page, status=422 if form.errors else 200)


@for_work
@require_POST
def withdraw(request, membership, case, number):
    """The firm does not need it any more."""
    found = _request(case, number)
    try:
        services.withdraw(request=found, by=request.user)
    except Changed as changed:
        return _ended(request, membership, case, changed.theirs, "")
    messages.success(request, _("Withdrawn. %(name)s no longer sees it as open.") % {"name": found.person.name})
    return redirect("casework:requests", membership.organisation.slug, case.pk)


@for_work
@require_http_methods(["GET", "HEAD", "POST"])
def received(request, membership, case, number):
    """What was asked for came another way."""
    found = _request(case, number)
    form = ReceivedForm(posted(request))
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            services.answer(request=found, text=text, by=request.user)
        except Changed as changed:
            return _ended(request, membership, case, changed.theirs, text)
        messages.success(request, _("Marked as received."))
        return redirect("casework:requests", membership.organisation.slug, case.pk)
    found.name = found.name_in(current())
    context = case_context(membership, case, "requests", asked=found, form=form)
    return render(request, "casework/received.html", context, status=422 if form.errors else 200)


def _request(case, number) -> Request:
    return get_object_or_404(Request.objects.filter(person__case=case).select_related("person__case"), pk=number)


def _ended(request, membership, case, theirs: Request, mine: str):
    """The client answered, or a colleague withdrew it, while the page was open."""
    what, heading = _("Withdrawn"), _("This request was withdrawn before you")
    if theirs.answered_at:
        what, heading = _("Answered"), _("This request was answered before you")
    day = date_format(timezone.localtime(theirs.answered_at or theirs.withdrawn_at), "j F Y, H:i")
    context = {
        "heading": heading,
        "rows": [
            {"label": what, "theirs": day, "mine": ""},
            {"label": theirs.name_in(current()), "theirs": theirs.answer, "mine": mine},
        ],
        "back": reverse("casework:requests", args=[membership.organisation.slug, case.pk]),
        "keep": _("See the requests"),
    }
    return render(request, "casework/changed.html", case_context(membership, case, "requests", **context), status=409)
