"""Bringing summaries to today, in batches: whoever is killed in the middle leaves the rest to the next run."""

from django.db import transaction
from django.db.models import Q

from checklists.models import CaseImport, Organisation

from .summaries import summarise_all

AT_ONCE = 100


def refresh_cases(*, only_marked: bool = False) -> int:
    """Summarise every active case whose summary is not of today where its firm works. How many were.

    ``only_marked``: those alone whose summary was declared out of date (``CaseQuerySet.outdate``).
    """
    return sum(_refresh(organisation, only_marked) for organisation in Organisation.objects.order_by("pk"))


def forget_files() -> int:
    """Delete the files of clients that nobody agreed to within a day. How many there were."""
    return CaseImport.objects.stale().delete()[0]


def _refresh(organisation: Organisation, only_marked: bool) -> int:
    last = count = 0
    while done := _batch(organisation, last, only_marked):
        last, count = done[-1], count + len(done)
    return count


@transaction.atomic
def _batch(organisation: Organisation, last: int, only_marked: bool) -> list[int]:
    """The next cases after ``last``, by key. A change that comes meanwhile waits, and then has the last word."""
    outdated = Q(summarised_on=None)
    if not only_marked:
        outdated |= Q(summarised_on__lt=organisation.today())
    waiting = organisation.cases.active().filter(outdated, pk__gt=last).order_by("pk").values_list("pk", flat=True)
    keys = list(waiting[:AT_ONCE])
    if keys:
        organisation = organisation.lock()
        cases = list(organisation.cases.filter(pk__in=keys))
        for case in cases:
            case.organisation = organisation
        summarise_all(cases)
        # What is counted by deadline and progress is another number now.
        organisation.outdate_board()
    return keys
