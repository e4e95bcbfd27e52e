"""Django's cache in a table of the project's own, for django-allauth: its limits, and the codes that were used."""

import datetime
import json
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.utils import timezone
from django.utils.crypto import salted_hmac

from checklists.models import TimedEntry

NEVER = datetime.datetime(9999, 1, 1, tzinfo=datetime.UTC)


class SharedCache(BaseCache):
    """Keeps each entry until its own end, however many there are; of several who add the same, exactly one does.

    Values are what JSON can hold. For things that may be lost and made anew, ``checklists/caching.py`` is quicker.
    """

    def __init__(self, _location, params):
        super().__init__(params)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        entry = TimedEntry.objects.count_one(self._hashed(key, version), self._end(timeout), json.dumps(value))
        return entry.number == 1

    def get(self, key, default=None, version=None) -> Any:
        found = TimedEntry.objects.live().filter(key=self._hashed(key, version)).first()
        return default if found is None else json.loads(found.value)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> None:
        # Counted as one, so that nobody can add it.
        entry = TimedEntry(
            key=self._hashed(key, version), number=1, value=json.dumps(value), ends_at=self._end(timeout)
        )
        TimedEntry.objects.bulk_create(
            [entry], update_conflicts=True, unique_fields=["key"], update_fields=["number", "value", "ends_at"]
        )

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        entry = TimedEntry.objects.live().filter(key=self._hashed(key, version))
        return bool(entry.update(ends_at=self._end(timeout)))

    def delete(self, key, version=None) -> bool:
        deleted, _rows = TimedEntry.objects.live().filter(key=self._hashed(key, version)).delete()
        return bool(deleted)

    def incr(self, key, delta=1, version=None):
        """Not here: Django's own way reads, adds and writes, and two who count at once would be one."""
        raise NotImplementedError("Count with checklists.access.limits.")

    def clear(self) -> None:
        TimedEntry.objects.all().delete()

    def _hashed(self, key: str, version: int | None) -> str:
        """The keys of allauth hold network addresses, the table does not."""
        whole = self.make_key(key, version=version)
        return salted_hmac("checklists.access.shared_cache", whole, algorithm="sha256").hexdigest()

    def _end(self, timeout: float | None) -> datetime.datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return NEVER if seconds is None else timezone.now() + datetime.timedelta(seconds=seconds)
