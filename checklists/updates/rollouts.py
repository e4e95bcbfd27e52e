"""Working through the checklists for each edition, in batches that are done as a whole or not at all.

What is done is in the database with what was done: a batch writes its notices, the mail that is owed, the checklists'
edition and the place it has come to in one transaction. Ticks, notes and dates are never touched.
"""

import logging
from itertools import groupby

from django.db import transaction
from django.db.models import BooleanField, Exists, OuterRef, Value
from django.utils import timezone

from checklists.models import Case, ChangeNotice, Checklist, ChecklistItem, OutgoingMail, Rollout, Subscription
from checklists.planner import plan
from checklists.planning import progress_of, typed_answers, understood_by_both
from guides import clock
from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.problems import CatalogueError
from guides.catalogue.schema import Catalogue
from guides.conditions import ConditionError
from guides.editions.publishing import catalogue_of

from .affected import Affected
from .answers_index import raw_answers, read_raw
from .compare import compare

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
        self.old, self.new = _compiled(rollout.since), _compiled(rollout.edition)
        self.today = clock.today()
        self.affected = Affected(self.old, self.new, self.today)
        self._known: dict[tuple, bool] = {}

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
        if not self.affected:
            return [], cursor, True
        affected: list[int] = []
        rows = list(self._rows().filter(pk__gt=cursor)[:LOOKED_AT])
        for pk, *known in rows:
            cursor = pk
            if self._may_differ(tuple(known)):
                affected.append(pk)
                if len(affected) == PLANNED:
                    return affected, cursor, False
        return affected, cursor, len(rows) < LOOKED_AT

    def _rows(self):
        """Of each live checklist that has not seen the edition: key, two facts about its ticks, and a few answers."""
        columns = raw_answers(self.affected.keys)
        done = ChecklistItem.objects.filter(checklist=OuterRef("pk"), done=True)
        tasks, nothing = done.filter(kind="procedure"), Value(False, BooleanField())
        otherwise, ask = self.affected.gives_otherwise, self.affected.ask_for_ticks
        unseen = Checklist.objects.live().filter(edition__lt=self.rollout.edition).order_by("pk")
        return unseen.annotate(
            gave_otherwise=Exists(tasks.filter(key__in=otherwise)) if otherwise else nothing,
            has_ticks=Exists(done.exclude(kind="step")) if ask else nothing,
            **columns,
        ).values_list("pk", "gave_otherwise", "has_ticks", *columns)

    def _may_differ(self, known: tuple) -> bool:
        """Worked out once for all checklists that are alike."""
        if known not in self._known:
            gave_otherwise, has_ticks, *texts = known
            raw = read_raw(self.affected.keys, texts)
            self._known[known] = gave_otherwise or self.affected.may_differ(raw, has_ticks=has_ticks)
        return self._known[known]

    def _tell(self, affected: list[int]) -> int:
        """Plan these checklists anew and tell those whose plan is another one."""
        if not affected:
            return 0
        # Answers that were changed in the meantime were given to this edition already.
        unseen = Checklist.objects.filter(pk__in=affected, edition__lt=self.rollout.edition).order_by("pk")
        checklists = list(unseen.select_for_update())
        items = _items_of(checklists)
        notices = [
            ChangeNotice(
                checklist=checklist,
                edition=self.rollout.edition,
                published_at=self.rollout.published_at,
                changes=change.as_json(),
            )
            for checklist in checklists
            if (change := self._change(checklist, items.get(checklist.pk, [])))
        ]
        ChangeNotice.objects.bulk_create(notices)
        _queue_mail(notices)
        keys = [checklist.pk for checklist in checklists]
        Checklist.objects.filter(pk__in=keys).update(edition=self.rollout.edition)
        Case.objects.outdate(keys)
        return len(notices)

    def _change(self, checklist: Checklist, items: list[ChecklistItem]):
        progress = progress_of(items)
        raw = understood_by_both(self.old, self.new, checklist.answers, self.today)
        answers = [typed_answers(compiled, raw, self.today) for compiled in (self.old, self.new)]
        before = plan(self.old, answers[0], self.today, progress)
        after = plan(self.new, answers[1], self.today, progress)
        return compare(before, after, self.old, self.new, {**answers[1], "today": self.today})


def _compiled(number: int) -> CompiledCatalogue:
    return CompiledCatalogue(catalogue_of(number) if number else Catalogue(), number)


def _items_of(checklists: list[Checklist]) -> dict[int, list[ChecklistItem]]:
    rows = ChecklistItem.objects.filter(checklist__in=checklists).order_by("checklist_id", "pk")
    return {key: list(items) for key, items in groupby(rows, key=lambda item: item.checklist_id)}


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
