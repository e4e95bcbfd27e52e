from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .evidence import Fact


class Verification(models.Model):
    """Somebody compared a fact with its sources on a day, and found that it still holds."""

    fact = models.ForeignKey(Fact, models.CASCADE, verbose_name=_("fact"), related_name="verifications")
    day = models.DateField(_("day"))
    note = models.CharField(_("note"), max_length=500, blank=True, default="")
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
