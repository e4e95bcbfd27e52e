"""How often something may happen within a time."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

HOUR = 3600
DAY = 24 * HOUR


def within(what: str, most: int) -> bool:
    """Count one more of this today; whether that is not too many."""
    return count(what, DAY) <= most


def count(what: str, seconds: int) -> int:
    """Count one more of this; how often it was since the first, which is forgotten after so many seconds."""
    key = _key(what)
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # It expired in between.
        return 1


def reached(what: str, most: int) -> bool:
    """Whether this was counted so often already."""
    return cache.get(_key(what), 0) >= most


def _key(what: str) -> str:
    """The key tells nobody what is counted."""
    return f"limit:{salted_hmac('checklists.access.limits', what, algorithm='sha256').hexdigest()}"
