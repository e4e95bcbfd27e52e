import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from checklists.access.doors import check_still_open
from checklists.firms.cases.audit import answers_changed, items_changed
from checklists.firms.cases.shared_papers import hold_with_sharers, pass_on
from checklists.models import CasePerson, Checklist, ChecklistItem, User
from guides.models import Edition

UNCHANGED: Any = object()


class Conflict(Exception):
    """Somebody saved in between. ``theirs`` is the row as it is now, or None if there is none."""

    def __init__(self, theirs: Checklist | ChecklistItem | None):
        super().__init__("It was changed in the meantime.")
        self.theirs = theirs


@transaction.atomic
def save_answers(
    *, checklist: Checklist, answers: dict[str, Any], version: int, edition: int, by: User | None = None
) -> Checklist:
    """Replace the answers of the checklist as it was at ``version``. Raises Conflict and changes nothing otherwise.

    ``by`` is the member of a firm who does it for the client; None is the client.
    """
    current = _locked(checklist, by)
    if current.version != version:
        raise Conflict(current)
    before, current.answers = current.answers, answers
    current.edition = Edition.objects.newest(edition)
    current.version += 1
    current.save(update_fields=["answers", "edition", "version", "updated_at"])
    answers_changed(current, before, by)
    return current


@transaction.atomic
def save_item(
    *,
    checklist: Checklist,
    kind: str,
    key: str,
    version: int,
    done: bool | None = None,
    note: str | None = None,
    date: datetime.date | None = UNCHANGED,
    by: User | None = None,
) -> ChecklistItem:
    """Change what is given of one line's row, made at ``version`` 0 if there is none. Raises Conflict.

    A paper that the checklist's household shares is ticked for all of its people.
    """
    held = hold_with_sharers(checklist, kind, key)
    current = held[checklist.pk]
    CasePerson.objects.lock_firms_of(held.values(), by)
    check_still_open(current, by)
    item = current.items.filter(kind=kind, key=key).first()
    if (item.version if item else 0) != version:
        raise Conflict(item)
    item = item or ChecklistItem(checklist=current, kind=kind, key=key, version=0)
    before = item.done, item.date
    if done is not None:
        item.done = done
    if note is not None:
        item.note = note
    if date is not UNCHANGED:
        item.date = date
    item.version += 1
    item.save()
    current.save(update_fields=["updated_at"])
    items_changed([(item, before[0]), *pass_on(item, before, held)], by)
    return item


def _locked(checklist: Checklist, by: User | None) -> Checklist:
    """The checklist as it is now, held until the transaction ends, and seen through the same door.

    Raises DoorClosed if that door was closed to ``by`` in the meantime.
    """
    current = Checklist.objects.lock(Q(pk=checklist.pk))[checklist.pk]
    current.through = checklist.through
    CasePerson.objects.lock_firms_of([current], by)
    check_still_open(current, by)
    return current
