from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from .base import Entry, in_order, one_of
from .places import Country


class Confidence(models.TextChoices):
    OFFICIAL = "official", _("Official source")
    SECONDARY = "secondary", _("Secondary source")
    GUIDE = "guide", _("Guide")
    UNVERIFIED = "unverified", _("Not verified")


class Source(Entry):
    """A publication that facts rest on."""

    title = models.CharField(_("title"))
    publisher = models.CharField(_("publisher"))
    url = models.URLField(_("URL"), max_length=2000, blank=True, default="")
    date = models.CharField(_("date"), blank=True, default="", help_text=_("As printed; it may be partial."))
    kind = models.CharField(_("kind"), blank=True, default="")

    class Meta(Entry.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")


class Fact(Entry):
    """One statement with its evidence."""

    country = models.ForeignKey(Country, models.PROTECT, verbose_name=_("country"), related_name="facts")
    statement = models.TextField(_("statement"))
    kind = models.CharField(_("kind"), blank=True, default="")
    confidence = models.CharField(_("confidence"), max_length=20, choices=Confidence)
    sources = models.ManyToManyField(Source, verbose_name=_("sources"), blank=True, related_name="facts")
    source_date = models.CharField(_("date of the source"), blank=True, default="")
    effective = models.CharField(
        _("effective"), blank=True, default="", help_text=_("The year or date from which a figure applies.")
    )
    note = models.TextField(_("note"), blank=True, default="")
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    review_due = models.DateField(_("review due"), null=True, blank=True)
    disagrees_with = models.ManyToManyField(
        "self",
        verbose_name=_("disagrees with"),
        symmetrical=False,
        related_name="+",
        blank=True,
        help_text=_("Facts that say otherwise. Name them here or there; readers see it at both."),
    )

    class Meta(Entry.Meta):
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        constraints = [
            *Entry.Meta.constraints,
            one_of("confidence", Confidence),
            in_order("verified_on", "review_due"),
        ]

    def __str__(self):
        return f"{self.key}: {Truncator(self.statement).chars(70)}"
