"""Whom an edition tells something: asked before it is published and while it is told of, so that both agree."""

import datetime
from collections.abc import Iterable, Iterator
from itertools import groupby

from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Value

from checklists.models import Checklist, ChecklistItem
from checklists.planner import plan
from checklists.planning import progress_of, typed_answers, understood_by_both
from guides.catalogue.compiled import CompiledCatalogue

from .affected import Affected
from .answers_index import raw_answers, read_raw
from .compare import PlanChange, compare
from .lost_answers import with_lost_answers


class Telling:
    """Two catalogues, and the live checklists that have not seen the edition ``number``, which is the ``new`` one."""

    def __init__(self, old: CompiledCatalogue, new: CompiledCatalogue, number: int, today: datetime.date):
        self.old, self.new, self.number, self.today = old, new, number, today
        self.affected = Affected(old, new, today)
        self._known: dict[tuple, bool] = {}

    def unseen(self) -> QuerySet[Checklist]:
        return Checklist.objects.live().filter(edition__lt=self.number).order_by("pk")

    def rows(self):
        """Of each checklist that has not seen the edition: key, two facts about its ticks, and a few answers."""
        columns = raw_answers(self.affected.keys)
        done = ChecklistItem.objects.filter(checklist=OuterRef("pk"), done=True)
        tasks, nothing = done.filter(kind="procedure"), Value(False, BooleanField())
        otherwise, ask = self.affected.gives_otherwise, self.affected.ask_for_ticks
        return (
            self.unseen()
            .annotate(
                gave_otherwise=Exists(tasks.filter(key__in=otherwise)) if otherwise else nothing,
                has_ticks=Exists(done.exclude(kind="step")) if ask else nothing,
                **columns,
            )
            .values_list("pk", "gave_otherwise", "has_ticks", *columns)
        )

    def may_differ(self, known: tuple) -> bool:
        """Whether the plan behind a row may differ. Worked out once for all checklists that are alike."""
        if known not in self._known:
            gave_otherwise, has_ticks, *texts = known
            raw = read_raw(self.affected.keys, texts)
            self._known[known] = gave_otherwise or self.affected.may_differ(raw, has_ticks=has_ticks)
        return self._known[known]

    def changes(self, checklists: Iterable[Checklist]) -> Iterator[tuple[Checklist, PlanChange]]:
        """Plan these checklists anew: those whose plan is another one, with what is different."""
        rows = list(checklists)
        items = _items_of(rows)
        for checklist in rows:
            if change := self._change(checklist, items.get(checklist.pk, [])):
                yield checklist, change

    def _change(self, checklist: Checklist, items: list[ChecklistItem]) -> PlanChange:
        progress = progress_of(items)
        raw = understood_by_both(self.old, self.new, checklist.answers, self.today)
        answers = [typed_answers(compiled, raw, self.today) for compiled in (self.old, self.new)]
        before = plan(self.old, answers[0], self.today, progress)
        after = plan(self.new, answers[1], self.today, progress)
        change = compare(before, after, self.old, self.new, {**answers[1], "today": self.today})
        return with_lost_answers(change, self.old, self.new, checklist.answers, self.today)


def _items_of(checklists: list[Checklist]) -> dict[int, list[ChecklistItem]]:
    rows = ChecklistItem.objects.filter(checklist__in=checklists).order_by("checklist_id", "pk")
    return {key: list(items) for key, items in groupby(rows, key=lambda item: item.checklist_id)}
