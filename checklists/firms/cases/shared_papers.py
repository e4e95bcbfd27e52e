import datetime

from django.db.models import Q

from checklists.models import CasePerson, Checklist, ChecklistItem
from checklists.models.cases import CasePersonQuerySet
from checklists.planning import plan_checklist
from guides import clock
from guides.editions.publishing import current

DOCUMENT = ChecklistItem.Kind.DOCUMENT


def hold_with_sharers(checklist: Checklist, kind: str, key: str) -> dict[int, Checklist]:
    """The checklist together with all others whose paper this is too, in whatever case; each knows its own place."""
    together = Q(pk=checklist.pk)
    if kind == DOCUMENT:
        together |= Q(pk__in=_sharing(checklist, key).values("checklist"))
    held = Checklist.objects.lock(together)
    here = checklist.through.case_id if checklist.through else None
    if len(held) > 1:
        # The place in the case through which it is done comes last, and stays.
        for place in sorted(_sharing(checklist, key), key=lambda place: (place.case_id == here, place.pk)):
            if place.checklist_id in held:
                held[place.checklist_id].through = place
    held[checklist.pk].through = checklist.through
    return held


def _sharing(checklist: Checklist, key: str) -> CasePersonQuerySet:
    """The places of those who share this paper in a case of this checklist."""
    showing = CasePerson.objects.open().filter(shares_checklist=True, shares_documents=True)
    cases = showing.filter(checklist=checklist.pk, case__shared_documents__key=key).values("case")
    return showing.filter(case__in=cases)


def pass_on(
    item: ChecklistItem, before: tuple[bool, datetime.date | None], held: dict[int, Checklist]
) -> list[tuple[ChecklistItem, bool]]:
    """Tick or untick a shared paper for the others as for ``item``, which had this tick and day before.

    ``held`` as from ``hold_with_sharers``. Returns each changed item, and whether it was ticked before.
    """
    if (item.done, item.date) == before:
        return []
    others = [checklist for pk, checklist in held.items() if pk != item.checklist_id]
    return _copy(item, others, with_date=item.date != before[1] or item.date is not None)


def _copy(item: ChecklistItem, checklists: list[Checklist], *, with_date: bool) -> list[tuple[ChecklistItem, bool]]:
    """``with_date``: the day goes along; otherwise each keeps their own."""
    changes = []
    for checklist in checklists:
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
            changes.append((other, was_done))
    return changes


def _needs(checklist: Checklist, key: str) -> bool:
    """Whether the document is in this plan; nobody gets a tick for what they never had to bring."""
    plan = plan_checklist(current(), checklist, checklist.items.all(), clock.today())
    return any(document.key == key for document in plan.documents)
