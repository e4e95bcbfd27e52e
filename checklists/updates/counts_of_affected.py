"""How many live checklists gain or lose which procedure or document when a catalogue takes the place of another.

Exact, and without a plan for anybody: only procedures that are selected differently, or ask for other documents, are
looked at, and only on checklists whose answers make a difference to them.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import batched
from typing import Any, Literal

from checklists.models import Checklist, ChecklistItem
from checklists.planner import Progress
from checklists.planner.documents import Use, uses_of
from checklists.planner.holding import HOLDINGS, held
from checklists.planner.overtaken import without_overtaken
from checklists.planner.progress import with_progress
from checklists.planner.selection import Selected, select_one
from checklists.planning import no_longer_offered, typed_answers, understood_by_both
from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.catalogue.schema import Procedure

from .answers_index import situations
from .changed_procedures import read_differently
from .compare import DOCUMENT, PROCEDURE
from .narrowing import Narrowing, Reading

AT_A_TIME = 500

# Kind and key of an item, what happens to it, and whether that is certain whatever the open answers will be.
Shift = tuple[str, str, Literal["gain", "lose"], bool]


@dataclass(frozen=True, slots=True)
class ItemCount:
    """How many checklists gain and lose one procedure or document. ``may_…``: where answers are missing to be sure."""

    kind: str
    key: str
    name: str
    gain: int
    may_gain: int
    lose: int
    may_lose: int


@dataclass(frozen=True, slots=True)
class CountsOfAffected:
    """``checklists`` are all live ones, ``affected`` those that gain or lose something."""

    checklists: int
    affected: int
    items: tuple[ItemCount, ...]


def counts_of_affected(old: CompiledCatalogue, new: CompiledCatalogue, today: datetime.date) -> CountsOfAffected:
    """What becomes of the live checklists. Ticked lines count as in their plans."""
    counts: Counter[Shift] = Counter()
    affected = 0
    judge = _Judge(Narrowing(old, new, _read_differently(old, new, today)), today)
    for raw, progress in _affected(judge):
        shifts = judge.shifts(raw, progress)
        affected += bool(shifts)
        counts.update(shifts)
    return CountsOfAffected(Checklist.objects.live().count(), affected, tuple(_items(counts, old, new)))


def _items(counts: Counter[Shift], old: CompiledCatalogue, new: CompiledCatalogue) -> Iterator[ItemCount]:
    """Procedures first, then documents; what concerns most checklists first."""
    sums: Counter[tuple[str, str]] = Counter()
    for (kind, key, _happens, _certain), number in counts.items():
        sums[kind, key] += number
    for (kind, key), _number in sorted(sums.items(), key=lambda entry: (entry[0][0] == DOCUMENT, -entry[1], entry[0])):
        gain, may_gain, lose, may_lose = (
            counts[kind, key, happens, certain] for happens in ("gain", "lose") for certain in (True, False)
        )
        yield ItemCount(kind, key, _name(kind, key, old, new), gain, may_gain, lose, may_lose)


def _name(kind: str, key: str, old: CompiledCatalogue, new: CompiledCatalogue) -> str:
    entries = [getattr(compiled, f"{kind}s") for compiled in (new, old)]
    return next(found[key].name for found in entries if key in found)


def _read_differently(old: CompiledCatalogue, new: CompiledCatalogue, today: datetime.date) -> frozenset[str]:
    """A new document is a value that nobody could choose so far: only what people answered counts."""
    return frozenset(
        key
        for key in read_differently(old, new)
        if any(typed_answers(old, raw, today) != typed_answers(new, raw, today) for raw, _ in situations({key}))
    )


def _affected(judge: "_Judge") -> Iterator[tuple[dict[str, Any], Progress]]:
    """Answers and ticks of the checklists that may gain or lose something."""
    reading = judge.narrowing.reading
    if not judge.narrowing.changed:
        return
    found = (reading.answers(raw) for raw, _ in situations(reading.keys))
    wanted = {repr(answers) for answers in found if judge.matters(answers)}
    if not wanted:
        return
    rows = Checklist.objects.live().order_by("pk").values_list("pk", "answers").iterator()
    chosen = (row for row in rows if repr(reading.answers(row[1])) in wanted and not judge.loses_destination(row[1]))
    for batch in batched(chosen, AT_A_TIME, strict=False):
        progress = _progress([pk for pk, _ in batch])
        for pk, raw in batch:
            yield raw, progress.get(pk, Progress())


def _asks(item: Selected | None) -> Any:
    if item is None:
        return None
    return item.status, item.done, sorted((key, use.status) for key, use in uses_of(item, frozenset()))


def _progress(pks: Iterable[int]) -> dict[int, Progress]:
    """What is ticked on these checklists, by primary key; checklists without a tick are left out."""
    finished: dict[int, dict] = {}
    documents: dict[int, set] = {}
    rows = ChecklistItem.objects.filter(checklist__in=pks, done=True).values_list("checklist", "kind", "key", "date")
    for pk, kind, key, date in rows:
        if kind == ChecklistItem.Kind.PROCEDURE:
            finished.setdefault(pk, {})[key] = date
        elif kind == ChecklistItem.Kind.DOCUMENT:
            documents.setdefault(pk, set()).add(key)
    found = finished.keys() | documents.keys()
    return {pk: Progress(finished.get(pk, {}), frozenset(documents.get(pk, ()))) for pk in found}


class _Side:
    """Single lines of one person's plan in one catalogue, as ``planner.plan`` has them."""

    def __init__(self, compiled: CompiledCatalogue, raw: dict[str, Any], progress: Progress, today: datetime.date):
        current, _gone = without_overtaken(compiled, {**typed_answers(compiled, raw, today), "today": today})
        self.compiled, self.finished = compiled, progress.finished
        self.before = cache(lambda: compiled.truths(current))
        self.truths = compiled.truths(with_progress(compiled, dict(current), progress))
        self._items: dict[str, Selected | None] = {}

    def item(self, key: str) -> Selected | None:
        """A procedure as it is in the plan; None if it is not."""
        if key not in self._items:
            procedure = self.compiled.procedures.get(key)
            here = procedure if procedure and self._is_candidate(procedure) else None
            self._items[key] = select_one(here, self.truths, self.finished, self.before) if here else None
        return self._items[key]

    def _is_candidate(self, procedure: Procedure) -> bool:
        destination = self.truths.answers.get(DESTINATION)
        return procedure.country in self.compiled.countries and destination in (None, procedure.country)

    def papers(self, keys: Iterable[str]) -> dict[str, list[Use]]:
        """The documents that these procedures ask for."""
        found: dict[str, list[Use]] = {}
        for key in keys:
            item = self.item(key)
            if item is not None and not item.done:
                for document, use in uses_of(item, frozenset()):
                    found.setdefault(document, []).append(use)
        return found

    def holds(self, document: str) -> bool:
        given = (
            paper
            for paper in self.compiled.stand_ins[document]
            for item in map(self.item, self.compiled.producers.get(paper, ()))
            if item is not None and item.done
        )
        return document in held(self.compiled, self.truths, given)


