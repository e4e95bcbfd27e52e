"""The work that follows a new edition: the promise to tell everybody, and keeping it."""

from functools import partial

from django.db import transaction
from django.dispatch import receiver
from django.tasks import task

from checklists.firms.cases.refreshing import refresh_cases
from checklists.mail.sending import forget_unconfirmed, send_owed
from checklists.models import Rollout
from guides.editions.publishing import edition_published
from guides.models import Edition

from .rollouts import tell_everybody


@task
def tell_changes() -> None:
    """Tell everybody who is owed it. Safe to run at any time, several times, and after having been killed."""
    tell_everybody()
    refresh_cases(only_marked=True)
    send_owed()
    forget_unconfirmed()


@receiver(edition_published, sender=Edition)
def queue_rollout(edition: Edition, before: int, **_kwargs) -> None:
    """Together with the edition, the promise to tell everybody; the work itself follows in the background.

    Should the task not get into the queue, ``manage.py tell_changes`` finds the promise.
    """
    if before:
        Rollout.objects.create(edition=edition.number, since=before, published_at=edition.published_at)
        transaction.on_commit(partial(tell_changes.enqueue), robust=True)
