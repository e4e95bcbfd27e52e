"""What is held of somebody while it is on its way: half-finished sign-ins of any browser, and files to be imported."""

from collections.abc import Iterator
from typing import Any

from django.contrib.sessions.models import Session

from checklists.models import CaseImport

from .subject import Subject

# Under these names django and allauth keep, as text, whose session or whose half-finished sign-in it is.
WHOSE = frozenset({"_auth_user_id", "user_id", "user_pk"})
ENCODINGS = ("utf-8", "utf-16-le", "latin-1")


def sessions_naming(subject: Subject) -> list[str]:
    """The keys of the sessions of all browsers that hold the account, or one of its addresses.

    What a session holds is encoded, so each is read: some 50 microseconds for one.
    """
    number = str(subject.user.pk) if subject.user else ""
    return [
        session.session_key
        for session in Session.objects.iterator()
        if any(_names(key, value, number, subject.emails) for key, value in _values("", session.get_decoded()))
    ]


def imports_naming(subject: Subject) -> list[int]:
    """The keys of the files between upload and import in which an address of theirs stands."""
    signs = {email.encode(encoding) for email in subject.emails for encoding in ENCODINGS}
    return [
        upload.pk for upload in CaseImport.objects.iterator() if any(sign in upload.content.lower() for sign in signs)
    ]


def _values(key: str, value: Any) -> Iterator[tuple[str, str]]:
    """Everything in a session that is no container, as text, with the name it goes by."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield "", str(name)
            yield from _values(str(name), inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(key, inner)
    else:
        yield key, str(value)


def _names(key: str, value: str, number: str, emails: list[str]) -> bool:
    return (key in WHOSE and value == number) or any(email in value.lower() for email in emails)
