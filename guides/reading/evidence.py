"""The facts that a page cites: numbered, with their sources and the days on which they were verified."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from guides import clock
from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Source

from .doubts import CONFIDENCES, is_overdue, otherwise
from .markdown import Rendered, fact_button, note_id


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A publication with the numbers of the facts that rest on it, each a button that opens its fact.

    ``confidences`` are those of these facts, the surest first.
    """

    source: Source
    buttons: SafeString
    confidences: list[str]


def fact_in_full(compiled: CompiledCatalogue, key: str, *, overdue: bool) -> dict[str, Any]:
    """The fields of a fact with its sources in place of their keys, as ``components/fact.html`` takes them."""
    fact = compiled.facts[key]
    return {
        **{name: getattr(fact, name) for name in type(fact).model_fields},
        "sources": [compiled.sources[source] for source in fact.sources],
        "overdue": overdue,
        "others": otherwise(compiled, key),
    }


class Evidence:
    """The facts of one page in the order in which they are cited; the first has number 1.

    A page is kept as long as its edition, but the day goes on: what depends on it is worked out when it is asked for.
    """

    def __init__(self, compiled: CompiledCatalogue, body: Rendered | None = None):
        self._compiled = compiled
        self._numbers = {key: number for number, key in enumerate(body.facts if body else (), 1)}
        self._together = dict.fromkeys(body.together if body else ())
        self._notes: dict[tuple[str, ...], SafeString] = {}

    def cite(self, facts: Iterable[str]) -> SafeString:
        """The button that opens these facts, numbered on where they have no number yet."""
        numbered = sorted(
            ((key, self._numbers.setdefault(key, len(self._numbers) + 1)) for key in facts), key=itemgetter(1)
        )
        if len(numbered) > 1:
            self._together[tuple(key for key, _number in numbered)] = None
        return fact_button(*numbered)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._numbers)

    @property
    def overdue(self) -> tuple[str, ...]:
        """The facts whose review is overdue today."""
        today = clock.today()
        return tuple(key for key in self._numbers if is_overdue(self._compiled.facts[key], today))

    @property
    def notes(self) -> SafeString:
        """What the buttons open: a note for each fact, and one for those that stand side by side.

        They are drawn again when another fact falls due.
        """
        overdue = self.overdue
        if overdue not in self._notes:
            self._notes = {overdue: self._draw(overdue)}
        return self._notes[overdue]

    def _draw(self, overdue: tuple[str, ...]) -> SafeString:
        told = {
            key: {"number": number, "fact": fact_in_full(self._compiled, key, overdue=key in overdue)}
            for key, number in self._numbers.items()
        }
        opened = [*((key,) for key in told), *self._together]
        notes = (
            render_to_string("components/fact_note.html", {"id": note_id(*keys), "facts": [told[key] for key in keys]})
            for keys in opened
        )
        return format_html_join("", "{}", ((note,) for note in notes))

    @cached_property
    def sources(self) -> list[CitedSource]:
        """The publications behind the facts, in the order in which the facts name them."""
        resting: dict[str, list[str]] = {}
        for key in self._numbers:
            for source in self._compiled.facts[key].sources:
                resting.setdefault(source, []).append(key)
        return [self._cited(self._compiled.sources[source], keys) for source, keys in resting.items()]

    def _cited(self, source: Source, keys: list[str]) -> CitedSource:
        confidences = {self._compiled.facts[key].confidence for key in keys}
        return CitedSource(
            source,
            mark_safe(" ".join(self.cite([key]) for key in keys)),
            [confidence for confidence in CONFIDENCES if confidence in confidences],
        )

    @cached_property
    def confidence(self) -> list[tuple[str, int]]:
        """How many facts there are of each confidence, the surest first."""
        counted = Counter(self._compiled.facts[key].confidence for key in self._numbers)
        return [(confidence, counted[confidence]) for confidence in CONFIDENCES if counted[confidence]]

    @cached_property
    def verified(self) -> tuple[datetime.date, datetime.date] | None:
        """The first and the last day on which facts of this page were verified, or None."""
        days = [day for key in self._numbers if (day := self._compiled.facts[key].verified_on)]
        return (min(days), max(days)) if days else None
