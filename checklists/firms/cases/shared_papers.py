import datetime

from django.db.models import Q

from checklists.access.access import Access
from checklists.models import CasePerson, Checklist, ChecklistItem
from checklists.models.cases import CasePersonQuerySet
from checklists.planning import plan_checklist
from guides import clock
from guides.editions.publishing import current

DOCUMENT = ChecklistItem.Kind.DOCUMENT


def lock_with_sharers(access: Access, kind: str, key: str) -> dict[int, Access]:
    """The checklist as it is now, together with all others whose paper this is too, in whatever case.

    By primary key of the checklist. Each is reached through its own place in that case.
    """
    checklist = access.checklist
    together = Q(pk=checklist.pk)
    if kind == DOCUMENT:
        together |= Q(pk__in=_sharing(checklist, key).values("checklist"))
    rows = Checklist.objects.lock(together)
    locked = {pk: access.to(row) for pk, row in rows.items()}
    here, firm = (access.person.case_id, access.person.case.organisation_id) if access.person else (None, None)
    if len(locked) > 1:
        # The place in the case through which it is done comes last, and stays.
        for place in sorted(_sharing(checklist, key), key=lambda place: (place.case_id == here, place.pk)):
            if place.checklist_id in locked:
                actor = access.actor if place.case.organisation_id == firm else None
                locked[place.checklist_id] = Access(rows[place.checklist_id], place, actor)
    return {**locked, checklist.pk: access.to(rows[checklist.pk])}


def _sharing(checklist: Checklist, key: str) -> CasePersonQuerySet:
    """The places of those who share this paper in a case of this checklist."""
    showing = CasePerson.objects.open().filter(shares_checklist=True, shares_documents=True)
    cases = showing.filter(checklist=checklist.pk, case__shared_documents__key=key).values("case")
    return showing.filter(case__in=cases).select_related("case")


def pass_on(
    item: ChecklistItem, before: tuple[bool, datetime.date | None], locked: dict[int, Access]
) -> list[tuple[Access, ChecklistItem, bool]]:
    """Tick or untick a shared paper for the others as for ``item``, which had this tick and day before.

    ``locked`` as from ``lock_with_sharers``. Returns each changed item, whose it is, and whether it was ticked before.
    """
    if (item.done, item.date) == before:
        return []
    others = [access for pk, access in locked.items() if pk != item.checklist_id]
    return _copy(item, others, with_date=item.date != before[1] or item.date is not None)


def _copy(item: ChecklistItem, others: list[Access], *, with_date: bool) -> list[tuple[Access, ChecklistItem, bool]]:
    """``with_date``: the day goes along; otherwise each keeps their own."""
    changes = []
    for access in others:
        checklist = access.checklist
        other = checklist.items.filter(kind=DOCUMENT, key=item.key).first()
        if other is None and not (item.done and _needs(checklist, item.key)):
            continue
        other = other or ChecklistItem(checklist=checklist, kind=DOCUMENT, key=item.key, version=0)
        other.checklist = checklist
        was_done, was_date = other.done, other.date
        other.done, other.date = item.done, item.date if with_date else other.date
        if (other.done, other.date) != (was_done, was_date):
            other.version += 1
            other.save()
            checklist.save(update_fields=["updated_at"])
            changes.append((access, other, was_done))
    return changes


def _needs(checklist: Checklist, key: str) -> bool:
    """Whether the document is in this plan; nobody gets a tick for what they never had to bring."""
    plan = plan_checklist(current(), checklist, checklist.items.all(), clock.today())
    return any(document.key == key for document in plan.documents)
