"""Working through the checklists for each edition, in batches that are done as a whole or not at all.

What is done is in the database with what was done: a batch writes its notices, the mail that is owed, the checklists'
edition and the place it has come to in one transaction. Ticks, notes and dates are never touched.
"""

import logging

from django.db import transaction
from django.utils import timezone

from checklists.models import Case, ChangeNotice, Checklist, OutgoingMail, Rollout, Subscription
from guides import clock
from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.problems import CatalogueError
from guides.catalogue.schema import Catalogue
from guides.conditions import ConditionError
from guides.editions.publishing import catalogue_of
from guides.models import Edition

from .telling import Telling

logger = logging.getLogger(__name__)

# Checklists that one transaction looks at, and at most plans anew: others who write wait for less than a second.
LOOKED_AT = 2000
PLANNED = 50


def tell_everybody() -> int:
    """Tell everybody about every edition they were not told of, older editions first. How many were told."""
    told = 0
    for rollout in Rollout.objects.filter(finished_at=None):
        try:
            work = Work(rollout)
        except (CatalogueError, ConditionError):
            # After an upgrade an old edition may make no sense any more. Those after it still have to be told of.
            logger.exception("Editions %s and %s cannot be compared; nobody is told", rollout.since, rollout.edition)
            Rollout.objects.filter(pk=rollout.pk).update(started_at=timezone.now(), finished_at=timezone.now())
            continue
        while (count := work.next_batch()) is not None:
            told += count
    return told


class Work:
    """One rollout with both of its catalogues."""

    def __init__(self, rollout: Rollout):
        self.rollout = rollout
        old, new = _compiled(rollout.since), _compiled(rollout.edition)
        self.quiet = Edition.objects.filter(number=rollout.edition, quiet=True).exists()
        self.telling = Telling(old, new, rollout.edition, clock.today())

    @transaction.atomic
    def next_batch(self) -> int | None:
        """Go on where the rollout is. How many were told; None when all have been, by whatever process."""
        rollout = Rollout.objects.select_for_update().get(pk=self.rollout.pk)
        if rollout.finished_at:
            return None
        rollout.started_at = rollout.started_at or timezone.now()
        affected, rollout.cursor, finished = self._look(rollout.cursor)
        told = self._tell(affected)
        rollout.told += told
        if finished:
            rollout.finished_at = timezone.now()
        rollout.save(update_fields=["started_at", "cursor", "told", "finished_at"])
        return told

    def _look(self, cursor: int) -> tuple[list[int], int, bool]:
        """The next checklists that may be affected, the last one looked at, and whether there are no more."""
        if not self.telling.affected:
            return [], cursor, True
        affected: list[int] = []
        rows = list(self.telling.rows().filter(pk__gt=cursor)[:LOOKED_AT])
        for pk, *known in rows:
            cursor = pk
            if self.telling.may_differ(tuple(known)):
                affected.append(pk)
                if len(affected) == PLANNED:
                    return affected, cursor, False
        return affected, cursor, len(rows) < LOOKED_AT

    def _tell(self, affected: list[int]) -> int:
        """Plan these checklists anew and tell those whose plan is another one; of a quiet edition, nobody.

        Either way they have seen the edition now, so that no later one tells them of it.
        """
        if not affected:
            return 0
        # Answers that were changed in the meantime were given to this edition already.
        checklists = list(self.telling.unseen().filter(pk__in=affected).select_for_update())
        notices = [
            ChangeNotice(
                checklist=checklist,
                edition=self.rollout.edition,
                published_at=self.rollout.published_at,
                changes=change.as_json(),
            )
            for checklist, change in ([] if self.quiet else self.telling.changes(checklists))
        ]
        ChangeNotice.objects.bulk_create(notices)
        _queue_mail(notices)
        keys = [checklist.pk for checklist in checklists]
        Checklist.objects.filter(pk__in=keys).update(edition=self.rollout.edition)
        Case.objects.outdate(keys)
        return len(notices)


def _compiled(number: int) -> CompiledCatalogue:
    return CompiledCatalogue(catalogue_of(number) if number else Catalogue(), number)


def _queue_mail(notices: list[ChangeNotice]) -> None:
    """One mail for each notice whose reader has asked for mail."""
    agreed = Subscription.objects.filter(
        checklist__in=[notice.checklist_id for notice in notices], confirmed_at__isnull=False
    ).in_bulk(field_name="checklist_id")
    OutgoingMail.objects.bulk_create(
        OutgoingMail(kind=OutgoingMail.CHANGES, subscription=agreed[notice.checklist_id], notice=notice)
        for notice in notices
        if notice.checklist_id in agreed
    )
