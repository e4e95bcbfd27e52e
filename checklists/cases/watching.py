"""What a change of a checklist means for the cases that it is part of: a line in their history, and a new summary."""

from typing import Any

from checklists.history.chain import Event, record
from checklists.models import CasePerson, Checklist, ChecklistItem, User

from .summaries import summarise


def answers_changed(checklist: Checklist, before: dict[str, Any], by: User | None) -> None:
    changed = sorted(
        key for key in before.keys() | checklist.answers.keys() if before.get(key) != checklist.answers.get(key)
    )
    if changed:
        _note(checklist, "answered", by, {"keys": changed})


def item_changed(item: ChecklistItem, was_done: bool, by: User | None) -> None:
    verb = "noted" if item.done == was_done else "ticked" if item.done else "unticked"
    _note(item.checklist, verb, by, {"kind": item.kind, "key": item.key})


def _note(checklist: Checklist, verb: str, by: User | None, details: dict[str, Any]) -> None:
    """One entry in each case where the checklist is, whoever did it.

    What one firm does for a client is written down as the client's doing in the history of another.
    """
    for place in CasePerson.objects.open().filter(checklist=checklist).select_related("case__organisation"):
        organisation = place.case.organisation
        here = by if by and checklist.through and checklist.through.pk == place.pk else None
        record(organisation, Event(verb, person=place, by=here, details=details))
        summarise(place.case, progressed=True)
