from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import one_of
from .lines import LineField


class ReportState(models.TextChoices):
    NEW = "new", _("New")
    TAKEN_UP = "taken_up", _("Taken up")
    ANSWERED = "answered", _("Answered by the sources")
    NO_CHANGE = "no_change", _("No change")


class ReportQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Those that nobody has answered yet."""
        return self.filter(state__in=[ReportState.NEW, ReportState.TAKEN_UP])


class Report(models.Model):
    """A reader says that an office did something differently. Nothing tells who the reader is.

    ``country``, ``procedure`` and ``fact`` are keys of the ``edition`` that the reader saw, and not foreign keys: the
    working copy may have moved on. ``month`` is the first day of the month in which it happened.
    """

    LONGEST = 2000

    edition = models.PositiveIntegerField(_("edition"))
    country = models.CharField(_("country"), max_length=120)
    procedure = models.CharField(_("procedure"), max_length=120)
    fact = models.CharField(_("fact"), max_length=120, blank=True, default="")
    office = LineField(_("office or town"), max_length=200)
    month = models.DateField(_("month"))
    words = models.CharField(_("what was different"), max_length=LONGEST)
    received_on = models.DateField(_("received on"))
    state = models.CharField(_("state"), max_length=20, choices=ReportState, default=ReportState.NEW)
    note = models.TextField(_("note"), blank=True, default="", help_text=_("For editors; readers never see it."))
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("handled by"), related_name="+", null=True, blank=True
    )
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = [Case(When(state=ReportState.NEW, then=1), default=2), "-received_on", "-pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        default_permissions = ["view", "change", "delete"]
        constraints = [one_of("state", ReportState)]

    def __str__(self):
        return f"{self.procedure}: {self.office}"


class ReportSender(models.Model):
    """How much came from one address on one day. ``sender`` is a keyed hash that means nothing on another day."""

    day = models.DateField()
    sender = models.CharField(max_length=64)
    count = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["day", "sender"], name="guides_reportsender_unique_sender")]

    def __str__(self):
        return f"{self.day}: {self.count}"
