from django.utils.translation import gettext as _

from checklists.models import CasePerson, ShareCode
from checklists.presenters.phrases import series


def said(shared: list[str]) -> str:
    """The same in words to the client."""
    names = {
        "checklist": _("the checklist with your answers"),
        "documents": _("your documents"),
        "notes": _("your notes"),
    }
    return series([names[name] for name in shared]) or _("nothing but messages")


def said_to_firm(shared: list[str]) -> str:
    """The same in words to a firm."""
    names = {
        "checklist": _("the checklist with all answers"),
        "documents": _("the documents"),
        "notes": _("their own notes"),
    }
    return series([names[name] for name in shared]) or _("nothing but messages")


def shared_by(place: CasePerson | ShareCode) -> list[str]:
    """What is shared: of "checklist", "documents" and "notes"; the last two are parts of the first."""
    if not place.shares_checklist:
        return []
    return [name.removeprefix("shares_") for name in SHARES if getattr(place, name)]


SHARES = ("shares_checklist", "shares_documents", "shares_notes")
