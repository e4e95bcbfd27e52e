from django.db import transaction
from django.utils import timezone

from checklists.access.limits import within
from checklists.mail.outbox import queue_confirmation
from checklists.models import Checklist, Subscription

MOST_A_DAY = 3
MOST_A_DAY_FROM_ONE_PLACE = 20


def subscribe(*, checklist: Checklist, email: str, place: str) -> None:
    """Ask the owner of the address whether mail about this checklist is wanted; until then it gets no other mail.

    Nothing tells the caller whether the address is known or a mail is sent: each address and each checklist can
    ask three times a day, each ``place`` (a network address) more often, and what is beyond that is dropped.
    """
    email = email.lower()
    limits = {
        f"subscribe:place:{place}": MOST_A_DAY_FROM_ONE_PLACE,
        f"subscribe:checklist:{checklist.pk}": MOST_A_DAY,
        f"subscribe:address:{email}": MOST_A_DAY,
    }
    if all(within(what, most) for what, most in limits.items()):
        _ask(checklist, email)


@transaction.atomic
def _ask(checklist: Checklist, email: str) -> None:
    Checklist.objects.select_for_update().get(pk=checklist.pk)
    subscription = Subscription.objects.filter(checklist=checklist).first()
    if subscription and subscription.confirmed_at:
        return
    if subscription and subscription.email != email:
        subscription.delete()
        subscription = None
    subscription = subscription or Subscription.objects.create(checklist=checklist, email=email)
    queue_confirmation(subscription)


def confirm(*, subscription: Subscription) -> None:
    """The owner of the address wants the mail."""
    Subscription.objects.filter(pk=subscription.pk, confirmed_at=None).update(confirmed_at=timezone.now())


def unsubscribe(*, subscription: Subscription) -> None:
    """Forget the address, and the mail that is owed to it."""
    subscription.delete()
