"""Text of one line, as people type or paste it.

What would break a line, control a terminal or turn the direction in which it is read is taken out, not refused: it
comes with copied text, nobody sees it, and no words about it could help.
"""

import re
import unicodedata
from typing import Any

from django import forms

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def one_line(text: str) -> str:
    """The text on one line: a space for what breaks or controls it, and nothing that turns its direction."""
    text = DIRECTIONS.sub("", text)
    if not CONTROLS.search(text):
        return text
    return " ".join(filter(None, (part.strip() for part in CONTROLS.split(text))))


def visible(text: str) -> str:
    """The text on one line, without any of the invisible characters that come with copied text."""
    return "".join(char for char in one_line(text) if unicodedata.category(char) != "Cf")


class LineField(forms.CharField):
    """A text of one line."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(one_line(value) if isinstance(value, str) else value)


class VisibleText(forms.Field):
    """For fields in which an invisible character can only be a slip."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(visible(value) if isinstance(value, str) else value)


class AddressField(VisibleText, forms.EmailField):
    """An email address."""


class LinkField(VisibleText, forms.URLField):
    """The address of a page."""


class WholeNumberField(VisibleText, forms.IntegerField):
    """A whole number."""


class NumberField(VisibleText, forms.DecimalField):
    """A number that may have decimals."""


class PlainDateField(VisibleText, forms.DateField):
    """A day as a browser's own field for dates sends it."""
