"""What changed in a case since somebody last said that they have seen it."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from checklists.firms.history.descriptions import Description, describe
from checklists.models import Case, HistoryEntry, ReadMarker, User

MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class News:
    """What others did, newest first; ``more`` is how much is left out, ``number`` the last entry of the case."""

    lines: list[Description]
    more: int
    number: int
    marker: ReadMarker | None


def entries_of(case: Case):
    return HistoryEntry.objects.filter(organisation=case.organisation_id, case_number=case.pk)


def news_for(user: User, case: Case) -> News:
    """What others did in the case since this person marked it as seen."""
    marker = ReadMarker.objects.filter(case=case, user=user).first()
    since = entries_of(case).filter(number__gt=marker.number if marker else 0)
    number = since.aggregate(last=Max("number"))["last"] or (marker.number if marker else 0)
    by_others = since.exclude(actor_number=user.pk)
    count = by_others.count()
    lines = describe(by_others[:MOST_SHOWN]) if count else []
    return News(lines, count - len(lines), number, marker)


@transaction.atomic
def mark_seen(*, case: Case, by: User, number: int) -> ReadMarker:
    """This person has seen the case up to this entry. What came after it stays new, and so does what was seen later."""
    last = entries_of(case).filter(number__lte=number).aggregate(last=Max("number"))["last"] or 0
    marker, _is_new = ReadMarker.objects.select_for_update().get_or_create(case=case, user=by)
    marker.number, marker.at = max(marker.number, last), timezone.now()
    marker.save(update_fields=["number", "at"])
    return marker
