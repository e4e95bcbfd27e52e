"""Where the entries of an edition have their pages, and the way from the start page to each."""

from django.urls import reverse
from django.urls.converters import StringConverter
from django.utils.text import slugify
from django.utils.translation import gettext as _

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Country, Document, Guide, Pointer, Procedure
from guides.editions.publishing import current

# One step of ``components/breadcrumbs.html``.
Crumb = dict[str, str]


class CountryConverter(StringConverter):
    """A country of the edition: its name in the address ("spain"), its key in the code ("es")."""

    def to_python(self, value):
        for country in current().countries.values():
            if slugify(country.name) == value:
                return country.key
        raise ValueError(value)

    def to_url(self, value):
        if value not in current().countries:
            raise ValueError(value)
        return slugify(current().countries[value].name)


def guide_url(guide: Guide) -> str:
    return reverse("guides:guide", args=[guide.country, guide.key])


def procedure_url(procedure: Procedure) -> str:
    return reverse("guides:procedure", args=[procedure.country, procedure.key])


def report_url(procedure: Procedure) -> str:
    """Where a reader reports that an office did it differently."""
    return reverse("guides:report", args=[procedure.country, procedure.key])


def document_url(document: Document) -> str:
    return reverse("guides:document", args=[document.key])


def pointer_url(pointer: Pointer) -> str:
    """Its place on the page of its country."""
    return f"{reverse('guides:country', args=[pointer.country])}#{pointer.key}"


def address(compiled: CompiledCatalogue, kind: str, key: str) -> str | None:
    """The page of an entry; ``kind`` is guide, procedure or document. None when there is no such entry."""
    if kind == "guide" and key in compiled.guides:
        return guide_url(compiled.guides[key])
    if kind == "procedure" and key in compiled.procedures:
        return procedure_url(compiled.procedures[key])
    if kind == "document" and key in compiled.documents:
        return document_url(compiled.documents[key])
    return None


def crumbs_to(*steps: Crumb | str) -> list[Crumb]:
    """From the start page to this one; a plain text is a page without an address, the last one."""
    start = {"text": _("Home"), "url": reverse("guides:home")}
    return [start, *({"text": step} if isinstance(step, str) else step for step in steps)]


def to_guides() -> Crumb:
    return {"text": _("Guides"), "url": reverse("guides:guides")}


def to_country(country: Country) -> Crumb:
    return {"text": country.name, "url": reverse("guides:country", args=[country.key])}
