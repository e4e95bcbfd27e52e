"""The chain of a firm's history.

An entry's hash covers its number, day, verb, the keys of the rows that it speaks of, the digest of its details, and the
hash before. Details are kept beside their digest, salted, so that what an entry says of somebody can be erased
without breaking the chain. Whoever knows the last hash can tell whether anything before it was changed or taken out.
"""

import datetime
import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from checklists.models import Case, CasePerson, HistoryEntry, Organisation, User

from .verbs import VERBS


@dataclass(frozen=True, slots=True)
class Event:
    """Something that is to be written down. ``by`` None: the client by their link, or the site itself.

    ``details`` is JSON for ``history.descriptions``: names as they are now, and what was changed. Who did it is told by
    their account, so that an entry still says what was done when that account is gone. Raises KeyError for a verb
    that has no words.
    """

    verb: str
    case: Case | None = None
    person: CasePerson | None = None
    by: User | None = None
    details: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self):
        VERBS[self.verb]


def record(organisation: Organisation, *events: Event) -> list[HistoryEntry]:
    """Add these events to the firm's chain, in this order. They share the fate of the caller's transaction."""
    return record_all(organisation, events)


@transaction.atomic
def record_all(organisation: Organisation, events: Iterable[Event]) -> list[HistoryEntry]:
    """Add these events to the firm's chain, in this order; one writer at a time."""
    end = organisation.lock()
    now = timezone.now()
    entries = []
    for event in events:
        entry = _entry(organisation, event, end.history_length + 1, now, end.history_head)
        end.history_length, end.history_head = entry.number, entry.hash
        entries.append(entry)
    HistoryEntry.objects.bulk_create(entries)
    end.cases_changed += 1
    end.save(update_fields=["history_length", "history_head", "cases_changed"])
    return entries


def digest_of(details: dict[str, Any], salt: str) -> str:
    """What stands for the details in the chain (SHA-256, hexadecimal)."""
    return _sha256(salt, details)


def hash_of(entry: HistoryEntry, before: str) -> str:
    """The hash of an entry that follows the hash ``before`` (SHA-256, hexadecimal)."""
    # The database hands the same moment back, whatever its time zone.
    at = entry.at.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    numbers = [entry.number, entry.case_number, entry.person_number, entry.actor_number]
    return _sha256(before, [at, entry.verb, numbers, entry.digest])


def _entry(organisation: Organisation, event: Event, number: int, now: datetime.datetime, before: str) -> HistoryEntry:
    person = {"person": event.person.name} if event.person else {}
    details, salt = {**person, **event.details}, secrets.token_hex(16)
    case = event.case or (event.person.case if event.person else None)
    entry = HistoryEntry(
        organisation=organisation,
        number=number,
        at=now,
        verb=event.verb,
        case_number=case.pk if case else None,
        person_number=event.person.pk if event.person else None,
        actor_number=event.by.pk if event.by else None,
        details=details,
        salt=salt,
        digest=digest_of(details, salt),
    )
    entry.hash = hash_of(entry, before)
    return entry


def _sha256(before: str, content: Any) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()
