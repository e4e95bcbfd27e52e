"""The facts behind the lines of a checklist: small numbers at a line, each opening a note with the fact."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.caching import cached_for_each
from guides.catalogue.compiled import CompiledCatalogue
from guides.reading.doubts import is_overdue
from guides.reading.evidence import fact_in_full
from guides.reading.markdown import fact_button, note_id

from .phrases import series, without_indentation


class PlanEvidence:
    """The facts that are cited anywhere on one page. Each has one note, which may be opened from many lines."""

    def __init__(self, compiled: CompiledCatalogue, today: datetime.date):
        self.compiled = compiled
        self.overdue = {fact.key for fact in compiled.catalogue.facts if is_overdue(fact, today)}
        self.cited: dict[str, None] = {}

    def numbers(self) -> "Numbers":
        """Numbers for one row or card, counted from 1."""
        return Numbers(self)

    @property
    def notes(self) -> SafeString:
        """What the numbers open."""
        compiled = self.compiled
        data = [(compiled.number, compiled.digest, key, key in self.overdue) for key in self.cited]
        return mark_safe("".join(cached_for_each("note", data, lambda one: _note(compiled, *one[2:]))))


class Numbers:
    def __init__(self, page: PlanEvidence):
        self._page = page
        self._numbers: dict[str, int] = {}

    def cite(self, facts: Iterable[str]) -> SafeString:
        """The buttons that open the notes of these facts; a fact that was cited in this row keeps its number."""
        numbered = []
        for key in facts:
            self._page.cited[key] = None
            numbered.append((key, self._numbers.setdefault(key, len(self._numbers) + 1)))
        return mark_safe("".join(cached_for_each("button", numbered, fact_button)))

    def not_cited(self, facts: Iterable[str]) -> list[str]:
        """Those of the facts that have no number here yet."""
        return [key for key in facts if key not in self._numbers]

    def sources(self) -> list[dict[str, Any]]:
        """What stands behind each fact: {number, confidence, verified_on, sources}, by number."""
        facts, sources = self._page.compiled.facts, self._page.compiled.sources
        return [
            {
                "number": number,
                "confidence": facts[key].confidence,
                "verified_on": facts[key].verified_on,
                "sources": [sources[source] for source in facts[key].sources],
            }
            for key, number in self._numbers.items()
        ]

    def verified(self) -> str:
        """The last day on which one of the facts was verified, in words."""
        days = [day for key in self._numbers if (day := self._page.compiled.facts[key].verified_on)]
        return date_format(max(days), "j F Y") if days else ""

    def doubts(self) -> list[str]:
        """What speaks against relying on the facts cited so far, in sentences that name their numbers."""
        overdue = self._named(key for key in self._numbers if key in self._page.overdue)
        disputed = self._named(key for key in self._numbers if key in self._page.compiled.disagreements)
        found = []
        if overdue:
            text = _("Should have been checked again by now: %(facts)s. Ask the office before you rely on it.")
            found.append(text % {"facts": overdue})
        if disputed:
            found.append(_("Sources disagree: see %(facts)s.") % {"facts": disputed})
        return found

    def _named(self, facts: Iterable[str]) -> str:
        """ "fact 2" or "facts 2 and 5"; nothing if there are none."""
        numbers = [str(self._numbers[key]) for key in facts]
        if not numbers:
            return ""
        return ngettext("fact %(numbers)s", "facts %(numbers)s", len(numbers)) % {"numbers": series(numbers, 99)}


def _note(compiled: CompiledCatalogue, key: str, overdue: bool) -> SafeString:
    """The same for all readers of an edition, until its review is overdue."""
    fact = render_to_string("components/fact.html", {"fact": fact_in_full(compiled, key, overdue=overdue)})
    return format_html(
        '<div class="fact-note" id="{0}" popover>{1}<button class="button button--small" type="button" '
        'popovertarget="{0}" popovertargetaction="hide">{2}</button></div>',
        note_id(key),
        without_indentation(fact),
        _("Close"),
    )
