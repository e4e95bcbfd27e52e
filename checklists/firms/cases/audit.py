"""What a change of a checklist means for the cases that it is part of: lines in their history, and new summaries."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils import timezone

from checklists.access.access import Access
from checklists.firms.history.chain import Event, record_all
from checklists.mail.outbox import queue_letter
from checklists.models import CasePerson, ChecklistItem, OutgoingMail

from .summaries import summarise_all

DOCUMENT = ChecklistItem.Kind.DOCUMENT
ACTED = "acted"
# So long a letter waits for what else is done.
PAUSE = datetime.timedelta(minutes=15)
A_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody did to a checklist: a verb of the history with its details."""

    access: Access
    verb: str
    details: dict[str, Any] = field(default_factory=dict)


def answers_changed(access: Access, before: dict[str, Any]) -> None:
    after = access.checklist.answers
    changed = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    if changed:
        write_down([Change(access, "answered", {"keys": changed})])


def items_changed(changes: Iterable[tuple[Access, ChecklistItem, bool]]) -> None:
    """What was done at these lines; with each, who did it, and whether it was ticked before."""
    write_down(
        [
            Change(access, _verb(item, was_done), {"kind": item.kind, "key": item.key})
            for access, item, was_done in changes
        ]
    )


def _verb(item: ChecklistItem, was_done: bool) -> str:
    return "noted" if item.done == was_done else "ticked" if item.done else "unticked"


def write_down(changes: list[Change]) -> None:
    """One entry for each change in each case that may see it, and the new summaries of all its cases.

    What one firm does for a client is written down as the client's doing in the history of another.
    """
    done: dict[int, list[Change]] = {}
    for change in changes:
        done.setdefault(change.access.checklist.pk, []).append(change)
    # Firms in one order: two changes never wait for each other in a ring.
    places = CasePerson.objects.open().filter(checklist__in=list(done))
    # Most checklists are in no firm's case, and Django takes long to write the query below.
    if not places.exists():
        return
    places = places.select_related("case__organisation", "checklist__owner")
    for _organisation, here in groupby(
        places.order_by("case__organisation", "pk"), lambda place: place.case.organisation_id
    ):
        here = list(here)
        events = [
            _event(place, change) for place in here for change in done[place.checklist_id] if _may_see(place, change)
        ]
        record_all(here[0].case.organisation, events)
        _queue_acted(dict.fromkeys(event.person for event in events if event.by))
        summarise_all({place.case_id: place.case for place in here}.values(), progressed=True)


def _queue_acted(places: Iterable[CasePerson]) -> None:
    """Owe a letter to the clients for whom a firm has just acted: one a day, and none to whom does not know the list.

    A checklist that the firm began and has not sent yet is nobody's but the firm's so far.
    """
    for place in places:
        to = place.mail_address
        knows_it = place.sent_at or place.checklist.is_theirs_alone
        lately = OutgoingMail.objects.filter(kind=ACTED, person=place, created_at__gt=timezone.now() - A_DAY)
        if to and knows_it and not lately.exists():
            firm = place.case.organisation
            queue_letter(kind=ACTED, to=to, organisation=firm, person=place, not_before=timezone.now() + PAUSE)


def _may_see(place: CasePerson, change: Change) -> bool:
    """Whether the client shares with the firm what was done."""
    return place.shares_checklist and (place.shares_documents or change.details.get("kind") != DOCUMENT)


def _event(place: CasePerson, change: Change) -> Event:
    through = change.access.person
    theirs = change.access.actor if through and through.case_id == place.case_id else None
    return Event(change.verb, person=place, by=theirs, details=change.details)
