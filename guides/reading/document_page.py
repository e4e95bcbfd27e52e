from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Document

from .addresses import procedure_url
from .conditions import when_drawn
from .evidence import Evidence
from .guide_page import Link
from .papers import Paper, paper


@dataclass(frozen=True, slots=True)
class Stand:
    """Another document that this one stands for, or that stands for this one; ``when`` is that of a ``Told``."""

    paper: Paper
    when: SafeString
    facts: SafeString


class DocumentPage:
    """A document ready to be shown: which procedures ask for it and which give it, and what does in its place."""

    def __init__(self, compiled: CompiledCatalogue, document: Document):
        self._compiled = compiled
        self.document = document
        self.paper = paper(compiled, document.key)
        self.url = self.paper.url
        self.country = compiled.countries.get(document.country)
        self.evidence = Evidence(compiled)
        self.cites = self.evidence.cite(document.facts)
        country = document.country or ""
        self.stands_for = [self._stand(cover.document, cover.when, country, cover.facts) for cover in document.covers]
        self.stood_for_by = [
            self._stand(other.key, cover.when, country, cover.facts)
            for other in compiled.documents.values()
            for cover in other.covers
            if cover.document == document.key
        ]
        self.given_by = [_link(compiled, key) for key in compiled.producers.get(document.key, ())]
        self.asked_by = {
            country: links
            for country in compiled.countries.values()
            if (links := [_link(compiled, p.key) for p in compiled.procedures_of[country.key] if _asks(p, document)])
        }

    def _stand(self, key: str, when: str, country: str, facts: Iterable[str]) -> Stand:
        return Stand(
            paper(self._compiled, key, country), when_drawn(self._compiled, when, country), self.evidence.cite(facts)
        )


def _link(compiled: CompiledCatalogue, key: str) -> Link:
    procedure = compiled.procedures[key]
    return Link(procedure.name, procedure.summary, procedure_url(procedure))


def _asks(procedure, document: Document) -> bool:
    return any(
        document.key in alternative.documents
        for requirement in procedure.requirements
        for alternative in requirement.alternatives
    )
