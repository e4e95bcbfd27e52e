"""What a change of a checklist means for the cases that it is part of: lines in their history, and new summaries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from checklists.access.access import Access
from checklists.firms.history.chain import Event, record_all
from checklists.models import CasePerson, ChecklistItem

from .letters import owe_acted
from .summaries import summarise_all

DOCUMENT = ChecklistItem.Kind.DOCUMENT


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did to a checklist: a verb of the history with its details."""

    access: Access
    verb: str
    details: dict[str, Any] = field(default_factory=dict)


def answers_changed(access: Access, before: dict[str, Any]) -> None:
    after = access.checklist.answers
    changed = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    if changed:
        note([Deed(access, "answered", {"keys": changed})])


def items_changed(changes: Iterable[tuple[Access, ChecklistItem, bool]]) -> None:
    """What was done at these lines; with each, who did it, and whether it was ticked before."""
    note(
        [
            Deed(access, _verb(item, was_done), {"kind": item.kind, "key": item.key})
            for access, item, was_done in changes
        ]
    )


def _verb(item: ChecklistItem, was_done: bool) -> str:
    return "noted" if item.done == was_done else "ticked" if item.done else "unticked"


def note(deeds: list[Deed]) -> None:
    """One entry for each deed in each case that may see it, whoever did it, and the new summaries of all its cases.

    What one firm does for a client is written down as the client's doing in the history of another.
    """
    done: dict[int, list[Deed]] = {}
    for deed in deeds:
        done.setdefault(deed.access.checklist.pk, []).append(deed)
    # Firms in one order: two changes never wait for each other in a ring.
    places = CasePerson.objects.open().filter(checklist__in=list(done))
    places = places.select_related("case__organisation", "checklist__owner")
    for _organisation, here in groupby(
        places.order_by("case__organisation", "pk"), lambda place: place.case.organisation_id
    ):
        here = list(here)
        events = [_event(place, deed) for place in here for deed in done[place.checklist_id] if _may_see(place, deed)]
        record_all(here[0].case.organisation, events)
        owe_acted(dict.fromkeys(event.person for event in events if event.by))
        summarise_all({place.case_id: place.case for place in here}.values(), progressed=True)


def _may_see(place: CasePerson, deed: Deed) -> bool:
    """Whether the client shares with the firm what was done."""
    return place.shares_checklist and (place.shares_documents or deed.details.get("kind") != DOCUMENT)


def _event(place: CasePerson, deed: Deed) -> Event:
    through = deed.access.person
    theirs = deed.access.actor if through and through.case_id == place.case_id else None
    return Event(deed.verb, person=place, by=theirs, details=deed.details)