class _Judge:
    """Says of each person what comes and goes. People of whom it reads the same are judged once."""

    def __init__(self, narrowing: Narrowing, today: datetime.date):
        self.narrowing, self.today = narrowing, today
        self._changes: dict[Any, tuple[list[Shift], list[Shift]]] = {}
        self._elsewhere: dict[Any, bool] = {}
        self._readings: dict[str, Reading] = {}

    def matters(self, answers: dict[str, Any]) -> bool:
        """Whether people with these answers can gain or lose something, whatever they have ticked."""
        reads_holdings = HOLDINGS in self.narrowing.reading.keys
        if reads_holdings:
            # Ticks add to what is in hand, so nothing is ruled out by what is missing there.
            answers = {key: value for key, value in answers.items() if key != HOLDINGS}
        before, after = (
            self._side(compiled, answers, Progress()) for compiled in (self.narrowing.old, self.narrowing.new)
        )
        pairs = [(before.item(key), after.item(key)) for key in self.narrowing.changed]
        if reads_holdings:
            return any(was or now for was, now in pairs)
        return any(_asks(was) != _asks(now) for was, now in pairs)

    def loses_destination(self, raw: dict[str, Any]) -> bool:
        """Whether the country is no longer offered: until another is chosen, nothing is said to come or go."""
        answer = {key: raw[key] for key in (DESTINATION,) if key in raw}
        return bool(no_longer_offered(self.narrowing.old, self.narrowing.new, answer, self.today))

    def shifts(self, raw: dict[str, Any], progress: Progress) -> list[Shift]:
        """What comes and goes, as ``compare`` tells it to this person."""
        reading = self.narrowing.reading
        answers, ticks = reading.answers(raw) | reading.holdings(raw), reading.ticks(progress)
        known = repr(answers), frozenset(ticks.finished), ticks.documents
        if known not in self._changes:
            self._changes[known] = self._changed_lines(answers, ticks)
        tasks, papers = self._changes[known]
        return tasks + [shift for shift in papers if not self._is_asked_elsewhere(shift[1], raw, progress)]

    def _side(self, compiled: CompiledCatalogue, answers: dict[str, Any], progress: Progress) -> _Side:
        raw = understood_by_both(self.narrowing.old, self.narrowing.new, answers, self.today)
        return _Side(compiled, raw, progress, self.today)

    def _changed_lines(self, answers: dict[str, Any], ticks: Progress) -> tuple[list[Shift], list[Shift]]:
        """Procedures that come and go; and documents that do, as far as the changed procedures go."""
        before, after = (self._side(compiled, answers, ticks) for compiled in (self.narrowing.old, self.narrowing.new))
        tasks: list[Shift] = []
        papers: list[Shift] = []
        for key in self.narrowing.changed:
            was, now = before.item(key), after.item(key)
            if now is not None and was is None and not now.done:
                tasks.append((PROCEDURE, key, "gain", now.status != "provisional"))
            if was is not None and now is None:
                tasks.append((PROCEDURE, key, "lose", was.status != "provisional"))
        had, has = before.papers(self.narrowing.changed), after.papers(self.narrowing.changed)
        for key in sorted(has.keys() - had.keys()):
            if not after.holds(key):
                papers.append((DOCUMENT, key, "gain", _is_certain(has[key])))
        for key in sorted(had.keys() - has.keys()):
            # Not when only its procedures count as finished now.
            items = [after.item(use.procedure) for use in had[key]]
            if any(item is None or not item.done for item in items):
                papers.append((DOCUMENT, key, "lose", _is_certain(had[key])))
        return tasks, papers

    def _is_asked_elsewhere(self, document: str, raw: dict[str, Any], progress: Progress) -> bool:
        askers = self.narrowing.other_askers.get(document, ())
        if not askers:
            return False
        if document not in self._readings:
            self._readings[document] = Reading(askers, frozenset(), self.narrowing.new)
        reading = self._readings[document]
        answers, ticks = reading.answers(raw) | reading.holdings(raw), reading.ticks(progress)
        known = document, repr(answers), frozenset(ticks.finished), ticks.documents
        if known not in self._elsewhere:
            side = self._side(self.narrowing.new, answers, ticks)
            self._elsewhere[known] = any(document in side.papers([key]) for key in askers)
        return self._elsewhere[known]


def _is_certain(uses: list[Use]) -> bool:
    return any(use.status != "provisional" for use in uses)
