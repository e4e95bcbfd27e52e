from django.db import models
from django.utils.translation import gettext_lazy as _

from . import validators
from .base import Entry, calendar_field, matches
from .lines import LineField, LinkField


class Country(Entry):
    """A destination."""

    name = LineField(_("name"))
    local_name = LineField(_("local name"))
    language = LineField(_("language"), help_text=_("The tag of the language of local names, for example “pt”."))
    mark = LineField(_("mark"), max_length=2, validators=[validators.mark])
    colour = LineField(_("colour"), max_length=7, validators=[validators.colour])
    calendar = calendar_field()
    summary = models.TextField(_("summary"), blank=True, default="")

    class Meta(Entry.Meta):
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = [
            *Entry.Meta.constraints,
            matches("mark", validators.MARK),
            matches("colour", validators.COLOUR),
            matches("calendar", validators.CALENDAR, or_empty=True),
        ]

    def __str__(self):
        return self.name


class Authority(Entry):
    """An office that asks, decides or issues."""

    country = models.ForeignKey(Country, models.PROTECT, verbose_name=_("country"), related_name="authorities")
    name = LineField(_("name"))
    local_name = LineField(_("local name"), blank=True, default="")
    abbreviation = LineField(_("abbreviation"), blank=True, default="")
    about = models.TextField(_("about"), blank=True, default="")
    url = LinkField(_("URL"), max_length=2000, blank=True, default="")

    class Meta(Entry.Meta):
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")

    def __str__(self):
        return self.name
