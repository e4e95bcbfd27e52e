"""How often something may happen in a day."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

DAY = 24 * 3600


def within(what: str, most: int) -> bool:
    """Count one more of this today; whether that is not too many. The key tells nobody what is counted."""
    key = f"limit:{salted_hmac('checklists.limits', what, algorithm='sha256').hexdigest()}"
    cache.add(key, 0, DAY)
    try:
        return cache.incr(key) <= most
    except ValueError:  # It expired in between.
        return True
