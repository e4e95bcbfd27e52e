"""Links inside the site that lead nowhere."""

import re
from collections.abc import Iterator

from django.urls import Resolver404, resolve
from django.utils.text import slugify

from ..fields import Entry
from ..problems import Problem
from ..schema import Catalogue
from .places import entries

CITATION = re.compile(r"\[\^([^\]\s]+)\]")
HEADING_PROCEDURE = re.compile(r"\{procedure=([^}\s]*)\}")
SITE_LINK = re.compile(r"\]\((procedure|guide|document):([^)\s]+)\)")
PATH = re.compile(r"\]\((/[^)\s]*)\)")
PAGE = re.compile(r"/(guides|procedures|documents)/(.*)")


def links(catalogue: Catalogue) -> Iterator[Problem]:
    """Citations, marked headings, links by key and paths of the site, in any text, that name what is not there."""
    known = {
        "fact": {fact.key for fact in catalogue.facts},
        "procedure": {procedure.key for procedure in catalogue.procedures},
        "document": {document.key for document in catalogue.documents},
        "guide": {guide.key for guide in catalogue.guides},
    }
    pages = _pages(catalogue)
    for where, entry in entries(catalogue):
        for field, text in _texts(entry):
            for kind, key in dict.fromkeys(_named(text)):
                if key not in known[kind]:
                    yield Problem("error", f"{where} › {field}", f"There is no {kind} “{key}”.", "broken_link")
            for path in dict.fromkeys(PATH.findall(text)):
                if not _leads_somewhere(path.partition("#")[0].partition("?")[0], pages):
                    yield Problem("error", f"{where} › {field}", f"There is no page “{path}”.", "broken_link")


def _texts(entry: Entry) -> Iterator[tuple[str, str]]:
    for field in type(entry).model_fields:
        value = getattr(entry, field)
        if isinstance(value, str) and ("](" in value or "[^" in value or "{procedure=" in value):
            yield field, value


def _named(text: str) -> Iterator[tuple[str, str]]:
    yield from (("fact", key) for key in CITATION.findall(text))
    yield from (("procedure", key) for key in HEADING_PROCEDURE.findall(text))
    yield from SITE_LINK.findall(text)


def _pages(catalogue: Catalogue) -> set[str]:
    """The paths of this catalogue's own pages; its countries may be new to the current edition."""
    countries = {country.key: slugify(country.name) for country in catalogue.countries}
    found = {"/guides/", *(f"/guides/{name}/" for name in countries.values())}
    found |= {f"/guides/{countries.get(guide.country)}/{guide.key}/" for guide in catalogue.guides}
    found |= {f"/procedures/{countries.get(p.country)}/{p.key}/" for p in catalogue.procedures}
    return found | {f"/documents/{document.key}/" for document in catalogue.documents}


def _leads_somewhere(path: str, pages: set[str]) -> bool:
    if PAGE.fullmatch(path):
        return path in pages
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
