from functools import partial

from django.db import transaction
from django.dispatch import receiver

from checklists.models import Rollout
from guides.models import Edition
from guides.signals import edition_published

from .tasks import tell_changes


@receiver(edition_published, sender=Edition)
def queue_rollout(edition: Edition, before: int, **_kwargs) -> None:
    """Together with the edition, the promise to tell everybody; the work itself follows in the background.

    Should the task not get into the queue, ``manage.py tell_changes`` finds the promise.
    """
    if before:
        Rollout.objects.create(edition=edition.number, since=before, published_at=edition.published_at)
        transaction.on_commit(partial(tell_changes.enqueue), robust=True)
