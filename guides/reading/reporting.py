"""Taking reports of readers, a few a day from each network, without keeping which."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from guides.models import Report, ReportSender

MOST_A_DAY = 5
PAUSE = datetime.timedelta(minutes=1)


class TooManyReports(Exception):
    """This network has to wait; ``wait`` says how long."""

    def __init__(self, wait: datetime.timedelta):
        super().__init__(wait)
        self.wait = wait


@transaction.atomic
def send_report(*, network: str, **values: Any) -> Report:
    """Keep a report from this network (``network_of``), if that is not too many. ``values``: fields of Report.

    Raises TooManyReports.
    """
    _count(network)
    return Report.objects.create(received_on=timezone.localdate(), **values)


def _count(network: str) -> None:
    now, today = timezone.localtime(), timezone.localdate()
    ReportSender.objects.filter(day__lt=today).delete()
    # The row is locked, so that reports sent at the same time are counted one after the other.
    sender, created = ReportSender.objects.select_for_update().get_or_create(day=today, sender=_hashed(network, today))
    if sender.count >= MOST_A_DAY:
        tomorrow = (now + datetime.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        raise TooManyReports(tomorrow - now)
    if not created and now < sender.last_at + PAUSE:
        raise TooManyReports(sender.last_at + PAUSE - now)
    sender.count, sender.last_at = sender.count + 1, now
    sender.save()


def _hashed(network: str, day: datetime.date) -> str:
    """The same for one network all day, and another one on the next day."""
    return salted_hmac(f"guides.reading.reporting {day}", network, algorithm="sha256").hexdigest()
