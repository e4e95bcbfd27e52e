"""Where the entries of an edition have their pages."""

from django.urls import reverse

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Document, Guide, Procedure


def guide_url(guide: Guide) -> str:
    return reverse("guides:guide", args=[guide.country, guide.key])


def procedure_url(procedure: Procedure) -> str:
    return reverse("guides:procedure", args=[procedure.country, procedure.key])


def report_url(procedure: Procedure) -> str:
    """Where a reader reports that an office did it differently."""
    return reverse("guides:report", args=[procedure.country, procedure.key])


def document_url(document: Document) -> str:
    return reverse("guides:document", args=[document.key])


def address(compiled: CompiledCatalogue, kind: str, key: str) -> str | None:
    """The page of an entry; ``kind`` is guide, procedure or document. None when there is no such entry."""
    if kind == "guide" and key in compiled.guides:
        return guide_url(compiled.guides[key])
    if kind == "procedure" and key in compiled.procedures:
        return procedure_url(compiled.procedures[key])
    if kind == "document" and key in compiled.documents:
        return document_url(compiled.documents[key])
    return None
