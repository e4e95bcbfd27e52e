import datetime

from django.contrib.syndication.views import Feed
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from guides.reading import library
from guides.reading.guide_page import GuidePage


class GuideFeed(Feed):
    """The guides, the one whose facts were verified last on top."""

    feed_type = Atom1Feed
    title = _("Guides of the Relocation Checklist")
    subtitle = _("What Spain and Portugal ask of people who move there, each statement with its source.")
    link = reverse_lazy("guides:guides")

    def feed_url(self):
        return reverse("guides:feed")

    def items(self) -> list[GuidePage]:
        shelf = library()
        pages = [page for country in shelf.compiled.countries for page in shelf.guides_of(country)]
        return sorted(pages, key=lambda page: page.verified_on or datetime.date.min, reverse=True)

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.summary

    def item_link(self, item):
        return item.url

    def item_categories(self, item):
        return [item.country.name]

    def item_updateddate(self, item):
        day = item.verified_on
        return day and datetime.datetime.combine(day, datetime.time(), tzinfo=datetime.UTC)
