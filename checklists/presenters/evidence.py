"""The facts behind the lines of a checklist: small numbers at a line, each opening a note with the fact."""

import datetime
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.caching import cached_by_data
from guides.catalogue.compiled import CompiledCatalogue
from guides.reading.doubts import is_overdue
from guides.reading.evidence import fact_in_full
from guides.reading.markdown import fact_button, note_id

from .phrases import series, without_indentation


class PlanEvidence:
    """The facts that are cited anywhere on one page. Those cited together have one note, opened from many lines."""

    def __init__(self, compiled: CompiledCatalogue, today: datetime.date):
        self.compiled = compiled
        self.overdue = {fact.key for fact in compiled.catalogue.facts if is_overdue(fact, today)}
        self.cited: dict[tuple[str, ...], None] = {}

    def numbers(self) -> "Numbers":
        """Numbers for one row or page, counted from 1."""
        return Numbers(self)

    @property
    def notes(self) -> SafeString:
        """What the numbers open."""
        return format_html_join("", "{}", ((self._note(keys),) for keys in self.cited))

    def _note(self, keys: tuple[str, ...]) -> SafeString:
        """The same for all readers of an edition, until a review of its facts is overdue."""
        compiled = self.compiled
        data = (compiled.number, compiled.digest, tuple((key, key in self.overdue) for key in keys))
        return cached_by_data("note", data, lambda: _note(compiled, data[2]))


class Numbers:
    def __init__(self, page: PlanEvidence, numbers: dict[str, int] | None = None):
        self._page = page
        self._numbers = {} if numbers is None else numbers

    def cite(self, facts: Iterable[str]) -> SafeString:
        """The button that opens the note of these facts; a fact that was cited before keeps its number."""
        ordered = self._numbered(facts)
        if not ordered:
            return SafeString("")
        self._page.cited[tuple(key for key, _number in ordered)] = None
        return cached_by_data("button", ordered, lambda: fact_button(*ordered))

    def _numbered(self, facts: Iterable[str]) -> tuple[tuple[str, int], ...]:
        """Each fact with its number, by number."""
        found = {key: self._numbers.setdefault(key, len(self._numbers) + 1) for key in facts}
        return tuple(sorted(found.items(), key=itemgetter(1)))

    def not_cited(self, facts: Iterable[str]) -> list[str]:
        """Those of the facts that have no number here yet."""
        return [key for key in facts if key not in self._numbers]

    def folded(self) -> "FoldedNumbers":
        """The same numbers for what is folded away: they lead to the list of sources, without a note for each."""
        return FoldedNumbers(self._page, self._numbers)

    def sources(self) -> list[dict[str, Any]]:
        """What stands behind each fact, by number: {number, id, confidence, verified_on, sources}."""
        compiled = self._page.compiled
        return [
            {
                "number": number,
                "id": _source_id(number),
                "confidence": compiled.facts[key].confidence,
                "verified_on": compiled.facts[key].verified_on,
                "sources": [compiled.sources[source] for source in compiled.facts[key].sources],
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


class FoldedNumbers(Numbers):
    def cite(self, facts: Iterable[str]) -> SafeString:
        """A link to the first of these facts in the list of sources."""
        numbers = [number for _key, number in self._numbered(facts)]
        if not numbers:
            return SafeString("")
        shown = ", ".join(map(str, numbers))
        label = ngettext("Source of fact %(numbers)s", "Sources of facts %(numbers)s", len(numbers))
        return format_html(
            '<span class="cite">\u2060<a class="fact-ref" href="#{}" aria-label="{}">{}</a></span>',
            _source_id(numbers[0]),
            label % {"numbers": shown},
            shown,
        )


def _source_id(number: int) -> str:
    return f"source-{number}"


def _note(compiled: CompiledCatalogue, facts: tuple[tuple[str, bool], ...]) -> SafeString:
    """``facts``: their keys, and whether the review of each is overdue."""
    told = [
        render_to_string("components/fact.html", {"fact": fact_in_full(compiled, key, overdue=overdue)})
        for key, overdue in facts
    ]
    return format_html(
        '<div class="fact-note" id="{0}" popover>{1}<button class="button button--small" type="button" '
        'popovertarget="{0}" popovertargetaction="hide">{2}</button></div>',
        note_id(*(key for key, _overdue in facts)),
        without_indentation(mark_safe("".join(told))),
        _("Close"),
    )
