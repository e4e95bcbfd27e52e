"""The publications that a changed line rests on, in a form that outlives its edition."""

from collections.abc import Iterable
from dataclasses import dataclass

from guides.catalogue.compiled import CompiledCatalogue
from guides.reading.evidence import CONFIDENCES

MOST = 2


@dataclass(frozen=True, slots=True)
class Cited:
    publisher: str
    title: str
    url: str


def cited(compiled: CompiledCatalogue, facts: Iterable[str]) -> tuple[Cited, ...]:
    """The sources of these facts, at most ``MOST``: those of the surest facts first, then in the order given."""
    known = [compiled.facts[key] for key in facts if key in compiled.facts]
    surest = sorted(known, key=lambda fact: CONFIDENCES.index(fact.confidence))
    keys = list(dict.fromkeys(source for fact in surest for source in fact.sources))[:MOST]
    sources = (compiled.sources[key] for key in keys)
    return tuple(Cited(source.publisher, source.title, source.url) for source in sources)
