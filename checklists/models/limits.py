"""What all processes of an installation remember together, each entry until an end of its own."""

import datetime

from django.db import connections, models, router
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# One statement, so that nobody gets in between; both databases know it.
COUNT = """
    INSERT INTO checklists_timedentry (key, number, value, ends_at) VALUES (%(key)s, 1, %(value)s, %(ends_at)s)
    ON CONFLICT (key) DO UPDATE SET
        number = CASE WHEN checklists_timedentry.ends_at <= %(now)s THEN 1 ELSE checklists_timedentry.number + 1 END,
        value = CASE WHEN checklists_timedentry.ends_at <= %(now)s THEN excluded.value
            ELSE checklists_timedentry.value END,
        ends_at = CASE WHEN checklists_timedentry.ends_at <= %(now)s THEN excluded.ends_at
            ELSE checklists_timedentry.ends_at END
    RETURNING key, number, value, ends_at
"""


class TimedEntryManager(models.Manager):
    def get_queryset(self):
        # A copy of the database lags behind, and a limit that is read there would be none.
        return super().get_queryset().using(router.db_for_write(self.model))

    def live(self) -> models.QuerySet:
        """Those whose end has not come."""
        return self.filter(ends_at__gt=timezone.now())

    def count_one(self, key: str, ends_at: datetime.datetime, value: str = "") -> "TimedEntry":
        """Count one more under this key: the entry as it is then.

        One that is over begins anew, with 1, this value and this end. A live one keeps its value and its end. In a
        transaction others who count the same wait until it is through.
        """
        adapt = connections[router.db_for_write(self.model)].ops.adapt_datetimefield_value
        values = {"key": key, "value": value, "ends_at": adapt(ends_at), "now": adapt(timezone.now())}
        return self.get_queryset().raw(COUNT, values)[0]


class TimedEntry(models.Model):
    """How often something happened since it happened first, or a value, until ``ends_at``. It never goes earlier.

    ``key`` is a keyed hash: the table tells nobody what is counted. ``value`` is JSON, and empty for what is only
    counted.
    """

    key = models.CharField(_("key"), max_length=64, primary_key=True)
    number = models.PositiveIntegerField(_("number"))
    value = models.TextField(_("value"), default="")
    ends_at = models.DateTimeField(_("ends"), db_index=True)

    objects = TimedEntryManager()

    class Meta:
        verbose_name = _("timed entry")
        verbose_name_plural = _("timed entries")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
