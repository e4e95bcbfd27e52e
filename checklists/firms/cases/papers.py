"""Papers of which a household has one for everybody: ticked by one person of the case, they are ticked for all."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from checklists.access.access import Access
from checklists.firms.cases.shared_papers import DOCUMENT, _copy
from checklists.firms.history.chain import Event, record_all
from checklists.models import Case, CasePerson, Checklist, ChecklistItem, SharedDocument, User
from checklists.planning import plan_checklist
from checklists.seen import Changed, fingerprint
from guides import clock
from guides.editions.publishing import current

from .audit import items_changed


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


def seen_shared(keys: Collection[str], among: Collection[str]) -> str:
    """The fingerprint of which documents ``among`` these are shared."""
    return fingerprint(*sorted(set(keys) & set(among)))


@transaction.atomic
def share_documents(*, case: Case, keys: Iterable[str], among: Collection[str], seen: str, by: User) -> int:
    """Of the documents ``among``, share exactly ``keys`` between the people of the case. How many changed.

    What one of them has ticked already is ticked for the others at once; what is no longer shared stays ticked.
    Raises Changed with the keys of what is shared now, if others were when it was shown.
    """
    places = {place.checklist_id: place for place in _showing(case)}
    rows = Checklist.objects.lock(Q(pk__in=places))
    locked = {pk: Access(checklist, places[pk], by) for pk, checklist in rows.items()}
    case.organisation.lock()
    known, keys = set(case.shared_documents.values_list("key", flat=True)), set(keys)
    if seen_shared(known, among) != seen:
        raise Changed(known)
    added, removed = sorted(keys - known), sorted((known & set(among)) - keys)
    SharedDocument.objects.bulk_create(SharedDocument(case=case, key=key) for key in added)
    case.shared_documents.filter(key__in=removed).delete()
    items_changed([change for key in added for change in _level(key, locked)])
    verbs = [*(("document-shared", key) for key in added), *(("document-unshared", key) for key in removed)]
    record_all(case.organisation, [Event(verb, case=case, by=by, details={"document": key}) for verb, key in verbs])
    return len(verbs)


def _level(key: str, locked: dict[int, Access]) -> list[tuple[Access, ChecklistItem, bool]]:
    """Tick a document that is shared from now on for all, if somebody has it."""
    first = ChecklistItem.objects.filter(checklist__in=list(locked), kind=DOCUMENT, key=key, done=True).first()
    others = [access for pk, access in locked.items() if first and pk != first.checklist_id]
    return _copy(first, others, with_date=True) if first else []
