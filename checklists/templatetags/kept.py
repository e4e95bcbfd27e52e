"""Rows that are drawn again only when they have changed: a tick changes a few of the hundred lines of a list."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from checklists.presenters.phrases import without_indentation

register = template.Library()

MOST_KEPT = 1024


class _Told:
    """What a row is drawn from. Two that read the same are the same."""

    __slots__ = ("data", "text")

    def __init__(self, data: dict[str, Any]):
        self.data, self.text = data, repr(data)

    def __hash__(self):
        return hash(self.text)

    def __eq__(self, other):
        return self.text == other.text


@register.simple_tag
def kept(template_name, **data):
    """The template with nothing but this data, out of memory if it was drawn from the same before.

    It may hold addresses, and those of a preview are not those of the site.
    """
    return _drawn(template_name, get_language(), get_script_prefix(), _Told(data))


@lru_cache(maxsize=MOST_KEPT)
def _drawn(template_name: str, language: str, prefix: str, told: _Told) -> SafeString:
    return without_indentation(render_to_string(template_name, told.data))
