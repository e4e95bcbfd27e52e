from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Entry
from .lines import LineField
from .places import Country
from .procedures import Procedure


class Guide(Entry):
    """A reading page."""

    country = models.ForeignKey(Country, models.PROTECT, verbose_name=_("country"), related_name="guides")
    title = LineField(_("title"))
    summary = models.TextField(_("summary"))
    body = models.TextField(
        _("body"),
        help_text=_("CommonMark. [^fact.key] cites a fact; {procedure=key} after a heading names a procedure."),
    )
    order = models.IntegerField(_("order"), default=0)
    procedures = models.ManyToManyField(Procedure, verbose_name=_("procedures"), blank=True, related_name="guides")
    related = models.ManyToManyField(
        "self", verbose_name=_("related guides"), blank=True, symmetrical=False, related_name="related_from"
    )

    class Meta(Entry.Meta):
        ordering = ["country", "order", "key"]
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
