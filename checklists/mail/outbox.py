"""The outbox: mail that is owed from the moment on that its reason is stored."""

import datetime

from django.db import transaction
from django.utils import timezone

from checklists.models import CasePerson, Organisation, OutgoingMail, Subscription
from checklists.models.mail import OutgoingMailQuerySet

from .sending import send_mail


def queue_letter(
    *,
    kind: str,
    to: str,
    organisation: Organisation | None = None,
    person: CasePerson | None = None,
    not_before: datetime.datetime | None = None,
    **about,
) -> OutgoingMail:
    """Owe a letter of this kind, and send it as soon as the transaction is through. ``about`` is JSON.

    One that is ``not_before`` a moment goes with the first mail that is sent after it, by cron at the latest.
    """
    when = {"next_try_at": not_before} if not_before else {}
    mail = OutgoingMail(kind=kind, to=to, organisation=organisation, person=person, about=about, **when)
    return _queue(mail)


def readdress(mails: OutgoingMailQuerySet, *, to: str) -> None:
    """Send these mails to another address; those that were given up are owed anew."""
    given_up = list(mails.filter(given_up_at__isnull=False).values_list("pk", flat=True))
    mails.update(to=to)
    anew = {"tries": 0, "next_try_at": timezone.now(), "given_up_at": None, "given_up_for": ""}
    if OutgoingMail.objects.filter(pk__in=given_up).update(**anew):
        transaction.on_commit(send_mail.enqueue, robust=True)


def queue_confirmation(subscription: Subscription) -> OutgoingMail:
    """Owe the question whether mail is wanted, and send it as soon as the transaction is through."""
    return _queue(OutgoingMail(kind=OutgoingMail.CONFIRM, subscription=subscription))


def _queue(mail: OutgoingMail) -> OutgoingMail:
    mail.save()
    transaction.on_commit(send_mail.enqueue, robust=True)
    return mail
