"""What an edition changed against the one before it: entries with their names, for programs and in a feed."""

from typing import Any

from django.contrib.syndication.views import Feed
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from guides.catalogue.diff import EntryChange, Moved, compare
from guides.catalogue.fields import Keyed
from guides.catalogue.problems import CatalogueError
from guides.catalogue.schema import Catalogue
from guides.editions.publishing import catalogue_of
from guides.models import Edition

NAMES = ("name", "title", "text", "statement")
# Only so many of the latest editions are in the feed.
MOST = 30


def changes_of(edition: Edition) -> dict[str, Any]:
    """Number, day and note of an edition, the number ``before`` it, and what it added, changed and removed.

    Each entry has its ``section``, ``key`` and ``name``; a changed one its ``fields`` too, as paths in the JSON's own
    words. Where the edition before cannot be read any more, everything counts as added.
    """
    before = Edition.objects.filter(number__lt=edition.number).values_list("number", flat=True).first()
    difference = compare(_readable(before), catalogue_of(edition.number))
    found: dict[str, list[dict[str, Any]]] = {"added": [], "changed": [], "removed": []}
    for section in difference.sections:
        for kind, entries in found.items():
            entries += [_told(section.name, entry) for entry in getattr(section, kind)]
    return {
        "edition": edition.number,
        "before": before,
        "published_at": edition.published_at.isoformat(),
        "note": edition.note,
        **found,
    }


def _readable(number: int | None) -> Catalogue:
    try:
        return catalogue_of(number) if number else Catalogue()
    except CatalogueError:
        return Catalogue()


def _told(section: str, entry: Keyed | EntryChange) -> dict[str, Any]:
    if not isinstance(entry, EntryChange):
        return {"section": section, "key": entry.key, "name": _name(entry)}
    paths = {
        " ".join(map(str, change.path)) if not isinstance(change, Moved) else f"order of {change.path[-1].field}"
        for change in entry.changes
    }
    return {"section": section, "key": entry.key, "name": _name(entry.new), "fields": sorted(paths)}


def _name(entry: Keyed) -> str:
    return next((getattr(entry, name) for name in NAMES if getattr(entry, name, "")), entry.key)


class ChangesFeed(Feed):
    """One entry for each edition, the newest on top."""

    feed_type = Atom1Feed
    title = _("Changes of the Relocation Checklist")
    author_name = _("Relocation Checklist")
    subtitle = _("What each edition of the catalogue added, changed and removed.")
    link = reverse_lazy("guides:open-data")

    def feed_url(self):
        return reverse("guides:open-data-changes")

    def items(self):
        return Edition.objects.defer("content")[:MOST]

    def item_title(self, item):
        return str(item)

    def item_description(self, item):
        counts = [
            ngettext("%(count)d entry added", "%(count)d entries added", item.added or 0) % {"count": item.added or 0},
            ngettext("%(count)d changed", "%(count)d changed", item.changed or 0) % {"count": item.changed or 0},
            ngettext("%(count)d removed", "%(count)d removed", item.removed or 0) % {"count": item.removed or 0},
        ]
        return ". ".join(filter(None, [item.note.strip().rstrip("."), ", ".join(counts)])) + "."

    def item_link(self, item):
        return reverse("guides:edition-changes", args=[item.number])

    def item_updateddate(self, item):
        return item.published_at
