"""One pure function: ``plan(catalogue, answers, today)``. Everything else renders what it returns."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Pointer
from guides.conditions.answers import Answers

from .alerts import RaisedAlert, alerts_of
from .channels import OpenChannel, channels_of
from .documents import PlannedDocument, Shelf
from .holding import held
from .ordering import Producers, arrange, lacking, producers_of
from .overtaken import without_overtaken
from .papers import Paper, papers_of
from .procedures import PlannedProcedure, planned
from .progress import Progress, with_progress
from .recurring import Series, series_of
from .schedule import schedule
from .selection import Selected, pointers_here, select
from .tasks import PlannedTask, tasks_of
from .unanswered import unanswered
from .ways import rows_of

WhyNot = Literal["not_covered", "late", "loop", "open_question", "unknown_length"]


@dataclass(frozen=True, slots=True)
class ReadyBy:
    """The day on which everything required can be finished. Where nobody can tell it, ``why_not`` says why, and
    ``tasks`` are those that are the reason."""

    date: datetime.date | None
    why_not: WhyNot | Literal[""] = ""
    tasks: tuple[str, ...] = ()


@dataclass(slots=True)
class Plan:
    """What one person must do. ``unknown`` are the answers that could still change it, most useful first; ``overtaken``
    those that time has made void. ``tasks`` and ``papers`` are what people see of ``procedures`` and ``documents``."""

    edition: int
    today: datetime.date
    procedures: list[PlannedProcedure]
    documents: list[PlannedDocument]
    tasks: list[PlannedTask]
    papers: list[Paper]
    alerts: list[RaisedAlert]
    recurring: list[Series]
    pointers: list[Pointer]
    unknown: tuple[str, ...]
    overtaken: tuple[str, ...]
    loops: tuple[tuple[str, ...], ...]

    @property
    def open_tasks(self) -> list[PlannedTask]:
        """Everything that is surely required and not done yet; duties without an end are not waited for."""
        return [task for task in self.tasks if task.status == "required" and not task.done and not task.ongoing]

    @property
    def ready_by(self) -> ReadyBy:
        """The day on which everything required can be finished, or why nobody can tell it."""
        for why, tasks in self._doubts():
            return ReadyBy(None, why, tuple(task.key for task in tasks))
        return ReadyBy(max((task.way.finish for task in self.open_tasks), default=self.today))

    @property
    def is_finished(self) -> bool:
        """Whether all that is required is done, and nothing may come on top."""
        required = any(task.status == "required" for task in self.tasks)
        return required and not self.open_tasks and self.ready_by.date is not None

    def _doubts(self) -> Iterator[tuple[WhyNot, list[PlannedTask]]]:
        """Why no day can be told, the worst first, each with the tasks that it is about."""
        kinds = {alert.kind for alert in self.alerts}
        stopped = [task for task in self.tasks if task.stopped]
        if stopped or kinds & {"danger", "not_covered"}:
            yield "not_covered", stopped
        if "late" in kinds:
            yield "late", [task for task in self.tasks if task.way.sets_late]
        if self.loops:
            yield "loop", []
        provisional = [task for task in self.tasks if task.may_be_required and not task.done]
        if provisional or self.overtaken or not self.tasks:
            yield "open_question", provisional
        if unknown := [task for task in self.open_tasks if not task.duration_known]:
            yield "unknown_length", unknown


def plan(compiled: CompiledCatalogue, answers: Answers, today: datetime.date, progress: Progress | None = None) -> Plan:
    """The plan for typed answers (see ``guides.conditions.read_answers``) on the day ``today``. Deterministic."""
    progress = progress or Progress()
    current, overtaken = without_overtaken(compiled, {**answers, "today": today})
    before = cache(lambda: compiled.truths(current))
    truths = compiled.truths(with_progress(compiled, dict(current), progress))
    selected = select(compiled, truths, frozenset(progress.finished), before)
    finished = {item.key for item in selected if item.done}
    in_hand = held(compiled, truths, (output for item in selected if item.done for output in item.procedure.outputs))
    channels = {item.key: channels_of(item.procedure, compiled, truths, in_hand) for item in selected}
    rows = rows_of(compiled, selected, channels, truths.answers)
    taken = {row.way.key for row in rows}
    producers = producers_of(selected, taken)
    order = arrange(compiled, selected, channels, producers, in_hand, truths)
    timing = schedule(compiled, selected, order, truths, channels=channels, taken=taken, progress=progress)
    shelf = Shelf(compiled, timing, producers, in_hand)
    items = {item.key: item for item in selected}
    missing = {item.key: _missing(item, channels[item.key], producers, in_hand, compiled) for item in selected}
    procedures = {
        key: planned(items[key], order, timing, channels[key], missing[key], finished, compiled, truths)
        for key in order.keys
    }
    tasks = tasks_of(rows, procedures, truths.answers)
    documents = shelf.documents(selected, order)
    asking = {task.way.key: task.key for task in tasks if task.is_firm}
    return Plan(
        edition=compiled.number,
        today=today,
        procedures=list(procedures.values()),
        documents=documents,
        tasks=tasks,
        papers=papers_of(documents, asking, shelf, truths),
        alerts=alerts_of(compiled, truths, tasks, order.loops, {key: answers[key] for key in overtaken}),
        recurring=series_of(compiled, selected, truths, timing.ends),
        pointers=pointers_here(compiled, truths),
        unknown=unanswered(compiled, truths),
        overtaken=overtaken,
        loops=tuple(order.loops),
    )


def _missing(
    item: Selected,
    channels: tuple[OpenChannel, ...],
    producers: Producers,
    in_hand: frozenset[str],
    compiled: CompiledCatalogue,
) -> tuple[str, ...]:
    """The documents without which something cannot be started: an office gives them, and nothing in this plan does."""
    found = dict.fromkeys(lacking(channels[0].missing, item.key, compiled, producers, in_hand) if channels else ())
    for need in item.needs if not item.done else ():
        if need.blocks:
            ways = [lacking(option.documents, item.key, compiled, producers, in_hand) for option, _ in need.options]
            fewest: list[str] = min(ways, key=len)
            found |= dict.fromkeys(fewest)
    return tuple(found)
