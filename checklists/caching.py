"""The two kinds of cache in the memory of a process, each with one rule for its keys and a bound in bytes.

What is cached is kept as compressed bytes, so that its size is known to the byte, and whoever asks gets a copy.
"""

import datetime
import pickle
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from functools import partial
from threading import Lock

from django.urls import get_script_prefix
from django.utils.translation import get_language

from guides.catalogue.compiled import CompiledCatalogue

MEGABYTE = 1024 * 1024
# A key stays as it is, since equal keys need not be equal as bytes: so much for its objects and for its place, and
# this many times its length as bytes.
KEY_BYTES, KEY_TIMES = 600, 2


class BoundedCache:
    """Lets go of what was not used for longest once all that it takes comes to more than ``most`` bytes."""

    def __init__(self, most: int):
        self._most, self._size, self._lock = most, 0, Lock()
        self._entries: OrderedDict[Hashable, tuple[bytes, int]] = OrderedDict()

    def get_or_make[T](self, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            if found := self._entries.get(key):
                self._entries.move_to_end(key)
        if found:
            value: T = pickle.loads(zlib.decompress(found[0]))
            return value
        value = make()
        packed = zlib.compress(pickle.dumps(value), 1)
        self._put(key, packed, len(packed) + KEY_BYTES + KEY_TIMES * len(pickle.dumps(key)))
        return value

    def _put(self, key: Hashable, packed: bytes, size: int) -> None:
        with self._lock:
            # Somebody else may have made the same meanwhile.
            self._size += size - self._entries.pop(key, (b"", 0))[1]
            self._entries[key] = packed, size
            while self._size > self._most:
                self._size -= self._entries.popitem(last=False)[1][1]

    @property
    def size(self) -> int:
        """In bytes."""
        return self._size

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self._size = 0


BY_STATE = BoundedCache(4 * MEGABYTE)
BY_DATA = BoundedCache(2 * MEGABYTE)


def cached_for_state[T](
    what: Hashable, state: Hashable, compiled: CompiledCatalogue, today: datetime.date, make: Callable[[], T]
) -> T:
    """What ``make`` returns of a checklist or a firm, made once for each state of it, edition, day and language.

    ``what`` says what is made, and everything that it depends on beside the rest. ``state`` says whose it is, in which
    version, and what its reader may see of it; it is read before anything that is made of it, so that what is cached
    is never older than its key. A preview of the same day has other addresses.
    """
    key = what, state, compiled.number, compiled.digest, today, get_language(), get_script_prefix()
    return BY_STATE.get_or_make(key, make)


def cached_by_data[T](what: Hashable, data: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` returns of ``data`` and nothing else, in this language and with these addresses, whoever asks."""
    return BY_DATA.get_or_make((what, data, get_language(), get_script_prefix()), make)


def cached_for_each[D: Hashable, T](what: Hashable, rows: Iterable[D], make: Callable[[D], T]) -> list[T]:
    """The same for each of many rows of data, in their order; ``make`` takes one of them."""
    language, prefix = get_language(), get_script_prefix()
    return [BY_DATA.get_or_make((what, data, language, prefix), partial(make, data)) for data in rows]


def clear() -> None:
    """Forget everything of both kinds, as a new process has."""
    BY_STATE.clear()
    BY_DATA.clear()
