"""On which days: the earliest start and the latest start of each procedure, its deadlines and the critical path."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Channel, Deadline, Procedure
from guides.conditions import Truths
from guides.conditions.answers import Answers
from guides.conditions.dates import resolve

from .ordering import Order
from .selection import RANK, Selected

NOT_BEFORE = {"earliest", "window_opens"}
NOT_AFTER = {"latest", "deadline", "window_closes"}
SLOWEST = 10_000


@dataclass(slots=True)
class Dates:
    """Of one procedure: ``earliest`` and ``latest`` day to start, and ``finish`` of an earliest start."""

    earliest: datetime.date
    finish: datetime.date
    latest: datetime.date | None = None
    days: int = 0


@dataclass(slots=True)
class Schedule:
    dates: dict[str, Dates] = field(default_factory=dict)
    deadlines: dict[str, list[tuple[Deadline, datetime.date | None]]] = field(default_factory=dict)
    channels: dict[str, list[tuple[Channel, tuple[str, ...]]]] = field(default_factory=dict)
    critical: tuple[str, ...] = ()

    @property
    def finish(self) -> dict[str, datetime.date]:
        return {key: dates.finish for key, dates in self.dates.items()}


def schedule(
    compiled: CompiledCatalogue,
    selected: list[Selected],
    order: Order,
    truths: Truths,
    *,
    held: frozenset[str],
    finished: Mapping[str, datetime.date | None],
) -> Schedule:
    """Forwards for the earliest days, backwards for the latest. ``finished`` has the day of what is done, if known."""
    result = Schedule()
    items = {item.key: item for item in selected}
    for key in order.keys:
        item = items[key]
        result.channels[key] = channels_of(item.procedure, compiled, truths, held)
        _forwards(result, item, order, compiled, truths, finished.get(key))
    finish = result.finish
    for item in selected:
        result.deadlines[item.key] = _dated(item.procedure.deadlines, compiled, truths, finish)
    _backwards(result, items, order)
    result.critical = _critical_path(result, items, order)
    return result


def channels_of(
    procedure: Procedure, compiled: CompiledCatalogue, truths: Truths, held: frozenset[str]
) -> list[tuple[Channel, tuple[str, ...]]]:
    """The channels that are open to this person, best first, each with the credentials that are still missing.

    Fewest missing credentials first, then what works from afar before the arrival, then the quickest one whose time
    is known, then the catalogue's order.
    """
    away = procedure.place == "anywhere" and _arrives_later(truths.answers)
    found = [
        (channel, tuple(name for name in channel.credentials if name in compiled.documents and name not in held))
        for channel in procedure.channels
        if channel.available and truths[channel.when] is not False
    ]
    return sorted(found, key=lambda pair: (len(pair[1]), away and pair[0].kind == "in_person", _days(pair[0], SLOWEST)))


def _days(channel: Channel, unknown: int) -> int:
    known = [days for days in (channel.processing.max_days, channel.processing.min_days) if days is not None]
    return known[0] if known else unknown


def _forwards(
    result: Schedule,
    item: Selected,
    order: Order,
    compiled: CompiledCatalogue,
    truths: Truths,
    finished_on: datetime.date | None,
) -> None:
    if item.done:
        day = finished_on or truths.answers["today"]
        result.dates[item.key] = Dates(day, day)
        return
    waits = (result.dates[key].finish for key in order.waits[item.key])
    earliest = max([_floor(item.procedure, truths.answers), *waits])
    bounds = [deadline for deadline in item.procedure.deadlines if deadline.kind in NOT_BEFORE]
    if bounds:
        dated = _dated(bounds, compiled, truths, result.finish)
        earliest = max([earliest, *(day for _, day in dated if day is not None)])
    channels = result.channels[item.key]
    days = _days(channels[0][0], 0) if channels else 0
    result.dates[item.key] = Dates(earliest, earliest + datetime.timedelta(days=days), days=days)


def _floor(procedure: Procedure, answers: Answers) -> datetime.date:
    """Today, or the day of arrival where the person must be there."""
    waits = procedure.place == "destination" and _arrives_later(answers)
    day: datetime.date = answers["arrival_date"] if waits else answers["today"]
    return day


def _arrives_later(answers: Answers) -> bool:
    arrival = answers.get("arrival_date")
    return arrival is not None and arrival > answers["today"] and not answers.get("already_arrived")


def _dated(
    deadlines: Iterable[Deadline], compiled: CompiledCatalogue, truths: Truths, finish: Mapping[str, datetime.date]
) -> list[tuple[Deadline, datetime.date | None]]:
    """The deadlines that apply or may apply, each with its day if that can be counted."""
    found = []
    for deadline in deadlines:
        if truths[deadline.when] is False:
            continue
        day = None
        if deadline.date:
            day = resolve(compiled.dates[deadline.date], truths.answers, finish=finish, tables=compiled.tables)
        found.append((deadline, day))
    return found


def is_upper_bound(deadline: Deadline) -> bool:
    return deadline.binding or deadline.kind in NOT_AFTER


def _backwards(result: Schedule, items: Mapping[str, Selected], order: Order) -> None:
    bounds: dict[str, list[datetime.date]] = {key: [] for key in order.keys}
    for key in reversed(order.keys):
        if items[key].done:
            continue
        bounds[key] += [day for deadline, day in result.deadlines[key] if day is not None and is_upper_bound(deadline)]
        if not bounds[key]:
            continue
        latest = result.dates[key].latest = min(bounds[key])
        for earlier in order.waits[key]:
            bounds[earlier].append(latest - datetime.timedelta(days=result.dates[earlier].days))


def _critical_path(result: Schedule, items: Mapping[str, Selected], order: Order) -> tuple[str, ...]:
    """The chain that decides when everything required is finished, first link first."""
    last = [key for key in order.keys if not items[key].done and RANK[items[key].status] == 0]
    if not last:
        return ()
    key = max(last, key=lambda key: result.dates[key].finish)
    path = [key]
    while waits := [other for other in order.waits[key] if result.dates[other].finish == result.dates[key].earliest]:
        key = waits[-1]
        if items[key].done:
            break
        path.append(key)
    return tuple(reversed(path))
