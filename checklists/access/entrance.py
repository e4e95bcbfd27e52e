"""Limits in front of the pages of an account: before a password is hashed, an email is sent or a code is compared.

They are counted exactly, for each network, address, browser and for the whole site. What allauth limits for an account
comes after them.
"""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guides.networks import network_of

from .limits import HOUR, MINUTE, Limit, TooOften, count, in_words

PATHS = "/account/"
# Hashing one password takes some 20 ms, and 300 where an old one is still kept as PBKDF2. So it gets a part of the time
# of the processes, and never all of it.
PASSWORD_FIELDS = ("password", "password1", "oldpassword")
PASSWORDS_OF_NETWORK, PASSWORDS_OF_SITE = Limit(8, 10), Limit(40, 10)
# Where somebody types an address, and an email is sent there whoever they are.
MAILS = {
    "account_email",
    "account_request_login_code",
    "account_reset_password",
    "account_signup",
    "account_signup_by_passkey",
}
MAILS_TO_ADDRESS, MAILS_OF_NETWORK, MAILS_OF_SITE = Limit(10, HOUR), Limit(60, HOUR), Limit(1000, HOUR)
# Where a code is typed. A code is good for three tries; those that one browser sends at the same moment count here.
CODES = {
    "account_confirm_login_code",
    "account_confirm_password_reset_code",
    "account_email_verification_sent",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_reauthenticate",
}
CODES_OF_BROWSER, CODES_OF_NETWORK, CODES_OF_SITE = (
    Limit(12, 10 * MINUTE),
    Limit(60, 10 * MINUTE),
    Limit(1000, 10 * MINUTE),
)
SITE = "entrance:site:"


class EntranceLimitsMiddleware:
    """Answers 429 when too much is sent to the pages of an account, and says how long to wait."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Here the view is known, and a form that another site sent was refused before it counts."""
        if request.method != "POST" or not request.path_info.startswith(PATHS):
            return None
        try:
            for what, limit in _limits(request):
                count(what, limit)
        except TooOften as refusal:
            return too_often(request, refusal)
        return None


def _limits(request: HttpRequest) -> Iterator[tuple[str, Limit]]:
    """What is counted, the narrowest first: what one network sends too much does not count for the whole site."""
    network, page = network_of(request), request.resolver_match.url_name
    if any(request.POST.get(field) for field in PASSWORD_FIELDS):
        # Strangers cannot keep those waiting who are signed in.
        who = "account" if request.user.is_authenticated else "stranger"
        yield f"entrance:passwords:{network}", PASSWORDS_OF_NETWORK
        yield f"{SITE}passwords:{who}", PASSWORDS_OF_SITE
    address = request.POST.get("email", "").strip().lower()
    if page in MAILS and "@" in address:
        yield f"entrance:mails:{network}", MAILS_OF_NETWORK
        yield f"entrance:mails:to:{address}", MAILS_TO_ADDRESS
        yield f"{SITE}mails", MAILS_OF_SITE
    if page in CODES and "code" in request.POST:
        if request.session.session_key:
            yield f"entrance:codes:browser:{request.session.session_key}", CODES_OF_BROWSER
        yield f"entrance:codes:{network}", CODES_OF_NETWORK
        yield f"{SITE}codes", CODES_OF_SITE


def too_often(request: HttpRequest, refusal: TooOften, happened: str = "") -> HttpResponse:
    """The page for whoever has to wait, and how long. ``happened``: of what it was too much, if not of signing in."""
    context = {"wait": in_words(refusal.wait), "is_site": refusal.what.startswith(SITE), "happened": happened}
    response = render(request, "429.html", context, status=429)
    response.headers["Retry-After"] = refusal.seconds
    return response
