"""What firms have for a client: what they did on the list, what they ask for, their tasks, their messages."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from checklists.models import CasePerson, Checklist, FirmTask, HistoryEntry, Message, Request
from guides.editions.publishing import current

from .log import DONE, describe_to_client

DEEDS_SHOWN = 6


@dataclass
class FirmNews:
    """What one firm has for the client. ``tasks`` are those that are open, and those done in the last days."""

    place: CasePerson
    requests: list[Request] = field(default_factory=list)
    tasks: list[FirmTask] = field(default_factory=list)
    unread: int = 0

    @property
    def says_something(self) -> bool:
        return bool(self.requests or self.tasks or self.unread)


def reachable(checklist: Checklist) -> QuerySet[CasePerson]:
    """The places whose firms may write to the client, the oldest first."""
    places = checklist.places.filter(revoked_at=None, case__erased_at=None)
    return places.select_related("case__organisation", "case__assignee").order_by("granted_at", "pk")


def news_of(checklist: Checklist) -> dict[str, Any]:
    """What the checklist's page tells: ``deeds`` (None if there are none) and ``firms``, those that have something."""
    found = {place.pk: FirmNews(place) for place in reachable(checklist)}
    for request in Request.objects.open().filter(person__in=found):
        request.name = request.name_in(current())
        found[request.person_id].requests.append(request)
    for task in FirmTask.objects.open().filter(person__in=found):
        found[task.person_id].tasks.append(task)
    for person in Message.objects.unread().filter(person__in=found, from_client=False).values_list("person", flat=True):
        found[person].unread += 1
    return {"deeds": deeds_of(checklist), "firms": [news for news in found.values() if news.says_something]}


def untold(places: list[CasePerson]) -> QuerySet[HistoryEntry]:
    """What these places' firms did on the list and the client has not put away, the newest first."""
    new = Q(pk__in=())
    for place in places:
        new |= Q(
            organisation_id=place.case.organisation_id,
            case_number=place.case_id,
            person_number=place.pk,
            number__gt=place.told_until,
        )
    done = HistoryEntry.objects.filter(new, verb__in=DONE, actor_number__isnull=False)
    return done.select_related("organisation").order_by("-at", "-number")


def deeds_of(checklist: Checklist) -> dict[str, Any] | None:
    """{lines, more, seen}: the newest deeds, how many there are besides, and what "I have read this" puts away."""
    places = list(checklist.places.select_related("case"))
    entries = list(untold(places))
    if not entries:
        return None
    last: dict[int, int] = {}
    for entry in entries:
        last[entry.person_number] = max(entry.number, last.get(entry.person_number, 0))
    return {
        "lines": describe_to_client(entries[:DEEDS_SHOWN]),
        "more": max(0, len(entries) - DEEDS_SHOWN),
        "seen": [f"{place}-{number}" for place, number in last.items()],
    }


@transaction.atomic
def put_away(*, checklist: Checklist, seen: list[str]) -> None:
    """The client has read what firms did, up to these entries, and nothing that came after."""
    for text in seen:
        place, _dash, number = text.partition("-")
        if place.isdecimal() and number.isdecimal() and len(text) < 19:
            checklist.places.filter(pk=int(place), told_until__lt=int(number)).update(told_until=int(number))
