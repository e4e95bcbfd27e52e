from django.db import transaction
from django.utils import timezone

from checklists.access.limits import DAY, HOUR, Limit, count_all
from checklists.mail.outbox import queue_confirmation
from checklists.models import Checklist, Subscription

BY_ADDRESS = BY_CHECKLIST = Limit(3, DAY)
FROM_ONE_NETWORK = Limit(20, DAY)
OF_THE_SITE = Limit(500, HOUR)


class Wanted(Exception):
    """The emails about a checklist were asked for and confirmed already."""


def subscribe(*, checklist: Checklist, email: str, network: str) -> None:
    """Ask the owner of the address whether mail about this checklist is wanted; until then it gets no other mail.

    Nothing tells the caller whether the address is known elsewhere. Raises TooOften when this address, checklist or
    network (``network_of``), or the whole site, asked too often, and Wanted where there is nothing to ask; then
    nothing is sent.
    """
    email = email.lower()
    count_all(
        {
            f"subscribe:network:{network}": FROM_ONE_NETWORK,
            f"subscribe:checklist:{checklist.pk}": BY_CHECKLIST,
            f"subscribe:address:{email}": BY_ADDRESS,
            "subscribe:site": OF_THE_SITE,
        }
    )
    _ask(checklist, email)


@transaction.atomic
def _ask(checklist: Checklist, email: str) -> None:
    Checklist.objects.select_for_update().get(pk=checklist.pk)
    subscription = Subscription.objects.filter(checklist=checklist).first()
    if subscription and subscription.confirmed_at:
        raise Wanted
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
