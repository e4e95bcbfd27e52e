import datetime

from django.contrib.syndication.views import Feed
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides.editions.publishing import current
from guides.models import Edition

from . import library
from .guide_page import GuidePage


class GuideFeed(Feed):
    """The guides, the one whose facts were verified last on top."""

    feed_type = Atom1Feed
    title = _("Guides of the Relocation Checklist")
    author_name = _("Relocation Checklist")
    link = reverse_lazy("guides:guides")

    def feed_url(self):
        return reverse("guides:feed")

    def subtitle(self):
        asked = gettext("What %(countries)s ask of people who move there, each statement with its source.")
        names = [country.name for country in current().countries.values()]
        return asked % {"countries": get_text_list(names, gettext("and"))}

    def items(self) -> list[tuple[GuidePage, datetime.datetime]]:
        """Each guide with the day its facts were last verified, or else the day the edition was published."""
        shelf = library()
        number = shelf.compiled.number
        published = Edition.objects.filter(number=number).values_list("published_at", flat=True).first()
        pages = [page for country in shelf.compiled.countries for page in shelf.guides_of(country)]
        dated = [(page, _midnight(page.verified_on) if page.verified_on else published) for page in pages]
        return sorted(dated, key=lambda item: item[1], reverse=True)

    def item_title(self, item):
        return item[0].title

    def item_description(self, item):
        return item[0].summary

    def item_link(self, item):
        return item[0].url

    def item_categories(self, item):
        return [item[0].country.name]

    def item_updateddate(self, item):
        return item[1]


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), tzinfo=datetime.UTC)
