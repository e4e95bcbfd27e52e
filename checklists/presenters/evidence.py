"""The facts behind the lines of a checklist: small numbers at a line, each opening a note with the fact."""

from collections.abc import Iterable
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guides.catalogue.compiled import CompiledCatalogue
from guides.markdown import fact_button, note_id
from guides.reading.evidence import fact_in_full

from .wording import without_indentation


class PlanEvidence:
    """The facts that are cited anywhere on one page. Each has one note, which may be opened from many lines."""

    def __init__(self, compiled: CompiledCatalogue):
        self._compiled, self._language = compiled, get_language()
        self._cited: dict[str, None] = {}

    def numbers(self) -> "Numbers":
        """Numbers for one row or card, counted from 1."""
        return Numbers(self._cited, self._language)

    @property
    def notes(self) -> SafeString:
        """What the numbers open."""
        return mark_safe("".join(_note(self._compiled, key, self._language) for key in self._cited))


class Numbers:
    def __init__(self, cited: dict[str, None], language: str):
        self._cited, self._language = cited, language
        self._numbers: dict[str, int] = {}

    def cite(self, facts: Iterable[str]) -> SafeString:
        """The buttons that open the notes of these facts; a fact that was cited in this row keeps its number."""
        buttons = []
        for key in facts:
            self._cited[key] = None
            number = self._numbers.setdefault(key, len(self._numbers) + 1)
            buttons.append(_button(key, number, self._language))
        return mark_safe("".join(buttons))

    def not_cited(self, facts: Iterable[str]) -> list[str]:
        """Those of the facts that have no number here yet."""
        return [key for key in facts if key not in self._numbers]


@lru_cache(maxsize=8192)
def _button(key: str, number: int, language: str) -> SafeString:
    return fact_button(key, number)


@lru_cache(maxsize=4096)
def _note(compiled: CompiledCatalogue, key: str, language: str) -> SafeString:
    """Rendered once for all readers of an edition."""
    fact = render_to_string("components/fact.html", {"fact": fact_in_full(compiled, key)})
    return format_html(
        '<div class="fact-note" id="{0}" popover>{1}<button class="btn btn-secondary btn-sm" type="button" '
        'popovertarget="{0}" popovertargetaction="hide">{2}</button></div>',
        note_id(key),
        without_indentation(fact),
        _("Close"),
    )
