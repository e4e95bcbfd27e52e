from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Document

from .addresses import procedure_url
from .evidence import Evidence
from .guide_page import Link
from .papers import paper


class DocumentPage:
    """A document ready to be shown: which procedures ask for it and which give it."""

    def __init__(self, compiled: CompiledCatalogue, document: Document):
        self.document = document
        self.paper = paper(compiled, document.key)
        self.url = self.paper.url
        self.country = compiled.countries.get(document.country)
        self.evidence = Evidence(compiled)
        self.cites = self.evidence.cite(document.facts)
        self.given_by = [_link(compiled, key) for key in compiled.producers.get(document.key, ())]
        self.asked_by = {
            country: links
            for country in compiled.countries.values()
            if (links := [_link(compiled, p.key) for p in compiled.procedures_of[country.key] if _asks(p, document)])
        }


def _link(compiled: CompiledCatalogue, key: str) -> Link:
    procedure = compiled.procedures[key]
    return Link(procedure.name, procedure.summary, procedure_url(procedure))


def _asks(procedure, document: Document) -> bool:
    return any(
        document.key in alternative.documents
        for requirement in procedure.requirements
        for alternative in requirement.alternatives
    )
