"""The working place of an advisor: what to do next in a case, who is in it, and what is new."""

import datetime
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from checklists.access.access import Access
from checklists.access.firms import for_members
from checklists.firms.casework import services
from checklists.firms.casework.assignment import FIELDS, change_assignment, seen_in
from checklists.firms.casework.case_context import case_context, find_case, for_case, for_work
from checklists.firms.casework.contact import CannotContact
from checklists.firms.casework.forms import AssignmentForm, PapersForm
from checklists.firms.casework.missing import Missing, chosen, missing_of
from checklists.firms.casework.plans import PersonPlan, plans_of
from checklists.firms.casework.read_markers import mark_seen, news_for
from checklists.firms.casework.suggestions import suggestions_for
from checklists.forms import number_in
from checklists.models import Case, Request
from checklists.presenters.phrases import distance, series
from checklists.seen import Changed
from guides.editions.publishing import current

DEADLINES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Due:
    """A day of the case, whose it is, and what must be done by then."""

    day: datetime.date
    left: str
    late: bool
    name: str
    person: str
    url: str = ""


@for_case
@require_safe
def show(request, membership, case):
    """What to do next and why, the papers to ask for, the people with their checklists, what is new, the deadlines."""
    return _overview(request, membership, case, plans_of(case))


@for_work
@require_POST
def ask_for_papers(request, membership, case):
    """Ask for all papers that were ticked, each of the person who needs it."""
    plans = plans_of(case)
    missing = [paper for one in plans for paper in missing_of(one)]
    form = _papers_form(case, missing, request.POST)
    if not form.is_valid():
        return _overview(request, membership, case, plans, form)
    papers, due = chosen(form.cleaned_data["papers"], missing), form.cleaned_data["due"]
    try:
        asked = services.ask_for_papers(papers=papers, due=due, by=request.user)
    except CannotContact:
        messages.error(request, _("A client took your access back just now. Nothing was asked for."))
    else:
        values = {"count": len(asked), "people": series([person.name for person in papers])}
        text = ngettext("Asked %(people)s for %(count)d paper.", "Asked %(people)s for %(count)d papers.", len(asked))
        messages.success(request, text % values)
    return redirect(case)


def _papers_form(case: Case, missing: list[Missing], data=None) -> PapersForm:
    choices = [(one.value, one.paper.document.name) for one in missing]
    initial = {"papers": [one.value for one in missing if one.is_next]}
    return PapersForm(data, choices=choices, initial=initial, today=case.organisation.today())


def _overview(request, membership, case, plans: list[PersonPlan], papers_form: PapersForm | None = None):
    for one in plans:
        one.person.progress = one.progress
    dues, followers = _dues(case, plans), list(case.followers.all())
    missing = [paper for one in plans for paper in missing_of(one)]
    context = {
        "people": [one.person for one in plans],
        "suggestions": suggestions_for(case, plans),
        "missing": missing,
        "papers_form": papers_form or _papers_form(case, missing),
        "asked": _asked(plans),
        "news": news_for(request.user, case),
        "dues": dues[:DEADLINES_SHOWN],
        "more_dues": len(dues) - DEADLINES_SHOWN,
        "followers": followers,
        "follows": request.user in followers,
        "country": current().countries.get(case.destination),
        "age": distance(timezone.localdate(case.created_at), case.organisation.today()),
        "today": case.organisation.today(),
        "assignment": AssignmentForm(case=case) if membership.works else None,
    }
    page = case_context(membership, case, "case", **context)
    return render(request, "casework/case.html", page, status=422 if papers_form else 200)


def _asked(plans: list[PersonPlan]) -> list[Request]:
    """What was asked for and is not answered yet, with its ``name`` and ``person``."""
    found = []
    for one in plans:
        for asked in one.person.asked:
            asked.name, asked.person = asked.name_in(current()), one.person
            found.append(asked)
    return found


def _dues(case: Case, plans: list[PersonPlan]) -> list[Due]:
    """The deadlines of the plans, of open requests, and of the firm's own tasks, in order."""
    today, procedures = case.organisation.today(), current().procedures
    people = {one.person.pk: one.person for one in plans}
    rows: list[tuple[datetime.date, str, int, str]] = []
    for deadline in case.deadlines.all():
        if deadline.procedure in procedures:
            person = people[deadline.person_id]
            name = procedures[deadline.procedure].name
            rows.append((deadline.day, name, person.pk, _task_url(person, deadline.procedure)))
    for person in people.values():
        rows += [(asked.due, asked.name_in(current()), person.pk, "") for asked in person.asked if asked.due]
        rows += [(task.due, task.text, person.pk, "") for task in person.own_tasks if task.due]
    return [
        Due(day, distance(day, today), day < today, name, people[key].name, url) for day, name, key, url in sorted(rows)
    ]


def _task_url(person, procedure: str) -> str:
    return Access(person.checklist, person).url("task", procedure) if person.is_open else ""


@for_members
@require_POST
def seen(request, membership, pk):
    """This person has seen what changed. Viewers keep a mark of their own as well."""
    case = find_case(membership, pk)
    mark_seen(case=case, by=request.user, number=number_in(request.POST.get("number", "")))
    messages.success(request, _("Marked as seen. What happens from now on will be new."))
    return redirect(case)


@for_work
@require_POST
def change(request, membership, case):
    """Stage, assignee, and whom the case waits for."""
    form = AssignmentForm(request.POST, case=case)
    if not form.is_valid():
        return render(
            request, "casework/assignment.html", case_context(membership, case, "case", assignment=form), status=422
        )
    try:
        fields = change_assignment(case=case, seen=form.cleaned_data["seen"], wanted=form.wanted(), by=request.user)
    except Changed as changed:
        return _both(request, membership, case, form, changed.theirs)
    messages.success(request, form.told(fields) or _("Nothing was changed."))
    return redirect(case)


def _both(request, membership, case, form: AssignmentForm, theirs: Case):
    """Both values of each field that its reader changed."""
    wanted = form.wanted()
    mine = Case(**wanted)
    rows = [
        {"label": form.fields[name].label, "theirs": _in_words(theirs, name), "mine": _in_words(mine, name)}
        for name in wanted
    ]
    form.renew(seen_in(theirs))
    for name in FIELDS:
        if name not in wanted:
            form.data[name] = form.fields[name].prepare_value(getattr(theirs, name)) or ""
    context = case_context(membership, case, "case", rows=rows, typed=form.typed, back=case.get_absolute_url())
    return render(request, "casework/changed.html", context, status=409)


def _in_words(case: Case, name: str) -> str:
    return case.get_waiting_for_display() if name == "waiting_for" else str(getattr(case, name) or "")
