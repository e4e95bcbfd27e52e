"""A cache in the memory of the process that takes no more than its share of it."""

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache


class BoundedMemoryCache(LocMemCache):
    """Lets go of what was not used for longest once the values come to more than ``MAX_BYTES``."""

    def __init__(self, name, params):
        super().__init__(name, params)
        self._max_bytes = params["OPTIONS"]["MAX_BYTES"]

    def _set(self, key, value, timeout=DEFAULT_TIMEOUT):
        super()._set(key, value, timeout)
        # What is kept took far longer to make than these lengths take to add up.
        held = sum(map(len, self._cache.values()))
        while held > self._max_bytes:
            oldest, dropped = self._cache.popitem()
            del self._expire_info[oldest]
            held -= len(dropped)
