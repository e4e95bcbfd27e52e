"""How often somebody may try codes that do not exist."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from .limits import HOUR, count, reached

MOST_BY_ONE = 10
MOST_FROM_ONE_PLACE = 60


def has_tried_enough(request: HttpRequest) -> bool:
    """Whether this account, or this network address, has tried too many wrong codes within the hour."""
    return any(reached(what, most) for what, most in _limits(request).items())


def note_wrong_code(request: HttpRequest) -> None:
    for what in _limits(request):
        count(what, HOUR)


def _limits(request: HttpRequest) -> dict[str, int]:
    """What is counted, each with its limit."""
    place = get_adapter().get_client_ip(request)
    return {f"code:account:{request.user.pk}": MOST_BY_ONE, f"code:place:{place}": MOST_FROM_ONE_PLACE}
