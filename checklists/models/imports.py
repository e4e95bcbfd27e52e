"""A file of clients between its preview and the word that opens their cases."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.models.lines import LineField

from .firms import Organisation

IMPORT_LASTS = datetime.timedelta(days=1)


class CaseImportQuerySet(models.QuerySet):
    def fresh(self):
        """Those that can still be agreed to."""
        return self.filter(uploaded_at__gt=timezone.now() - IMPORT_LASTS)

    def stale(self):
        return self.filter(uploaded_at__lte=timezone.now() - IMPORT_LASTS)


class CaseImport(models.Model):
    """A file that somebody is about to open cases from. It holds clients' names: it goes with their word, or in a day.

    ``content`` is the file as it came.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="imports", verbose_name=_("firm")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("account")
    )
    name = LineField(_("file"), max_length=200)
    content = models.BinaryField(_("content"))
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)

    objects = CaseImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("file of clients")
        verbose_name_plural = _("files of clients")

    def __str__(self):
        return self.name
