"""The way from the start page to a page, as ``components/breadcrumbs.html`` takes it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from guides.catalogue.schema import Country

Crumb = dict[str, str]


def crumbs_to(*steps: Crumb | str) -> list[Crumb]:
    """From the start page to this one; a plain text is a page without an address, the last one."""
    start = {"text": _("Start"), "url": reverse("guides:home")}
    return [start, *({"text": step} if isinstance(step, str) else step for step in steps)]


def to_guides() -> Crumb:
    return {"text": _("Guides"), "url": reverse("guides:guides")}


def to_country(country: Country) -> Crumb:
    return {"text": country.name, "url": reverse("guides:country", args=[country.key])}
