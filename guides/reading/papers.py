"""How a document is shown wherever it is named."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Document

from .addresses import document_url


@dataclass(frozen=True, slots=True)
class Paper:
    """A document with its address, its local name and the language of that, and the tags beside it."""

    document: Document
    url: str
    local_name: str
    lang: str
    tags: tuple[dict[str, str], ...]


def paper(compiled: CompiledCatalogue, key: str, country: str = "") -> Paper:
    """A document as it is called in ``country``, or everywhere."""
    document = compiled.documents[key]
    return Paper(document, document_url(document), *local_name(compiled, document, country), tuple(_tags(document)))


def local_name(compiled: CompiledCatalogue, document: Document, country: str) -> tuple[str, str]:
    """What is printed on a paper in ``country`` (a key or empty), and its language; both empty where it says no more.

    A paper of all countries has one name for each of them, in the order of their keys: "Pasaporte / Passaporte".
    """
    name, home = document.local_name, document.country or ""
    names = name.split(" / ")
    if not home and country and len(names) == len(compiled.countries):
        name, home = names[sorted(compiled.countries).index(country)], country
    return ("", "") if name == document.name else (name, compiled.countries[home].language if home else "")


def _tags(document: Document):
    yield {"kind": document.form}
    if document.translation != "no":
        text = _("Sworn translation") if document.translation == "yes" else _("Sworn translation if foreign")
        yield {"kind": "translation", "text": text}
    if document.apostille != "no":
        text = _("Apostille") if document.apostille == "yes" else _("Apostille if foreign")
        yield {"kind": "apostille", "text": text}
