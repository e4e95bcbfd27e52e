"""What a browser says of itself, in the words by which its owner knows it."""

from django.utils.translation import gettext as _

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
