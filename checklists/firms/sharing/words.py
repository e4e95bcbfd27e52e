"""What a client shares, in words; and codes as people write them down and type them in."""

from django.utils.translation import gettext as _

from checklists.models import CasePerson, ShareCode
from checklists.models.sharing import ALPHABET, CODE_LENGTH
from checklists.presenters.phrases import series

SHARES = ("shares_checklist", "shares_documents", "shares_notes")
GROUP = 4


def describe_shares(shared: list[str]) -> str:
    """What is shared, in words to the client."""
    names = {
        "checklist": _("the checklist with your answers"),
        "documents": _("your documents"),
        "notes": _("your notes"),
    }
    return series([names[name] for name in shared]) or _("nothing but messages")


def describe_shares_to_firm(shared: list[str]) -> str:
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


def written(code: str) -> str:
    """ABCD-EFGH-JKLM, to be read out and compared."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_code(text: str) -> str:
    """The code in what somebody typed: capitals, without spaces, dashes and other signs; empty if it is none.

    No code holds O, 0, I, 1 or L, so nothing can be mistaken for another code by guessing what was meant.
    """
    signs = "".join(sign for sign in text[:100].upper() if sign.isalnum())
    return signs if len(signs) == CODE_LENGTH and set(signs) <= set(ALPHABET) else ""
