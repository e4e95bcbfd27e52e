"""Sending what is owed by email: at least once, and not again once it was sent.

A mail is claimed before it is sent, by moving its next try away. So nobody else sends it at the same time, and whoever
is killed in the middle leaves it to a later try, under the same Message-ID.
"""

import datetime
import logging

from django.db.models import F
from django.tasks import task
from django.utils import timezone

from checklists.models import OutgoingMail, Subscription

from .letters import message_for

logger = logging.getLogger(__name__)

FIRST_PAUSE = datetime.timedelta(minutes=5)
LONGEST_PAUSE = datetime.timedelta(hours=12)
UNCONFIRMED_FOR = datetime.timedelta(days=7)
# So many failures in a row mean that no mail gets through at the moment.
GIVE_UP_AFTER = 3


def send_owed() -> int:
    """Send every mail that is due. How many were sent; those that failed stay owed."""
    sent = failures = 0
    for pk in list(OutgoingMail.objects.due().values_list("pk", flat=True)):
        mail = _claim(pk)
        if mail is None:
            continue
        if _send(mail):
            sent, failures = sent + 1, 0
        else:
            failures += 1
        if failures == GIVE_UP_AFTER:
            break
    return sent


@task
def send_mail() -> None:
    """Send the mail that is owed."""
    send_owed()


def pause_after(tries: int) -> datetime.timedelta:
    """How long to wait before the try after this one: 5 minutes, 10, 20, and so on, at most half a day."""
    return min(FIRST_PAUSE * 2 ** min(tries, 20), LONGEST_PAUSE)


def _claim(pk: int) -> OutgoingMail | None:
    """The mail, if it is still due and nobody else has begun with it."""
    mail = OutgoingMail.objects.due().filter(pk=pk).first()
    if mail is None:
        return None
    claim = OutgoingMail.objects.filter(pk=pk, sent_at=None, tries=mail.tries)
    claimed = claim.update(tries=F("tries") + 1, next_try_at=timezone.now() + pause_after(mail.tries))
    return mail if claimed else None


def _send(mail: OutgoingMail) -> bool:
    """Whether nothing is owed any more; a mail that has nothing left to say is not sent."""
    try:
        message = message_for(mail)
        if message is not None:
            message.send()
    except Exception:
        # Whatever a mail server answers, or whatever keeps the mail from being written: it stays owed.
        logger.exception("Email %s (%s) could not be sent", mail.pk, mail.kind)
        return False
    OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now())
    return True


def forget_unconfirmed() -> int:
    """Forget the addresses whose owners never confirmed them. How many there were."""
    rows = Subscription.objects.filter(confirmed_at=None, agreed_at__lt=timezone.now() - UNCONFIRMED_FOR)
    return rows.delete()[1].get(Subscription._meta.label, 0)
