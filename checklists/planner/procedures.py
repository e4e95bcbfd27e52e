"""The procedures of a plan, with everything about them that applies to the person."""

import datetime
from collections.abc import Set
from dataclasses import dataclass

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Deadline, Fee, Pitfall, Procedure, Step
from guides.conditions import Truths

from .channels import OpenChannel
from .notices import Notice, notices_for
from .ordering import Order
from .schedule import Schedule, is_upper_bound
from .selection import Selected, Status


@dataclass(frozen=True, slots=True)
class PlannedDeadline:
    """``binding``: it must be started, or be finished, by then. ``passed``: the day lies before today."""

    deadline: Deadline
    date: datetime.date | None
    binding: bool
    passed: bool


@dataclass(slots=True)
class PlannedProcedure:
    """A procedure of the plan.

    ``because`` are phrases that complete "because …"; ``settles`` are the answers that would decide a provisional
    one, which ``may_be_required`` or else is only offered. ``earliest``, ``target`` and ``latest`` are days to start,
    ``finish`` the end of an earliest start: none where the length is not known. ``depends_on`` come before it.
    ``missing`` are documents that it needs, that an office gives, and that nothing in this plan does. ``ready`` says
    that nothing holds it up today; ``stopped`` that an alert does.
    """

    procedure: Procedure
    status: Status
    done: bool
    depends_on: tuple[str, ...]
    because: tuple[str, ...]
    settles: tuple[str, ...]
    may_be_required: bool
    earliest: datetime.date | None
    target: datetime.date | None
    latest: datetime.date | None
    finish: datetime.date
    duration_known: bool
    missing: tuple[str, ...]
    ready: bool
    stopped: bool
    late: bool
    sets_late: bool
    critical: bool
    channels: tuple[OpenChannel, ...]
    steps: tuple[Step, ...]
    fees: tuple[Fee, ...]
    deadlines: tuple[PlannedDeadline, ...]
    pitfalls: tuple[Pitfall, ...]
    notices: tuple[Notice, ...]

    @property
    def key(self) -> str:
        return self.procedure.key


def planned(
    item: Selected,
    order: Order,
    timing: Schedule,
    channels: tuple[OpenChannel, ...],
    missing: tuple[str, ...],
    finished: Set[str],
    compiled: CompiledCatalogue,
    truths: Truths,
) -> PlannedProcedure:
    """``missing`` are the documents that hold it up, ``finished`` the keys of the procedures that are done."""
    procedure, dates, today = item.procedure, timing.dates[item.key], truths.answers["today"]
    open_today = not (item.done or item.stopped or missing or item.key in order.stuck) and dates.earliest <= today
    reachable = not channels or not (channels[0].far or channels[0].locked)
    return PlannedProcedure(
        procedure=procedure,
        status=item.status,
        done=item.done,
        depends_on=order.waits[item.key],
        because=compiled.because(item.deciding, truths),
        settles=tuple(sorted(truths.open_keys(item.deciding))),
        may_be_required=item.status == "provisional" and item.deciding == procedure.required_when,
        earliest=None if item.done or item.stopped else dates.earliest,
        target=dates.target,
        latest=dates.latest,
        finish=dates.finish,
        duration_known=item.done or dates.days is not None,
        missing=missing,
        ready=open_today and reachable and finished >= set(order.waits[item.key]),
        stopped=item.stopped,
        late=dates.late,
        sets_late=dates.sets_late,
        critical=item.key in timing.critical,
        channels=channels,
        steps=_applying(procedure.steps, truths),
        fees=_applying(procedure.fees, truths),
        deadlines=_deadlines(item, timing, today),
        pitfalls=_applying(procedure.pitfalls, truths),
        notices=notices_for(item.key, dates, order.loops, done=item.done),
    )


def _applying[T: (Step, Fee, Pitfall)](parts: tuple[T, ...], truths: Truths) -> tuple[T, ...]:
    return tuple(part for part in parts if truths[part.when] is not False)


def _deadlines(item: Selected, timing: Schedule, today: datetime.date) -> tuple[PlannedDeadline, ...]:
    return tuple(
        PlannedDeadline(deadline, day, is_upper_bound(deadline), day is not None and day < today and not item.done)
        for deadline, day in timing.deadlines[item.key]
    )
