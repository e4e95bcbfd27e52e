"""How often somebody may try codes that do not exist."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

HOUR = 3600
MOST_BY_ONE = 10
MOST_FROM_ONE_PLACE = 60


def has_tried_enough(request: HttpRequest) -> bool:
    """Whether this account, or this network address, has tried too many wrong codes within the hour."""
    return any(cache.get(key, 0) >= most for key, most in _limits(request).items())


def note_wrong_code(request: HttpRequest) -> None:
    for key in _limits(request):
        cache.add(key, 0, HOUR)
        try:
            cache.incr(key)
        except ValueError:
            # It expired in between: nothing of this hour is left to be counted with.
            continue


def _limits(request: HttpRequest) -> dict[str, int]:
    """Each key of the cache with its limit. The keys tell nobody who it is."""
    place = get_adapter().get_client_ip(request)
    limits = {f"account:{request.user.pk}": MOST_BY_ONE, f"place:{place}": MOST_FROM_ONE_PLACE}
    return {
        f"codes:{salted_hmac('checklists.sharing', what, algorithm='sha256').hexdigest()}": most
        for what, most in limits.items()
    }
