"""Entries of history that are about somebody."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from checklists.models import HistoryEntry, Invitation, Membership
from checklists.models.history import HistoryQuerySet

from .subject import Subject


def entries_about(subject: Subject) -> HistoryQuerySet:
    """What happened to them in cases, and whatever else names them in the firms that know them.

    What they did for others is told of the others.
    """
    places = Q(person_number__in=[place.pk for place in subject.places]) | Q(case_number__in=subject.alone_in)
    return HistoryEntry.objects.filter(places | _naming(subject))


def _naming(subject: Subject) -> Q:
    """Those that name them: members in the whole firm; clients in their own cases, where no namesake is meant."""
    cases = HistoryEntry.objects.filter(case_number__in=[place.case_id for place in subject.places])
    found = _mentioning(cases, subject.names)
    if subject.user:
        firms = HistoryEntry.objects.filter(organisation__in=_firms_of(subject))
        found |= _mentioning(firms, subject.account_names)
    return Q(pk__in=found)


def _mentioning(entries: HistoryQuerySet, names: set[str]) -> set[int]:
    """The keys of the entries whose details hold one of these names."""
    # SQLite keeps JSON as Python wrote it, PostgreSQL writes it anew and escapes no letters.
    written = {json.dumps(name, ensure_ascii=escaped)[1:-1] for name in names for escaped in (True, False)}
    maybe = Q(pk=None)
    for name in written:
        maybe |= Q(text__icontains=name)
    rows = entries.annotate(text=Cast("details", TextField())).filter(maybe).order_by().values_list("pk", "details")
    return {pk for pk, details in rows.iterator() if mentions(details, names)}


def _firms_of(subject: Subject) -> list[int]:
    """Firms that this account belongs to, did something in, or was invited into."""
    user = subject.user
    member = Membership.objects.filter(user=user).values_list("organisation", flat=True)
    acted = HistoryEntry.objects.filter(actor_number=user.pk).order_by().values_list("organisation", flat=True)
    invited = Invitation.objects.filter(email__in=subject.emails).values_list("organisation", flat=True)
    return sorted({*member, *acted.distinct(), *invited})


def mentions(details: Any, names: Iterable[str]) -> bool:
    """Whether one of the names stands as whole words in one of the texts."""
    patterns = [re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE) for name in names]
    return any(pattern.search(text) for text in _texts(details) for pattern in patterns)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
