"""Which day is today: the calendar's, unless a preview shows the site as of another day."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_shown: ContextVar[datetime.date | None] = ContextVar("day that is shown as today", default=None)


def today() -> datetime.date:
    """The day for which pages are drawn, in the site's time zone."""
    return _shown.get() or timezone.localdate()


@contextmanager
def as_of(day: datetime.date) -> Iterator[None]:
    """Inside, ``today()`` is this day."""
    token = _shown.set(day)
    try:
        yield
    finally:
        _shown.reset(token)
