"""Who will be told of an edition that is not published yet, by the code that tells (``telling``)."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from checklists.models import ChangeNotice, Subscription
from guides.catalogue.compiled import CompiledCatalogue

from .compare import PlanChange
from .notices import describe_notice
from .telling import Telling

EXAMPLES = 3
# More checklists than these are not planned anew without being asked to: each takes some hundredths of a second.
PLANNED = 100
AT_A_TIME = 100


@dataclass
class Forecast:
    """How many checklists are told, how many of them by mail, and what some of them read (see ``describe_notice``).

    ``is_exact`` is False where ``told`` counts everybody whose checklist may be another one, and nothing else is known.
    """

    told: int = 0
    mailed: int = 0
    examples: list[dict[str, Any]] = field(default_factory=list)
    is_exact: bool = True


def who_is_told(
    old: CompiledCatalogue, new: CompiledCatalogue, number: int, today: datetime.date, *, is_asked: bool
) -> Forecast:
    """Who is told when ``new`` takes the place of ``old``, as edition ``number``. Unless asked, not of too many."""
    if not old.number:
        return Forecast()
    telling = Telling(old, new, number, today)
    rows = telling.rows().iterator() if telling.affected else ()
    affected = [pk for pk, *known in rows if telling.may_differ(tuple(known))]
    if len(affected) > PLANNED and not is_asked:
        return Forecast(told=len(affected), is_exact=False)
    found = Forecast()
    said: set[PlanChange] = set()
    for start in range(0, len(affected), AT_A_TIME):
        keys = []
        for checklist, change in telling.changes(telling.unseen().filter(pk__in=affected[start : start + AT_A_TIME])):
            keys.append(checklist.pk)
            if len(said) < EXAMPLES and change not in said:
                said.add(change)
                notice = ChangeNotice(edition=number, published_at=timezone.now(), changes=change.as_json())
                found.examples.append(describe_notice(notice, {}))
        found.told += len(keys)
        found.mailed += Subscription.objects.filter(checklist__in=keys, confirmed_at__isnull=False).count()
    return found
