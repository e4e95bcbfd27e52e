"""Conditions as they stand at a line of a page."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from guides.catalogue.compiled import CompiledCatalogue

from .wording import as_phrase, in_words, is_short


def when_drawn(compiled: CompiledCatalogue, condition: str, country: str, given: str = "") -> SafeString:
    """When something holds on a page about ``country``: a phrase, or a fold with the cases; empty for everybody.

    ``given`` is a condition that the page has said before.
    """
    clauses = in_words(compiled, condition, country, given)
    if clauses == []:
        return SafeString("")
    phrase = as_phrase(clauses) if clauses and is_short(clauses) else ""
    return SafeString(render_to_string("guides/parts/when.html", {"phrase": phrase, "clauses": clauses}).strip())
