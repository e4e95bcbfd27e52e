import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import Q

from checklists.access.access import Access
from checklists.access.doors import check_still_open
from checklists.firms.cases.audit import answers_changed, items_changed
from checklists.firms.cases.shared_papers import lock_with_sharers, pass_on
from checklists.firms.sharing.services import withdraw_code
from checklists.models import CasePerson, Checklist, ChecklistItem, Subscription
from checklists.seen import Changed, seen_of
from guides.models import Edition


class Line(TypedDict, total=False):
    """What a reader can change at one line; see ``ChecklistItem``."""

    done: bool
    date: datetime.date | None
    time: datetime.time | None
    office: str
    address: str
    note: str


@transaction.atomic
def replace_link(*, checklist: Checklist, keep_mail: bool) -> Checklist:
    """Give the checklist a new link, and end whatever else led to it: open codes, and email about it unless it is kept.

    Firms that were let in stay: the client sees them, and takes the access back from each.
    """
    current = Checklist.objects.lock(Q(pk=checklist.pk))[checklist.pk]
    current.replace_link()
    for code in current.codes.open():
        withdraw_code(code=code)
    if not keep_mail:
        Subscription.objects.filter(checklist=current).delete()
    return current


@transaction.atomic
def save_answers(
    *,
    access: Access,
    answers: dict[str, Any],
    seen: str,
    edition: int,
    confirmed: dict[str, dict[str, Any]] | None = None,
) -> Checklist:
    """Replace the answers of the checklist as it was seen. Raises Changed and changes nothing otherwise.

    Answers that are no longer among them are put aside. ``confirmed`` as in ``Checklist``, added to what is there.
    """
    current = _locked(access)
    if seen_of(current) != seen:
        raise Changed(current)
    before, current.answers = current.answers, answers
    aside = {**current.put_aside, **{key: value for key, value in before.items() if value is not None}}
    current.put_aside = {key: value for key, value in aside.items() if key not in answers}
    current.confirmed |= confirmed or {}
    current.edition = Edition.objects.newest(edition)
    current.version += 1
    current.save(update_fields=["answers", "put_aside", "confirmed", "edition", "version", "updated_at"])
    answers_changed(access.to(current), before)
    return current


@transaction.atomic
def save_item(
    *,
    access: Access,
    kind: str,
    key: str,
    seen: str = "",
    **given: Unpack[Line],
) -> ChecklistItem:
    """Change what is given of one line's row as it was seen, made if there is none. Raises Changed.

    A paper that the checklist's household shares is ticked for all of its people.
    """
    locked = lock_with_sharers(access, kind, key)
    access = locked[access.checklist.pk]
    current = access.checklist
    CasePerson.objects.lock_firms_of([each.checklist for each in locked.values()], access.actor)
    check_still_open(access)
    item = current.items.filter(kind=kind, key=key).first()
    if seen_of(item) != seen:
        raise Changed(item)
    item = item or ChecklistItem(checklist=current, kind=kind, key=key, version=0)
    before = item.done, item.date
    for name, value in given.items():
        setattr(item, name, value)
    item.version += 1
    item.save()
    current.save(update_fields=["updated_at"])
    items_changed([(access, item, before[0]), *pass_on(item, before, locked)])
    return item


def _locked(access: Access) -> Checklist:
    """The checklist as it is now, locked until the transaction ends.

    Raises DoorClosed if the door was closed to the actor in the meantime.
    """
    current = Checklist.objects.lock(Q(pk=access.checklist.pk))[access.checklist.pk]
    CasePerson.objects.lock_firms_of([current], access.actor)
    check_still_open(access)
    return current
