"""Sending what is owed by email: at least once, and not again once it was sent or given up.

A mail is claimed before it is sent, by moving its next try away. So nobody else sends it at the same time, and whoever
is killed in the middle leaves it to a later try, under the same Message-ID.

What goes wrong before the mail server answers is nobody's fault: no try is counted, and a run soon ends. What goes
wrong after that, also in writing the mail, is that mail's own: it waits for its next try, and all others go on.
"""

import datetime
import logging
import smtplib
from collections.abc import Iterable

from django.core.mail import mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.tasks import task
from django.utils import timezone

from checklists.models import OutgoingMail, Subscription

from .letters import follow_up, message_for

logger = logging.getLogger(__name__)

FIRST_PAUSE = datetime.timedelta(minutes=5)
LONGEST_PAUSE = datetime.timedelta(hours=12)
# With the pauses in between they last five days; then a mail is given up.
MOST_TRIES = 16
# So often an address may refuse a mail for good. Not at once: a mail server that is set up wrong refuses everything.
MOST_REFUSALS = 3
UNCONFIRMED_FOR = datetime.timedelta(days=7)
# So many times in a row nobody answered: no mail gets through at the moment.
MOST_UNANSWERED = 3


def send_owed() -> int:
    """Send every mail that is due, first what was tried least, of that the newest. How many were sent."""
    sent = unanswered = 0
    for pk in list(OutgoingMail.objects.due().order_by("tries", "-pk").values_list("pk", flat=True)):
        try:
            with mailers.default as server:
                sent += _send(pk, server)
            unanswered = 0
        except OSError:
            logger.exception("The mail server does not answer")
            unanswered += 1
        if unanswered == MOST_UNANSWERED:
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
    """The mail with this try counted, if it is still due and nobody else has begun with it."""
    mail = OutgoingMail.objects.due().filter(pk=pk).first()
    if mail is None:
        return None
    claim = OutgoingMail.objects.owed().filter(pk=pk, tries=mail.tries)
    claimed = claim.update(tries=F("tries") + 1, next_try_at=timezone.now() + pause_after(mail.tries))
    mail.tries += 1
    return mail if claimed else None


def _send(pk: int, server: BaseEmailBackend) -> bool:
    """Whether the mail was sent; one that has nothing left to say is not, and is given up."""
    mail = _claim(pk)
    if mail is None:
        return False
    try:
        message = message_for(mail)
        if message is not None:
            server.send_messages([message])
    except Exception as fault:
        if isinstance(fault, smtplib.SMTPRecipientsRefused):
            # What the server says beside its code names whose mailbox it is.
            codes = sorted({code for code, _text in fault.recipients.values()})
            logger.error("Email %s (%s) could not be sent: its recipient was refused, %s", mail.pk, mail.kind, codes)
        else:
            logger.exception("Email %s (%s) could not be sent", mail.pk, mail.kind)
        if reason := _last_straw(mail, fault):
            _end(mail, given_up_at=timezone.now(), given_up_for=reason)
        return False
    if message is None:
        _end(mail, given_up_at=timezone.now(), given_up_for=OutgoingMail.GivenUpFor.NEEDLESS)
    else:
        _end(mail, sent_at=timezone.now())
    return message is not None


def _last_straw(mail: OutgoingMail, fault: Exception) -> str:
    """Why the mail is given up after this try; empty while it is tried again."""
    if mail.tries >= MOST_REFUSALS and _is_for_good(fault):
        return OutgoingMail.GivenUpFor.REFUSED
    return OutgoingMail.GivenUpFor.UNREACHED if mail.tries >= MOST_TRIES else ""


def _is_for_good(fault: Exception) -> bool:
    """Whether the server says that it will never take this mail for this address (RFC 5321: a code of 500 and up)."""
    codes: Iterable[int] = ()
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _text in fault.recipients.values()]
    elif isinstance(fault, smtplib.SMTPDataError):
        codes = [fault.smtp_code]
    return any(codes) and min(codes) >= 500


def _end(mail: OutgoingMail, **outcome) -> None:
    """Write down what became of the mail, and have its room do what follows from it."""
    for name, value in outcome.items():
        setattr(mail, name, value)
    with transaction.atomic():
        try:
            with transaction.atomic():
                follow_up(mail)
        except Exception:
            # Whatever keeps the room from it: what was sent must not be sent again.
            logger.exception("What follows email %s (%s) could not be done", mail.pk, mail.kind)
        OutgoingMail.objects.filter(pk=mail.pk).update(**outcome)


def forget_unconfirmed() -> int:
    """Forget the addresses whose owners never confirmed them. How many there were."""
    rows = Subscription.objects.filter(confirmed_at=None, agreed_at__lt=timezone.now() - UNCONFIRMED_FOR)
    return rows.delete()[1].get(Subscription._meta.label, 0)
