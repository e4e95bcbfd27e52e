from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from .firms import Organisation


class HistoryQuerySet(models.QuerySet):
    """Entries are only ever added, by ``history.record``. What one says of somebody can be erased, never changed."""

    def update(self, **kwargs):
        raise PermissionDenied("History is append-only.")

    def delete(self):
        raise PermissionDenied("History is append-only.")

    def erase_details(self) -> int:
        """Erase what these entries say; that they happened stays, and the chain stays whole."""
        return super().update(details=None, salt="")


class HistoryEntry(models.Model):
    """Something that somebody did, as a link of its firm's chain (see ``history.chain``).

    ``case_number``, ``person_number`` and ``actor_number`` are the keys of rows that may be gone by now; an actor of
    None is the client by their link, or the system. ``details`` is what can be told of it, JSON with names; with its
    ``salt`` it gives ``digest``. Erased, both are empty, and ``digest`` stays.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="history", verbose_name=_("firm")
    )
    number = models.PositiveBigIntegerField(_("number"))
    at = models.DateTimeField(_("at"))
    verb = models.CharField(_("what"), max_length=40)
    case_number = models.BigIntegerField(_("case"), null=True, blank=True)
    person_number = models.BigIntegerField(_("person"), null=True, blank=True)
    actor_number = models.BigIntegerField(_("by"), null=True, blank=True)
    details = models.JSONField(_("details"), null=True, blank=True)
    salt = models.CharField(max_length=32, blank=True, default="")
    digest = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = HistoryQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("history entry")
        verbose_name_plural = _("history entries")
        constraints = [models.UniqueConstraint(name="one_entry_of_a_number", fields=["organisation", "number"])]
        indexes = [models.Index(name="history_of_a_case", fields=["organisation", "case_number", "number"])]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.number}"

    def save(self, **kwargs):
        if self.pk:
            raise PermissionDenied("History is append-only.")
        super().save(**kwargs)

    def delete(self, **kwargs):
        raise PermissionDenied("History is append-only.")
