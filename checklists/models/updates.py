from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .checklist import Checklist


class Rollout(models.Model):
    """The work of telling everybody affected by one edition. Made with the edition, done in the background.

    ``since`` is the edition before. Checklists up to the key ``cursor`` have been looked at; ``told`` counts those
    that were told something.
    """

    edition = models.PositiveIntegerField(_("edition"), unique=True)
    since = models.PositiveIntegerField(_("edition before"))
    published_at = models.DateTimeField(_("published at"), default=timezone.now)
    cursor = models.BigIntegerField(_("looked at up to"), default=0)
    told = models.PositiveIntegerField(_("checklists told"), default=0)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        ordering = ["edition"]
        verbose_name = _("rollout")
        verbose_name_plural = _("rollouts")
        constraints = [
            models.CheckConstraint(name="rollout_goes_forward", condition=Q(since__lt=F("edition"))),
            models.CheckConstraint(
                name="rollout_starts_before_it_finishes",
                condition=Q(finished_at=None) | Q(started_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.edition}"


class ChangeNoticeQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(acknowledged_at=None)


class ChangeNotice(models.Model):
    """What one edition changed on one checklist, as its owner is told.

    ``changes`` is ``updates.compare.PlanChange`` as JSON: it must still be understood when its edition is long gone.
    """

    checklist = models.ForeignKey(
        Checklist, on_delete=models.CASCADE, related_name="notices", verbose_name=_("checklist")
    )
    edition = models.PositiveIntegerField(_("edition"))
    published_at = models.DateTimeField(_("published at"))
    changes = models.JSONField(_("changes"))
    acknowledged_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = ChangeNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-edition"]
        verbose_name = _("change notice")
        verbose_name_plural = _("change notices")
        constraints = [
            models.UniqueConstraint(name="one_notice_for_each_edition", fields=["checklist", "edition"]),
            models.CheckConstraint(name="notice_is_of_an_edition", condition=Q(edition__gte=1)),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
