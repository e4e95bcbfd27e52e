from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from guides.editions.publishing import current

from . import library
from .addresses import document_url, procedure_url

FIXED_PAGES = ("home", "guides", "search", "sources", "about", "open-data")


class PageSitemap(Sitemap):
    """The pages that every edition has, and one for each country."""

    def items(self):
        countries = [reverse("guides:country", args=[country]) for country in current().countries]
        return [*(reverse(f"guides:{name}") for name in FIXED_PAGES), *countries]

    def location(self, item):
        return item


class GuideSitemap(Sitemap):
    def items(self):
        shelf = library()
        return [shelf.guide(key) for key in shelf.compiled.guides]

    def location(self, item):
        return item.url

    def lastmod(self, item):
        return item.verified_on


class ProcedureSitemap(Sitemap):
    def items(self):
        return list(current().procedures.values())

    def location(self, item):
        return procedure_url(item)

    def lastmod(self, item):
        facts = current().facts
        return max((day for key in item.facts if (day := facts[key].verified_on)), default=None)


class DocumentSitemap(Sitemap):
    def items(self):
        return list(current().documents.values())

    def location(self, item):
        return document_url(item)


SITEMAPS = {
    "pages": PageSitemap,
    "guides": GuideSitemap,
    "procedures": ProcedureSitemap,
    "documents": DocumentSitemap,
}
