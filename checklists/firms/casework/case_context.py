"""What all pages of a case have in common: who may open them, the case with its counts, and the way around."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from checklists.access.firms import for_advisors, for_members
from checklists.models import Case, CaseNote, CasePerson, FirmTask, Membership, Message, Request

from .contact import why_no_contact

READING = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Tab:
    """``count`` is what waits there, with the word that a screen reader says for it."""

    url: str
    text: str
    current: bool
    count: int = 0
    counted: str = ""


def for_case(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of a case: every member of the firm may look, viewers may not send anything (403)."""

    @for_members
    @wraps(view)
    def wrapped(request: HttpRequest, membership: Membership, pk: int, *args, **kwargs):
        case = find_case(membership, pk)
        if request.method not in READING and not membership.works:
            raise PermissionDenied
        return view(request, membership, case, *args, **kwargs)

    return wrapped


def for_work(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that is there to change something in a case: for owners and advisors."""

    @for_advisors
    @wraps(view)
    def wrapped(request: HttpRequest, membership: Membership, pk: int, *args, **kwargs):
        return view(request, membership, find_case(membership, pk), *args, **kwargs)

    return wrapped


def find_case(membership: Membership, pk: int) -> Case:
    """A case of the member's firm, with the numbers ``unread``, ``asked``, ``open_tasks`` and ``kept_notes``."""
    messages = Message.objects.unread().filter(from_client=True)
    cases = membership.organisation.cases.select_related("stage", "assignee").prefetch_related("labels")
    counted = cases.annotate(
        unread=_number(messages, "person__case"),
        asked=_number(Request.objects.open(), "person__case"),
        open_tasks=_number(FirmTask.objects.open(), "person__case"),
        kept_notes=_number(CaseNote.objects.all(), "case"),
    )
    case = get_object_or_404(counted, pk=pk)
    case.organisation = membership.organisation
    return case


def find_person(case: Case, pk: int) -> CasePerson:
    """A person of this case. Raises Http404 for all others."""
    person = get_object_or_404(case.people.select_related("checklist__owner"), pk=pk)
    person.case = case
    return person


def case_context(membership: Membership, case: Case, here: str, **context: Any) -> dict[str, Any]:
    """What ``casework/base.html`` takes; ``here`` is the name of the tab's view."""
    tabs = [
        ("case", _("Overview"), 0, ""),
        ("messages", _("Messages"), case.unread, _("unread")),
        ("requests", _("Requests"), case.asked, _("open")),
        ("tasks", _("Tasks for the client"), case.open_tasks, _("open")),
        ("notes", _("Internal notes"), case.kept_notes, _("written")),
        ("timeline", _("Timeline"), 0, ""),
    ]
    address = [membership.organisation.slug, case.pk]
    return {
        "membership": membership,
        "case": case,
        "tabs": [
            Tab(reverse(f"casework:{name}", args=address), text, name == here, count, counted)
            for name, text, count, counted in tabs
        ],
        **context,
    }


def _number(rows: QuerySet, path: str) -> Coalesce:
    counted = rows.filter(**{path: OuterRef("pk")}).order_by().values(path).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def not_sent(request: HttpRequest, membership: Membership, here: str, person: CasePerson, text: str) -> HttpResponse:
    """What was typed while the access was taken back is handed back for another way."""
    context = case_context(membership, person.case, here, person=person, box=why_no_contact(person), text=text)
    return render(request, "casework/no_contact.html", context, status=409)
