"""Papers of which a household has one for everybody: ticked by one person of the case, they are ticked for all."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from checklists.history.chain import Event, hold_all, record_all
from checklists.models import Case, CasePerson, Checklist, ChecklistItem, SharedDocument, User
from checklists.models.cases import CasePersonQuerySet
from checklists.planning import plan_checklist
from guides import clock
from guides.catalogue.editions import current

from .watching import items_changed

DOCUMENT = ChecklistItem.Kind.DOCUMENT


@dataclass(frozen=True, slots=True)
class Paper:
    """A document in the plans of several people of a case; ``holders`` have ticked it."""

    key: str
    name: str
    people: tuple[CasePerson, ...]
    holders: tuple[CasePerson, ...]
    is_shared: bool


def papers_of(case: Case) -> list[Paper]:
    """The documents that more than one person of the case needs and shows to the firm, by name."""
    shared = set(case.shared_documents.values_list("key", flat=True))
    wanted: dict[str, list[CasePerson]] = {}
    held: dict[str, list[CasePerson]] = {}
    names = {}
    for person in _showing(case):
        items = list(person.checklist.items.all())
        for document in plan_checklist(current(), person.checklist, items, clock.today()).documents:
            names[document.key] = document.document.name
            wanted.setdefault(document.key, []).append(person)
        for item in items:
            if item.kind == DOCUMENT and item.done:
                held.setdefault(item.key, []).append(person)
    found = [
        Paper(key, names[key], tuple(people), tuple(held.get(key, ())), key in shared)
        for key, people in wanted.items()
        if len(people) > 1 or key in shared
    ]
    return sorted(found, key=lambda paper: paper.name)


def _showing(case: Case):
    """The people of a case whose documents its firm may see."""
    people = case.people.open().filter(shares_checklist=True, shares_documents=True)
    return people.select_related("checklist").prefetch_related("checklist__items")


@transaction.atomic
def share_documents(*, case: Case, keys: Iterable[str], among: Iterable[str], by: User) -> int:
    """Of the documents ``among``, share exactly ``keys`` between the people of the case. How many changed.

    What one of them has ticked already is ticked for the others at once; what is no longer shared stays ticked.
    """
    places = {place.checklist_id: place for place in _showing(case)}
    held = hold_checklists(Q(pk__in=places))
    for pk, checklist in held.items():
        checklist.through = places[pk]
    known, keys = set(case.shared_documents.values_list("key", flat=True)), set(keys)
    added, removed = sorted(keys - known), sorted((known & set(among)) - keys)
    SharedDocument.objects.bulk_create(SharedDocument(case=case, key=key) for key in added)
    case.shared_documents.filter(key__in=removed).delete()
    items_changed([change for key in added for change in _level(key, held)], by)
    verbs = [*(("document-shared", key) for key in added), *(("document-unshared", key) for key in removed)]
    record_all(case.organisation, [Event(verb, case=case, by=by, details={"document": key}) for verb, key in verbs])
    return len(verbs)


def _level(key: str, held: dict[int, Checklist]) -> list[tuple[ChecklistItem, bool]]:
    """Tick a document that is shared from now on for all, if somebody has it."""
    first = ChecklistItem.objects.filter(checklist__in=list(held), kind=DOCUMENT, key=key, done=True).first()
    others = [checklist for pk, checklist in held.items() if first and pk != first.checklist_id]
    return _copy(first, others, with_date=True) if first else []


def hold_checklists(wanted: Q) -> dict[int, Checklist]:
    """These checklists as they are now, by key, held until the transaction ends."""
    # In the order of their keys, so that two ticks in one household never wait for each other in a ring.
    return {row.pk: row for row in Checklist.objects.filter(wanted).order_by("pk").select_for_update(no_key=True)}


def hold_firms_of(checklists: Iterable[Checklist], by: User | None) -> None:
    """Hold the firms that see one of these checklists until the transaction ends, when a member changes them."""
    if by:
        places = CasePerson.objects.open().filter(checklist__in=list(checklists))
        hold_all(places.order_by().values_list("case__organisation", flat=True))


def hold_with_sharers(checklist: Checklist, kind: str, key: str) -> dict[int, Checklist]:
    """The checklist together with all others whose paper this is too, in whatever case; each knows its own place."""
    together = Q(pk=checklist.pk)
    if kind == DOCUMENT:
        together |= Q(pk__in=_sharing(checklist, key).values("checklist"))
    held = hold_checklists(together)
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
