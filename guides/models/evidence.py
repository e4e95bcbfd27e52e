import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from . import validators
from .base import Entry, facts_field, in_order, matches, one_of
from .lines import LineField, LinkField
from .places import Country


class Confidence(models.TextChoices):
    OFFICIAL = "official", _("Official source")
    SECONDARY = "secondary", _("Secondary source")
    GUIDE = "guide", _("Guide")
    UNVERIFIED = "unverified", _("Not verified")


class SecondReading(models.TextChoices):
    AGREED = "agreed", _("Somebody else agreed")
    UNREACHABLE = "unreachable", _("The source could not be reached")


class Source(Entry):
    """A publication that facts rest on."""

    title = LineField(_("title"))
    publisher = LineField(_("publisher"))
    url = LinkField(_("URL"), max_length=2000, blank=True, default="")
    date = LineField(_("date"), blank=True, default="", help_text=_("As printed; it may be partial."))
    kind = LineField(_("kind"), blank=True, default="")

    class Meta(Entry.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")


class FactQuerySet(models.QuerySet):
    """``today`` is the day from which a review is due; one within ``SOON`` of it is due soon."""

    SOON = datetime.timedelta(days=30)

    def due(self, today: datetime.date) -> Self:
        return self.filter(review_due__lte=today)

    def due_soon(self, today: datetime.date) -> Self:
        return self.filter(review_due__gt=today, review_due__lte=today + self.SOON)

    def never_verified(self) -> Self:
        return self.filter(verified_on=None)

    def to_review(self, today: datetime.date) -> Self:
        """What somebody should look at again: due, due soon, never verified, in this order, as ``review``."""
        due, soon = Q(review_due__lte=today), Q(review_due__lte=today + self.SOON)
        review = Case(When(due, then=Value("due")), When(soon, then=Value("soon")), default=Value("never"))
        place = Case(When(due, then=1), When(soon, then=2), default=3)
        found = self.filter(soon | Q(verified_on=None))
        return found.annotate(review=review, place=place).order_by("place", "review_due", "key")


class Fact(Entry):
    """One statement with its evidence."""

    country = models.ForeignKey(Country, models.PROTECT, verbose_name=_("country"), related_name="facts")
    statement = models.TextField(_("statement"))
    kind = LineField(_("kind"), blank=True, default="")
    confidence = models.CharField(_("confidence"), max_length=20, choices=Confidence)
    sources = models.ManyToManyField(Source, verbose_name=_("sources"), blank=True, related_name="facts")
    source_date = LineField(_("date of the source"), blank=True, default="")
    effective = LineField(
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
    replaces = models.ManyToManyField(
        "self",
        verbose_name=_("replaces"),
        symmetrical=False,
        related_name="replaced_by",
        blank=True,
        help_text=_("Facts that this one overtakes. Lines that people act on cite it beside them."),
    )
    second_reading = LineField(
        _("second reading"),
        max_length=20,
        choices=SecondReading,
        blank=True,
        default="",
        help_text=_("Whether somebody else than its writer compared it with its source. Empty means not yet."),
    )

    objects = FactQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        constraints = [
            *Entry.Meta.constraints,
            one_of("confidence", Confidence),
            matches("second_reading", "^(agreed|unreachable)$", or_empty=True),
            in_order("verified_on", "review_due"),
        ]

    def __str__(self):
        return f"{self.key}: {Truncator(self.statement).chars(70)}"


class LinkKind(models.TextChoices):
    PAGE = "page", _("Page")
    FORM = "form", _("Form")
    APPOINTMENT = "appointment", _("Appointment")
    PORTAL = "portal", _("Portal")
    PHONE = "phone", _("Telephone")


class Link(Entry):
    """A page to open or a telephone number to call."""

    country = models.ForeignKey(Country, models.PROTECT, verbose_name=_("country"), related_name="links")
    name = LineField(_("name"))
    local_name = LineField(_("local name"), blank=True, default="")
    kind = models.CharField(_("kind"), max_length=20, choices=LinkKind)
    url = LineField(
        _("address"),
        max_length=2000,
        validators=[validators.url],
        help_text=_("An address that begins with https://, or a number as tel:+351217115000."),
    )
    home_page = models.BooleanField(
        _("only the home page"), default=False, help_text=_("The page itself is not known, only the site's first one.")
    )
    hours = LineField(_("hours"), blank=True, default="", help_text=_("When somebody answers the telephone."))
    opened_on = models.DateField(
        _("opened on"), null=True, blank=True, help_text=_("When somebody last opened it and saw that it leads there.")
    )
    facts = facts_field()

    class Meta(Entry.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            *Entry.Meta.constraints,
            one_of("kind", LinkKind),
            matches("url", validators.URL),
        ]

    def __str__(self):
        return f"{self.name} ({self.key})"


class Verification(models.Model):
    """Somebody compared a fact with its sources on a day, and found that it still holds."""

    fact = models.ForeignKey(Fact, models.CASCADE, verbose_name=_("fact"), related_name="verifications")
    day = models.DateField(_("day"))
    note = LineField(_("note"), max_length=500, blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("by"), related_name="+", null=True, blank=True
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        default_permissions = ["view"]

    def __str__(self):
        return str(self.day)
