"""What the shared components need besides their context."""

import re
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.dates import MONTHS
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from guides.editions.publishing import current

register = template.Library()

KIND_WORDS = {
    "original": _("Original"),
    "copy": _("Copy"),
    "original_and_copy": _("Original and copy"),
    "digital": _("Digital file"),
    "information": _("Information only"),
    "form": _("Form to fill in"),
    "photo": _("Photo"),
    "payment": _("Payment"),
    "translation": _("Sworn translation"),
    "apostille": _("Apostille"),
    "required": _("Required"),
    "recommended": _("Recommended"),
    "optional": _("Optional"),
    "provisional": _("Depends on an answer"),
    "late": _("Overdue"),
    "official": _("Official source"),
    "secondary": _("Secondary source"),
    "guide": _("Private guide"),
    "unverified": _("Not verified"),
}

PRINTED_DAY = re.compile(r"\b(\d{4})-(0[1-9]|1[0-2])(?:-(\d{2}))?\b")
BOX_ICONS = {"done": "tick", "caution": "warning", "error": "warning"}
MESSAGE_BOXES = {"error": "error", "warning": "caution", "success": "done"}


@register.simple_tag
@lru_cache(maxsize=64)
def icon(name):
    """A symbol of img/icons.svg. Never the only sign: words stand beside it."""
    address = static("img/icons.svg")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', address, name)


@register.filter
def days_in_words(printed):
    """A date as a source prints it, which may be without a day or within words: its days and months written out."""
    return PRINTED_DAY.sub(_in_words, printed)


def _in_words(found):
    year, month, day = found.groups()
    return f"{int(day)} {MONTHS[int(month)]} {year}" if day else f"{MONTHS[int(month)]} {year}"


@register.filter
def kind_word(kind):
    """The word on a tag of this kind."""
    return KIND_WORDS.get(kind, kind)


@register.filter
def box_icon(kind):
    return BOX_ICONS.get(kind, "info")


@register.filter
def message_box(level):
    """The kind of box for the level tag of one of Django's messages."""
    return MESSAGE_BOXES.get(level, "info")


@register.simple_tag
def current_edition():
    """The edition that the site reads: its number and the day of its last verification."""
    return current()
