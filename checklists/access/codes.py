"""How often somebody may try codes, and that no code is taken twice."""

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from django.http import HttpRequest

from guides.networks import network_of

from .limits import HOUR, Limit, TooOften, count_all, uncount, within

MOST_BY_ONE = 10
MOST_FROM_ONE_PLACE = 60


def may_try(request: HttpRequest) -> bool:
    """Count one more try of a code; whether this account, or this network, has not tried too many within the hour."""
    try:
        count_all(_limits(request))
    except TooOften:
        return False
    return True


def was_right(request: HttpRequest) -> None:
    """A code that exists is no guess: take the try back."""
    for what in _limits(request):
        uncount(what)


def _limits(request: HttpRequest) -> dict[str, Limit]:
    return {
        f"code:account:{request.user.pk}": Limit(MOST_BY_ONE, HOUR),
        f"code:place:{network_of(request)}": Limit(MOST_FROM_ONE_PLACE, HOUR),
    }


class TakenOnce:
    """A form for the code of somebody's app: none is taken twice while it is good.

    allauth notes a used code for one period. With ``MFA_TOTP_TOLERANCE`` it is good for more of them.
    """

    def clean_code(self) -> str:
        code = super().clean_code()
        seconds = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        if not within(f"factor:{self.user.pk}:{normalize_user_code(code)}", 1, seconds):
            raise get_adapter().validation_error("incorrect_code")
        return code
