"""Answer templates: a text with merge fields like ``{client}``, which are filled in for one person of a case."""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Each field with what stands in its place.
FIELDS = {
    "client": gettext_lazy("the client's name"),
    "firm": gettext_lazy("the name of your firm"),
    "advisor": gettext_lazy("the name of whoever sends it"),
    "next_step": gettext_lazy("what falls on the next deadline, or what can be started"),
    "deadline": gettext_lazy("the day of the next deadline"),
    "destination": gettext_lazy("the country that the client moves to"),
}

FIELD = re.compile(r"\{\s*([^{}\n]*?)\s*\}")


def check(text: str) -> None:
    """Raises ValidationError, with one message for each field that does not exist."""
    unknown = [name for name in dict.fromkeys(FIELD.findall(text)) if name not in FIELDS]
    known = ", ".join(f"{{{name}}}" for name in FIELDS)
    if unknown:
        raise ValidationError(
            [
                _("There is no field {%(name)s}. These are there: %(known)s.") % {"name": name, "known": known}
                for name in unknown
            ]
        )


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in. A field without a value stays as it is, for the sender to see."""
    return FIELD.sub(lambda found: values.get(found[1]) or found[0], text)
