"""What a browser says of itself, in the words by which its owner knows it, and in whose accounts it has been before."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from checklists.models import User

KNOWN_SECONDS = 365 * 24 * 3600
# So many people may share a browser without word of it to each at every turn.
MOST_ACCOUNTS = 6

# Browsers name those that they want to be taken for as well, so the order decides.
PROGRAMS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
DEVICES = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
]


def browser_in_words(user_agent: str) -> str:
    """Like "Firefox, Windows"; what it says itself, shortened, where neither is known."""
    known = [next((name for sign, name in names if sign in user_agent), "") for names in (PROGRAMS, DEVICES)]
    return ", ".join(filter(None, known)) or user_agent[:60] or _("A browser that does not say what it is")


def is_known(request: HttpRequest, user: User) -> bool:
    """Whether this person has signed in with this browser within a year."""
    return _mark(user) in _marks(request)


def make_known(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Mark the browser, in a cookie from which nobody can tell whose account it was."""
    others = [mark for mark in _marks(request) if mark != _mark(user)]
    response.set_cookie(
        settings.BROWSER_COOKIE,
        ".".join([_mark(user), *others][:MOST_ACCOUNTS]),
        max_age=KNOWN_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE or request.is_secure(),
    )


def _marks(request: HttpRequest) -> list[str]:
    return [mark for mark in request.COOKIES.get(settings.BROWSER_COOKIE, "").split(".") if mark]


def _mark(user: User) -> str:
    return salted_hmac("checklists.access.accounts.browsers", str(user.pk), algorithm="sha256").hexdigest()[:32]
