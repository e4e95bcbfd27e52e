"""What can be searched: guides, procedures, documents, pointers and facts, each with its words by field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Document, Fact, Pointer, Procedure
from guides.folding import words

from .addresses import document_url, pointer_url, procedure_url
from .guide_page import GuidePage
from .markdown import note_id

Kind = Literal["guide", "procedure", "document", "pointer", "fact"]


class Passage:
    """A piece of an entry's text, its folded words, and the part of its page where it stands (empty: the top)."""

    __slots__ = ("anchor", "text", "words")

    def __init__(self, text: str, anchor: str = ""):
        self.text = text
        self.anchor = anchor
        self.words = tuple({word for word, *_ in words(text)})


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """``title`` heads the result, ``local_name`` stands below it; ``names`` are all names by which it is known.

    ``country`` is a key, or empty for what both countries ask for; ``lang`` the language of the local name.
    """

    kind: Kind
    key: str
    title: str
    url: str
    country: str
    names: str
    local_name: str = ""
    lang: str = ""
    headings: str = ""
    summary: str = ""
    passages: tuple[Passage, ...] = ()


def entries_of(compiled: CompiledCatalogue, guides: Iterable[GuidePage]) -> list[SearchEntry]:
    pages = list(guides)
    return [
        *(_guide(page) for page in pages),
        *(_procedure(compiled, procedure) for procedure in compiled.procedures.values()),
        *(_document(compiled, document) for document in compiled.documents.values()),
        *(_pointer(compiled, pointer) for pointer in compiled.catalogue.pointers),
        *_facts(compiled, pages),
    ]


def _guide(page: GuidePage) -> SearchEntry:
    answers = (Passage(f"{faq.question} {faq.answer}", "questions") for faq, _ in page.faqs)
    parts = (Passage(part.text, part.heading.id if part.heading else "") for part in page.body.parts if part.text)
    return SearchEntry(
        kind="guide",
        key=page.guide.key,
        title=page.guide.title,
        url=page.url,
        country=page.guide.country,
        names=page.guide.title,
        headings=" ".join(heading.text for heading in page.body.headings),
        summary=page.guide.summary,
        passages=(Passage(page.guide.summary), *parts, *answers),
    )


def _procedure(compiled: CompiledCatalogue, procedure: Procedure) -> SearchEntry:
    authority = compiled.authorities[procedure.authority]
    return SearchEntry(
        kind="procedure",
        key=procedure.key,
        title=procedure.name,
        names=f"{procedure.name} {procedure.local_name}",
        local_name=procedure.local_name,
        lang=compiled.countries[procedure.country].language,
        url=procedure_url(procedure),
        country=procedure.country,
        headings=" ".join([authority.name, authority.local_name, authority.abbreviation]),
        summary=procedure.summary,
        passages=tuple(_procedure_passages(procedure)),
    )


def _procedure_passages(procedure: Procedure) -> Iterator[Passage]:
    yield Passage(f"{procedure.summary} {procedure.reason}")
    for requirement in procedure.requirements:
        yield Passage(f"{requirement.name}. {requirement.why}", "documents")
    for channel in procedure.channels:
        yield Passage(f"{channel.name}. {channel.how}", "channels")
    for step in procedure.steps:
        yield Passage(step.text, "steps")
    for entry, anchor in [*((fee, "fees") for fee in procedure.fees), *((d, "dates") for d in procedure.deadlines)]:
        yield Passage(entry.text, anchor)
    for duty in procedure.recurring:
        yield Passage(duty.text, "again")
    for pitfall in procedure.pitfalls:
        yield Passage(f"{pitfall.text} {pitfall.fix}", "pitfalls")
    for faq in procedure.faqs:
        yield Passage(f"{faq.question} {faq.answer}", "questions")


def _document(compiled: CompiledCatalogue, document: Document) -> SearchEntry:
    return SearchEntry(
        kind="document",
        key=document.key,
        title=document.name,
        names=f"{document.name} {document.local_name}",
        local_name=document.local_name,
        lang=compiled.countries[document.country].language if document.country else "",
        url=document_url(document),
        country=document.country or "",
        passages=tuple(Passage(text) for text in (document.how, document.issuer, document.validity) if text),
    )


def _pointer(compiled: CompiledCatalogue, pointer: Pointer) -> SearchEntry:
    return SearchEntry(
        kind="pointer",
        key=pointer.key,
        title=pointer.name,
        names=f"{pointer.name} {pointer.local_name}",
        local_name=pointer.local_name,
        lang=compiled.countries[pointer.country].language,
        url=pointer_url(pointer),
        country=pointer.country,
        passages=(Passage(pointer.text),),
    )


def _facts(compiled: CompiledCatalogue, guides: Iterable[GuidePage]) -> Iterator[SearchEntry]:
    """The facts that some page cites, each leading to the first such page."""
    pages: dict[str, tuple[str, str]] = {}
    for procedure in compiled.procedures.values():
        for key in procedure.facts:
            pages.setdefault(key, (procedure.name, procedure_url(procedure)))
    for page in guides:
        for key in page.evidence.keys:
            pages.setdefault(key, (page.guide.title, page.url))
    for key, (title, url) in pages.items():
        yield _fact(compiled.facts[key], title, url)


def _fact(fact: Fact, title: str, url: str) -> SearchEntry:
    text = " ".join(filter(None, [fact.statement, fact.note]))
    return SearchEntry(
        kind="fact",
        key=fact.key,
        title=title,
        url=f"{url}#{note_id(fact.key)}",
        country=fact.country,
        names="",
        passages=(Passage(text),),
    )
