"""How a document is shown wherever it is named."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Document

from .addresses import document_url


@dataclass(frozen=True, slots=True)
class Paper:
    """A document with its address, the language of its local name and the tags beside it."""

    document: Document
    url: str
    lang: str
    tags: tuple[dict[str, str], ...]


def paper(compiled: CompiledCatalogue, key: str) -> Paper:
    document = compiled.documents[key]
    lang = compiled.countries[document.country].language if document.country else ""
    return Paper(document, document_url(document), lang, tuple(_tags(document)))


def _tags(document: Document):
    yield {"kind": document.form}
    if document.translation != "no":
        text = _("Sworn translation") if document.translation == "yes" else _("Sworn translation if foreign")
        yield {"kind": "translation", "text": text}
    if document.apostille != "no":
        text = _("Apostille") if document.apostille == "yes" else _("Apostille if foreign")
        yield {"kind": "apostille", "text": text}
