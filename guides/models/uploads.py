from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .lines import LineField


class Upload(models.Model):
    """A file that somebody is about to import and has not agreed to yet. ``section`` tells what a sheet's rows are."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("user"), related_name="+")
    name = LineField(_("name"))
    section = models.CharField(_("section"), blank=True, default="")
    content = models.BinaryField(_("content"))
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        default_permissions = ()
        ordering = ["-uploaded_at"]
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")

    def __str__(self):
        return self.name
