"""One pure function: ``plan(catalogue, answers, today)``. Everything else renders what it returns."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Channel, Deadline, Fee, Pitfall, Procedure, Step
from guides.conditions import Truths
from guides.conditions.answers import Answers

from .notices import Notice, notices_for
from .ordering import Order, arrange, producers_of
from .papers import PlannedDocument, documents_of
from .schedule import Schedule, is_upper_bound, schedule
from .selection import Selected, Status, select
from .unanswered import unanswered


@dataclass(frozen=True, slots=True)
class Progress:
    """What a person has ticked: procedures with the day they were finished (or None), and documents in hand."""

    finished: Mapping[str, datetime.date | None] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlannedDeadline:
    """``binding``: the procedure must be started by then. ``passed``: the day lies before today."""

    deadline: Deadline
    date: datetime.date | None
    binding: bool
    passed: bool


@dataclass(frozen=True, slots=True)
class PlannedChannel:
    """``missing``: keys of the documents that this channel asks for as credentials and that are not held."""

    channel: Channel
    missing: tuple[str, ...]


@dataclass(slots=True)
class PlannedProcedure:
    """A procedure of the plan.

    ``because`` are phrases that complete "because …"; ``settles`` are the answers that would decide a provisional
    one. ``earliest`` and ``latest`` are days to start, ``finish`` the end of an earliest start. ``depends_on`` come
    before it; ``ready`` says that nothing holds it up today.
    """

    procedure: Procedure
    status: Status
    done: bool
    depends_on: tuple[str, ...]
    because: tuple[str, ...]
    settles: tuple[str, ...]
    earliest: datetime.date | None
    latest: datetime.date | None
    finish: datetime.date
    ready: bool
    critical: bool
    channels: tuple[PlannedChannel, ...]
    steps: tuple[Step, ...]
    fees: tuple[Fee, ...]
    deadlines: tuple[PlannedDeadline, ...]
    pitfalls: tuple[Pitfall, ...]
    notices: tuple[Notice, ...]

    @property
    def key(self) -> str:
        return self.procedure.key


@dataclass(slots=True)
class Plan:
    """What one person must do. ``unknown`` are the answers that could still change it, most useful first."""

    edition: int
    today: datetime.date
    procedures: list[PlannedProcedure]
    documents: list[PlannedDocument]
    unknown: tuple[str, ...]
    loops: tuple[tuple[str, ...], ...]

    @property
    def ready_by(self) -> datetime.date | None:
        """The day on which everything required can be finished; None when nothing is left."""
        return max((p.finish for p in self.procedures if p.status == "required" and not p.done), default=None)


def plan(compiled: CompiledCatalogue, answers: Answers, today: datetime.date, progress: Progress | None = None) -> Plan:
    """The plan for typed answers (see ``guides.conditions.read_answers``) on the day ``today``. Deterministic."""
    progress = progress or Progress()
    truths = compiled.truths(with_progress(compiled, {**answers, "today": today}, progress))
    selected = select(compiled, truths, frozenset(progress.finished))
    held = _held(selected, truths.answers)
    producers = producers_of(selected)
    order = arrange(selected, producers, held, truths)
    timing = schedule(compiled, selected, order, truths, held=held, finished=progress.finished)
    items = {item.key: item for item in selected}
    documents = documents_of(compiled, selected, order, timing, producers, held)
    procedures = [_planned(items[key], order, timing, items, compiled, truths) for key in order.keys]
    return Plan(
        edition=compiled.number,
        today=today,
        procedures=procedures,
        documents=documents,
        unknown=unanswered(compiled, truths),
        loops=tuple(order.loops),
    )


def with_progress(compiled: CompiledCatalogue, answers: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The same answers, to which ticked documents and what finished procedures gave were added as being in hand."""
    given = {doc for key in progress.finished if key in compiled.procedures for doc in compiled.procedures[key].outputs}
    if progress.documents or given:
        answers["in_hand"] = frozenset(answers.get("in_hand") or ()) | progress.documents | given
    return answers


def _held(selected: list[Selected], answers: Answers) -> frozenset[str]:
    given = {document for item in selected if item.done for document in item.procedure.outputs}
    return frozenset(answers.get("in_hand") or ()) | given


def _planned(
    item: Selected,
    order: Order,
    timing: Schedule,
    items: Mapping[str, Selected],
    compiled: CompiledCatalogue,
    truths: Truths,
) -> PlannedProcedure:
    procedure, dates, today = item.procedure, timing.dates[item.key], truths.answers["today"]
    waits = order.waits[item.key]
    deadlines = tuple(
        PlannedDeadline(deadline, day, is_upper_bound(deadline), day is not None and day < today and not item.done)
        for deadline, day in timing.deadlines[item.key]
    )

    def applying[T: (Step, Fee, Pitfall)](parts: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(part for part in parts if truths[part.when] is not False)

    return PlannedProcedure(
        procedure=procedure,
        status=item.status,
        done=item.done,
        depends_on=waits,
        because=compiled.because(item.deciding, truths),
        settles=tuple(sorted(truths.open_keys(item.deciding))),
        earliest=None if item.done else dates.earliest,
        latest=None if item.done else dates.latest,
        finish=dates.finish,
        ready=not item.done and dates.earliest <= today and all(items[key].done for key in waits),
        critical=item.key in timing.critical,
        channels=tuple(PlannedChannel(*pair) for pair in timing.channels[item.key]),
        steps=applying(procedure.steps),
        fees=applying(procedure.fees),
        deadlines=deadlines,
        pitfalls=applying(procedure.pitfalls),
        notices=notices_for(item.key, dates, order.loops, done=item.done),
    )
