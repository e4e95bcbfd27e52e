"""The pages of one edition, each made when it is first asked for and then kept."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Entry
from guides.editions.publishing import current

from .document_page import DocumentPage
from .guide_page import GuidePage
from .procedure_page import ProcedurePage
from .search import SearchIndex


class Library:
    """An edition in one language. Looking up a page raises KeyError for a key that it does not have."""

    def __init__(self, compiled: CompiledCatalogue):
        self.compiled = compiled
        self._kept: dict[tuple[Callable, str], Any] = {}

    def guide(self, key: str) -> GuidePage:
        return self._page(GuidePage, self.compiled.guides[key])

    def procedure(self, key: str) -> ProcedurePage:
        return self._page(ProcedurePage, self.compiled.procedures[key])

    def document(self, key: str) -> DocumentPage:
        return self._page(DocumentPage, self.compiled.documents[key])

    def guides_of(self, country: str) -> list[GuidePage]:
        """The guides of a country in their order."""
        found = (guide for guide in self.compiled.guides.values() if guide.country == country)
        return [self.guide(guide.key) for guide in sorted(found, key=lambda guide: (guide.order, guide.key))]

    @cached_property
    def index(self) -> SearchIndex:
        return SearchIndex(self.compiled, [self.guide(key) for key in self.compiled.guides])

    def _page(self, make: Callable[[CompiledCatalogue, Any], Any], entry: Entry) -> Any:
        if (make, entry.key) not in self._kept:
            self._kept[make, entry.key] = make(self.compiled, entry)
        return self._kept[make, entry.key]


def library() -> Library:
    """The current edition in the reader's language."""
    return current().kept(_library, get_language())


def _library(compiled: CompiledCatalogue, language: str) -> Library:
    return Library(compiled)
