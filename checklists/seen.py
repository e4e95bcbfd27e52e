"""What somebody saw before they changed it: nothing that somebody else saved in between is overwritten unseen.

A page carries the fingerprint of what it shows. Whoever saves compares it with what is there, behind the lock, and
raises ``Changed`` if that is something else; the page that follows shows both (``components/changed.html``).
"""

import hashlib
import json
from collections.abc import Collection
from typing import Any

from django import forms
from django.forms import model_to_dict
from django.http import QueryDict


class Changed(Exception):
    """Somebody changed it after it was shown. ``theirs`` is the row as it is now, None if there is none any more."""

    def __init__(self, theirs: Any):
        super().__init__("It was changed in the meantime.")
        self.theirs = theirs


def fingerprint(*values: Any) -> str:
    """Other values give another text: 16 hexadecimal digits."""
    return hashlib.sha256(json.dumps(values, default=str).encode()).hexdigest()[:16]


def seen_of(row: Any, fields: Collection[str] = ()) -> str:
    """The fingerprint of what these fields of a row hold, or of its ``version`` if none are named; empty for no row."""
    if row is None or row.pk is None:
        return ""
    return fingerprint(model_to_dict(row, fields) if fields else row.version)


class SeenForm(forms.Form):
    """A form that tells what its reader saw. ``seen``: the fingerprint of that; empty for something new."""

    data: QueryDict
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seen: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = seen

    def renew(self, seen: str) -> None:
        """Keep what was sent, for a reader who has seen this by now."""
        self.data = self.data.copy()
        self.data["seen"] = seen

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was sent, as names and values to be sent once more."""
        names = (name for name in self.data if name.partition("-")[0] in self.fields)
        return [(name, value) for name in names for value in self.data.getlist(name)]
