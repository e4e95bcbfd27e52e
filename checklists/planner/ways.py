"""Which way somebody takes to reach each thing: procedures that give the same are ways of one task."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.catalogue.schema import Task
from guides.conditions.answers import Answers

from .channels import SLOWEST, OpenChannel
from .selection import RANK, Selected

# Why the first way is better than the next: what stands where they differ first.
Reason = Literal["status", "place", "credentials", "several", "time", ""]
REASONS: tuple[Reason, ...] = ("", "", "status", "place", "credentials", "several", "time")


@dataclass(slots=True)
class Row:
    """One line of the list: what it reaches (keys of documents), and the ways to it, the best one first.

    It goes by the key and name of its task; or of its first way, where that gives more than the one task reaches, or
    is a task of its own.
    """

    ways: tuple[Selected, ...]
    task: Task | None = None
    reaches: tuple[str, ...] = ()
    reason: Reason = ""

    @property
    def way(self) -> Selected:
        return self.ways[0]

    @property
    def key(self) -> str:
        return (self.task or self.way.procedure).key

    @property
    def name(self) -> str:
        return (self.task or self.way.procedure).name

    @property
    def local_name(self) -> str:
        return (self.task or self.way.procedure).local_name


def rows_of(
    compiled: CompiledCatalogue,
    selected: list[Selected],
    channels: Mapping[str, tuple[OpenChannel, ...]],
    answers: Answers,
) -> list[Row]:
    """The rows of a plan, in no order. Each procedure is a way of at least one, each document is reached by one."""
    live = {item.key: item for item in selected}
    tasks = _tasks(compiled, live, answers)
    serves: dict[str, set[str]] = {}
    for task in tasks:
        for way in task.ways:
            serves.setdefault(way, set()).update(compiled.reached_by[task.key])
    chosen: dict[str, list[Row]] = {}
    owners: dict[str, str] = {}
    for task in tasks:
        row = _row(task, live, channels, serves)
        chosen.setdefault(row.way.key, []).append(row)
        owners |= dict.fromkeys(compiled.reached_by[task.key], row.way.key)
    rows = [_folded(found, serves) for found in chosen.values()]
    shown = {way.key for row in rows for way in row.ways}
    rows += [
        Row((item,))
        for item in selected
        if item.key not in chosen and (item.key not in shown or _gives_more(item, serves))
    ]
    for row in sorted(rows, key=lambda row: RANK[row.way.status]):
        for output in row.way.procedure.outputs:
            owners.setdefault(output, row.way.key)
        row.reaches = tuple(output for output in row.way.procedure.outputs if owners[output] == row.way.key)
    return rows


def _tasks(compiled: CompiledCatalogue, live: Mapping[str, Selected], answers: Answers) -> list[Task]:
    destination = answers.get(DESTINATION)
    countries = [destination] if destination else list(compiled.tasks_of)
    tasks = [task for country in countries for task in compiled.tasks_of.get(country, ())]
    return [task for task in tasks if not live.keys().isdisjoint(task.ways)]


def _row(
    task: Task,
    live: Mapping[str, Selected],
    channels: Mapping[str, tuple[OpenChannel, ...]],
    serves: Mapping[str, set[str]],
) -> Row:
    ranked = sorted((_rank(live[key], channels[key], serves), key) for key in task.ways if key in live)
    reason = _reason(ranked[0][0], ranked[1][0]) if len(ranked) > 1 else ""
    return Row(tuple(live[key] for _, key in ranked), task, reason=reason)


def _rank(way: Selected, channels: Iterable[OpenChannel], serves: Mapping[str, set[str]]) -> tuple[int, ...]:
    """Lower is better. ``REASONS`` names the places."""
    best = next(iter(channels), None)
    return (
        not way.done,
        way.stopped,
        RANK[way.status],
        best is not None and best.far,
        len(best.missing) if best else 0,
        -len(serves[way.key]),
        SLOWEST if best is None or best.days is None else best.days,
        way.procedure.order,
    )


def _reason(first: tuple[int, ...], second: tuple[int, ...]) -> Reason:
    return next((why for why, one, other in zip(REASONS, first, second, strict=False) if one != other), "")


def _gives_more(way: Selected, serves: Mapping[str, set[str]]) -> bool:
    """Whether a procedure gives something that none of its tasks reaches."""
    return not serves[way.key].issuperset(way.procedure.outputs)


def _folded(rows: list[Row], serves: Mapping[str, set[str]]) -> Row:
    """The one row of all tasks that are reached by the same way."""
    first = rows[0]
    if len(rows) == 1 and not _gives_more(first.way, serves):
        return first
    others = {way.key: way for row in rows for way in row.ways[1:]}
    return Row((first.way, *others.values()), reason=first.reason)
