"""Verifying facts: somebody compared them with their sources, and they still hold."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction

from guides.editions.working_copy import fingerprint
from guides.models import Fact, Verification

UNTIL_NEXT = relativedelta(years=1)


@dataclass
class Outcome:
    """What became of the facts that were to be verified. Only the ``verified`` were written.

    ``changed`` say or stand otherwise than the editor saw; ``gone`` counts those that are deleted.
    """

    verified: list[Fact] = field(default_factory=list)
    changed: list[Fact] = field(default_factory=list)
    gone: int = 0


def as_seen(fact: Fact) -> str:
    """Stands for what a fact says and when it was verified. It changes when somebody changes one of these."""
    return fingerprint([fact.statement, fact.confidence, fact.verified_on, fact.review_due])


def next_review(fact: Fact, day: datetime.date) -> datetime.date:
    """When to look again after a verification on ``day``: as long after it as the last time, or else in a year."""
    if fact.verified_on and fact.review_due and fact.review_due > fact.verified_on:
        return day + (fact.review_due - fact.verified_on)
    return day + UNTIL_NEXT


@transaction.atomic
def verify(
    *, actor: Any, seen: Mapping[int, str], day: datetime.date, note: str, again: datetime.date | None
) -> Outcome:
    """Write down that these facts were compared with their sources on ``day``.

    ``seen`` maps the primary keys of the facts to their fingerprints (``as_seen``): a fact that somebody else verified
    or changed since stays as it is, and so does one that was verified on a later day. ``again`` is the day of the
    next review, on or after ``day``; None gives each fact its own (``next_review``).
    """
    facts = list(Fact.objects.select_for_update().filter(pk__in=seen).order_by("pk"))
    outcome = Outcome(gone=len(seen) - len(facts))
    for fact in facts:
        if as_seen(fact) != seen[fact.pk] or (fact.verified_on and fact.verified_on > day):
            outcome.changed.append(fact)
            continue
        fact.verified_on, fact.review_due = day, again or next_review(fact, day)
        outcome.verified.append(fact)
    Fact.objects.bulk_update(outcome.verified, ["verified_on", "review_due"])
    Verification.objects.bulk_create(Verification(fact=fact, day=day, note=note, by=actor) for fact in outcome.verified)
    return outcome
