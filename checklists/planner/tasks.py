"""What a person sees: one task for each thing to reach, with the way that fits best."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import get_args

from guides.catalogue.fields import Phase
from guides.conditions.answers import Answers

from .channels import ARRIVAL, place_of, whereabouts
from .procedures import PlannedProcedure
from .selection import RANK, Status
from .ways import Reason, Row

FIRST_WEEKS, FIRST_MONTHS = 31, 122


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """A row of the list. ``way`` is the procedure that is taken, ``reason`` why it is better than the ``other_ways``.

    ``depends_on`` are keys of tasks that stand before it; ``target`` is the day to aim at, ``latest`` the last one on
    which the office is open. ``missing`` are keys of documents that nothing in the plan gives, and that hold it up.
    """

    row: Row
    way: PlannedProcedure
    other_ways: tuple[PlannedProcedure, ...]
    status: Status
    phase: Phase
    depends_on: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.row.key

    @property
    def name(self) -> str:
        return self.row.name

    @property
    def local_name(self) -> str:
        return self.row.local_name

    @property
    def reaches(self) -> tuple[str, ...]:
        return self.row.reaches

    @property
    def reason(self) -> Reason:
        return self.row.reason

    @property
    def is_firm(self) -> bool:
        """Whether it is more than an offer: its papers are to be got."""
        return self.status in ("required", "recommended") or self.may_be_required

    @property
    def may_be_required(self) -> bool:
        return self.status == "provisional" and any(way.may_be_required for way in (self.way, *self.other_ways))

    @property
    def done(self) -> bool:
        return self.way.done

    @property
    def ongoing(self) -> bool:
        return self.way.procedure.ongoing

    @property
    def earliest(self) -> datetime.date | None:
        return self.way.earliest

    @property
    def target(self) -> datetime.date | None:
        return self.way.target

    @property
    def latest(self) -> datetime.date | None:
        return self.way.latest

    @property
    def duration_known(self) -> bool:
        return self.way.duration_known

    @property
    def missing(self) -> tuple[str, ...]:
        return self.way.missing

    @property
    def ready(self) -> bool:
        return self.way.ready

    @property
    def stopped(self) -> bool:
        return self.way.stopped

    @property
    def late(self) -> bool:
        return self.way.late


def tasks_of(rows: Iterable[Row], procedures: Mapping[str, PlannedProcedure], answers: Answers) -> list[PlannedTask]:
    """The tasks in an order that works: that of the ways that are taken. ``procedures`` is in that order."""
    places = {key: place for place, key in enumerate(procedures)}
    ordered = sorted(rows, key=lambda row: places[row.way.key])
    row_of = {way.key: row.key for row in ordered for way in row.ways[1:]}
    row_of |= {row.way.key: row.key for row in ordered}
    found: dict[str, PlannedTask] = {}
    for row in ordered:
        way = procedures[row.way.key]
        found[row.key] = PlannedTask(
            row=row,
            way=way,
            other_ways=tuple(procedures[other.key] for other in row.ways[1:]),
            status=min((one.status for one in row.ways), key=RANK.__getitem__),
            phase=_phase(way, answers),
            depends_on=tuple(key for key in dict.fromkeys(map(row_of.__getitem__, way.depends_on)) if key in found),
        )
    return _by_phase(list(found.values()))


def _by_phase(tasks: list[PlannedTask]) -> list[PlannedTask]:
    """Phase after phase; in each by the day to aim at, offers last. What others wait for comes no later than they do.
    ``tasks`` are in an order that works, which is kept otherwise."""
    phases = get_args(Phase)
    never = datetime.date.max
    ranks = {task.key: (phases.index(task.phase), not task.is_firm, task.target or never) for task in tasks}
    for task in reversed(tasks):
        for key in task.depends_on:
            ranks[key] = min(ranks[key], ranks[task.key])
    return sorted((replace(task, phase=phases[ranks[task.key][0]]) for task in tasks), key=lambda task: ranks[task.key])


def _phase(way: PlannedProcedure, answers: Answers) -> Phase:
    """When it is to be done, as people think of it: by the day to aim at, or else by the first possible one."""
    today: datetime.date = answers["today"]
    abroad = whereabouts(answers) == "abroad"
    arrival = answers.get(ARRIVAL) if abroad else None
    place = place_of(way.channels[0].channel, way.procedure) if way.channels else way.procedure.place
    if abroad and place != "destination" and (arrival is None or _day(way, today) < arrival):
        return "before_you_move"
    if way.status == "optional" and way.latest is None:
        return "later"
    days = (_day(way, today) - max(today, arrival or today)).days
    return "first_weeks" if days <= FIRST_WEEKS else "first_months" if days <= FIRST_MONTHS else "later"


def _day(way: PlannedProcedure, today: datetime.date) -> datetime.date:
    return max(today, way.target or way.earliest or way.finish)
