import datetime
from dataclasses import dataclass

from django.utils.safestring import SafeString

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Faq, Guide

from .addresses import address, guide_url, procedure_url
from .evidence import Evidence
from .markdown import Heading, render


@dataclass(frozen=True, slots=True)
class Link:
    """Another page: its title, what it is about in a sentence or two, and its address."""

    title: str
    summary: str
    url: str


class GuidePage:
    """A guide ready to be shown. ``contents`` are the headings, each with those below it."""

    def __init__(self, compiled: CompiledCatalogue, guide: Guide):
        self.guide = guide
        self.title = guide.title
        self.summary = guide.summary
        self.country = compiled.countries[guide.country]
        self.url = guide_url(guide)
        self.body = render(guide.body, facts=compiled.facts, resolve=lambda kind, key: address(compiled, kind, key))
        self.contents = _nested(self.body.headings)
        self.evidence = Evidence(compiled, self.body)
        self.faqs: list[tuple[Faq, SafeString]] = [(faq, self.evidence.cite(faq.facts)) for faq in guide.faqs]
        self.procedures = [
            Link(procedure.name, procedure.summary, procedure_url(procedure))
            for procedure in (compiled.procedures[key] for key in guide.procedures)
        ]
        self.related = [
            Link(other.title, other.summary, guide_url(other))
            for other in (compiled.guides[key] for key in guide.related)
        ]

    @property
    def verified_on(self) -> datetime.date | None:
        return self.evidence.verified and self.evidence.verified[1]

    @property
    def parts_by_procedure(self) -> dict[str, Heading]:
        """The first heading of each procedure that a part of this guide belongs to."""
        found: dict[str, Heading] = {}
        for heading in self.body.headings:
            if heading.procedure:
                found.setdefault(heading.procedure, heading)
        return found


def _nested(headings: list[Heading]) -> list[tuple[Heading, list[Heading]]]:
    nested: list[tuple[Heading, list[Heading]]] = []
    for heading in headings:
        if heading.level == 3 and nested:
            nested[-1][1].append(heading)
        else:
            nested.append((heading, []))
    return nested
