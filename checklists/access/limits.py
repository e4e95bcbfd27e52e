"""How often something may happen within a time, counted for all processes together and exactly."""

import datetime
import logging
import math
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from checklists.models import TimedEntry

security = logging.getLogger("relocation.security")
MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` times within ``seconds``, from the first time on."""

    most: int
    seconds: int


class TooOften(Exception):
    """A limit is reached. ``what`` was counted; it is forgotten after ``wait``, which is so many ``seconds``."""

    def __init__(self, what: str, wait: datetime.timedelta):
        super().__init__(what, wait)
        self.what, self.wait = what, wait
        self.seconds = max(1, math.ceil(wait.total_seconds()))


def count(what: str, limit: Limit) -> None:
    """Count one more of this. Raises TooOften when that is too many; being refused does not make the wait longer.

    The first word of ``what`` is the limit's name, and all of it that is logged.

    A transaction that is rolled back counts nothing, and others who count the same wait for it: count before it.
    """
    now = timezone.now()
    entry = TimedEntry.objects.count_one(_key(what), now + datetime.timedelta(seconds=limit.seconds))
    if entry.number > limit.most:
        security.info("held back: limit %s", what.partition(":")[0])
        raise TooOften(what, entry.ends_at - now)


def count_all(limits: dict[str, Limit]) -> None:
    """Count one more of each, in this order. Raises TooOften at the first that is too many; the rest is not counted."""
    for what, limit in limits.items():
        count(what, limit)


def within(what: str, most: int, seconds: int = DAY) -> bool:
    """Count one more of this; whether that is not too many."""
    try:
        count(what, Limit(most, seconds))
    except TooOften:
        return False
    return True


def uncount(what: str) -> None:
    """Take one back, for what turned out to be nothing that is limited."""
    TimedEntry.objects.live().filter(key=_key(what), number__gt=0).update(number=F("number") - 1)


def in_words(wait: datetime.timedelta) -> str:
    """How long to wait, rounded up: "40 seconds", "5 minutes", "3 hours"."""
    seconds = max(1, math.ceil(wait.total_seconds()))
    if seconds <= MINUTE:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    minutes = math.ceil(seconds / MINUTE)
    if minutes <= 90:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = math.ceil(minutes / 60)
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}


def _key(what: str) -> str:
    """The key tells nobody what is counted."""
    return salted_hmac("checklists.access.limits", what, algorithm="sha256").hexdigest()
