"""On which days: earliest, target and latest start of each procedure, its deadlines and the critical path.

Forwards from today for the earliest days, backwards from what the law, a job or a journey sets for the latest. Both
are counted twice: cautiously, with assumed lengths, and with what is sure. Only what is sure can be late.
"""

import datetime
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Deadline
from guides.conditions import Truths
from guides.conditions.answers import Answers
from guides.conditions.dates import resolve

from .channels import ARRIVAL, OpenChannel, arrives_later, place_of
from .opendays import ONE_DAY, calendar_of, last_open, next_open
from .ordering import Order
from .progress import Progress
from .selection import RANK, Selected

NOT_BEFORE = {"earliest", "window_opens"}
NOT_AFTER = {"latest", "deadline", "window_closes"}
# Two weeks before the last day, or half of the time that is left.
MOST_SLACK = 14

Dated = tuple[Deadline, datetime.date | None]


@dataclass(slots=True)
class Dates:
    """Of one procedure: days to start it, and ``finish`` of an earliest start.

    ``latest`` is an open day of the office, ``target`` lies before it with some slack. ``days`` is None where nobody
    tells the length. ``late``: the last day that is sure comes before the first on which it can be started, and
    ``sets_late`` that its own deadline is why, not that of what waits for it.
    """

    earliest: datetime.date
    finish: datetime.date
    days: int | None = 0
    latest: datetime.date | None = None
    target: datetime.date | None = None
    late: bool = False
    sets_late: bool = False


@dataclass(slots=True)
class Schedule:
    calendar: str = ""
    dates: dict[str, Dates] = field(default_factory=dict)
    deadlines: dict[str, list[Dated]] = field(default_factory=dict)
    ends: dict[str, datetime.date] = field(default_factory=dict)
    critical: tuple[str, ...] = ()


def schedule(
    compiled: CompiledCatalogue,
    selected: list[Selected],
    order: Order,
    truths: Truths,
    *,
    channels: Mapping[str, tuple[OpenChannel, ...]],
    taken: Container[str],
    progress: Progress,
) -> Schedule:
    """The days of the procedures in ``order``. ``taken`` are the ways that are taken: no other one presses what it
    waits for. ``progress`` has the day of what is done, if known, and appointments."""
    today: datetime.date = truths.answers["today"]
    items = {item.key: item for item in selected}
    first = {key: channels[key][0] for key in order.keys if channels[key]}
    days = {key: (first[key].days if key in first else 0) for key in order.keys}
    sure_days = {key: (first[key].sure_days if key in first else 0) for key in order.keys}
    result = Schedule(calendar_of(compiled, truths.answers))
    count = _Counting(compiled, items, order, truths, taken, progress, first, result.calendar)
    start, ends = count.forwards(days)
    result.ends = ends
    for item in selected:
        result.deadlines[item.key] = _dated(item.procedure.deadlines, compiled, truths, ends)
    cautious, _ = count.backwards(result.deadlines, days, sure=False)
    sure, own = count.backwards(result.deadlines, sure_days, sure=True)
    sure_start, _ = count.forwards(sure_days)
    pressed = count.pressed(start, cautious)
    if pressed:
        days |= {key: sure_days[key] for key in pressed}
        start, result.ends = count.forwards(days)
    for key in order.keys:
        dates = result.dates[key] = Dates(start[key], result.ends[key], days[key])
        if items[key].done or items[key].stopped:
            continue
        dates.late = _is_late(items[key], sure.get(key), sure_start[key])
        dates.sets_late = dates.late and key in own and own[key] < sure_start[key]
        dates.latest = _latest(dates, cautious.get(key), sure.get(key), result.calendar)
        dates.target = _target(dates, result.deadlines[key], today, result.calendar)
        if key in pressed and dates.latest and (dates.latest - dates.earliest).days <= MOST_SLACK:
            dates.target = _one_after_the_other(dates, order.waits[key], result)
    result.critical = _critical_path(result, items, order)
    return result


@dataclass(slots=True)
class _Counting:
    compiled: CompiledCatalogue
    items: Mapping[str, Selected]
    order: Order
    truths: Truths
    taken: Container[str]
    progress: Progress
    channels: Mapping[str, OpenChannel]
    calendar: str

    def forwards(self, days: Mapping[str, int | None]) -> tuple[dict[str, datetime.date], dict[str, datetime.date]]:
        """The earliest start of each procedure and its finish; of what is done, the day on which it was finished.

        Whoever has an appointment starts on its day: nobody is seen before.
        """
        start: dict[str, datetime.date] = {}
        finish: dict[str, datetime.date] = {}
        for key in self.order.keys:
            procedure = self.items[key].procedure
            if self.items[key].done:
                start[key] = finish[key] = self.progress.finished.get(key) or self.truths.answers["today"]
                continue
            bounds = [deadline for deadline in procedure.deadlines if deadline.kind in NOT_BEFORE]
            dated = _dated(bounds, self.compiled, self.truths, finish) if bounds else ()
            waits = (finish[other] for other in self.order.waits[key])
            appointment = self.progress.appointments.get(key)
            days_before = (day for day in (appointment, *(day for _, day in dated)) if day is not None)
            start[key] = max([self._floor(key), *waits, *days_before])
            finish[key] = start[key] + _length(days[key])
        return start, finish

    def backwards(
        self, deadlines: Mapping[str, list[Dated]], days: Mapping[str, int | None], *, sure: bool
    ) -> tuple[dict[str, datetime.date], dict[str, datetime.date]]:
        """The latest start of each procedure that has one, and the same by its own deadlines alone.

        With ``sure`` as the law counts, to which a term that ends on a closed day is no shorter for it. Or else
        cautiously: what something needs must be there on the last open day.
        """
        latest: dict[str, datetime.date] = {}
        own: dict[str, datetime.date] = {}
        for key in reversed(self.order.keys):
            item = self.items[key]
            if item.done or item.stopped:
                continue
            counts = not sure or item.status == "required"
            bounds = list(self._bounds(item, deadlines[key], days[key], sure)) if counts else []
            if bounds:
                own[key] = min(bounds)
                latest[key] = min(own[key], latest.get(key, own[key]))
            if key in latest and key in self.taken and item.status != "optional":
                needed = latest[key] if sure else last_open(latest[key], self.calendar)
                for earlier in self.order.needs[key]:
                    bound = needed - _length(days[earlier])
                    latest[earlier] = min(bound, latest.get(earlier, bound))
        return latest, own

    def pressed(self, start: Mapping[str, datetime.date], latest: Mapping[str, datetime.date]) -> set[str]:
        """What does not fit before its last day with assumed lengths, and all that it waits for. Nothing is assumed of
        these: a day that an office has set would be told as missed."""
        found: set[str] = set()
        for key in reversed(self.order.keys):
            if key in found or (key in latest and latest[key] < start[key]):
                found |= {key, *self.order.waits[key]}
        return found

    def _bounds(
        self, item: Selected, deadlines: Iterable[Dated], days: int | None, sure: bool
    ) -> Iterable[datetime.date]:
        """The last days to start something: as it must be asked for, or be finished, by then."""
        for deadline, day in deadlines:
            if day is None or (sure and (deadline.assumed or not self.truths[deadline.when])):
                continue
            if deadline.binding:
                yield day - _length(days)
            elif deadline.kind in NOT_AFTER:
                yield day
        if self._place(item.key) == "abroad" and arrives_later(self.truths.answers):
            yield self.truths.answers[ARRIVAL] - ONE_DAY - _length(days)

    def _floor(self, key: str) -> datetime.date:
        """Today, or the day of arrival where the person must be there."""
        waits = self._place(key) == "destination" and arrives_later(self.truths.answers)
        day: datetime.date = self.truths.answers[ARRIVAL if waits else "today"]
        return day

    def _place(self, key: str) -> str:
        procedure = self.items[key].procedure
        return place_of(self.channels[key].channel, procedure) if key in self.channels else procedure.place


def _length(days: int | None) -> datetime.timedelta:
    return datetime.timedelta(days=days or 0)


def _dated(
    deadlines: Iterable[Deadline], compiled: CompiledCatalogue, truths: Truths, finish: Mapping[str, datetime.date]
) -> list[Dated]:
    """The deadlines that apply or may apply, each with its day if that can be counted."""
    return [
        (deadline, day_of(deadline.date, compiled, truths.answers, finish))
        for deadline in deadlines
        if truths[deadline.when] is not False
    ]


def day_of(
    text: str, compiled: CompiledCatalogue, answers: Answers, finish: Mapping[str, datetime.date] | None = None
) -> datetime.date | None:
    """The day that a date expression of the catalogue comes to, if it is one and can be counted."""
    return resolve(compiled.dates[text], answers, finish=finish, tables=compiled.tables) if text else None


def is_upper_bound(deadline: Deadline) -> bool:
    return deadline.binding or deadline.kind in NOT_AFTER


def _is_late(item: Selected, latest: datetime.date | None, earliest: datetime.date) -> bool:
    """Nobody is late for what is not surely required."""
    return latest is not None and latest < earliest and item.status == "required"


def _latest(
    dates: Dates, cautious: datetime.date | None, sure: datetime.date | None, calendar: str
) -> datetime.date | None:
    """The cautious day where there is still time for it, or else the sure one; none that alarms without need.

    It is an open day: the last before, or where there is none left the next, as terms that end on a closed day do.
    """
    day = cautious if cautious is not None and cautious >= dates.earliest else sure
    if day is None or (day < dates.earliest and not dates.late):
        return None
    latest = last_open(day, calendar)
    return latest if dates.late or latest >= dates.earliest else next_open(day, calendar)


def _target(dates: Dates, deadlines: Iterable[Dated], today: datetime.date, calendar: str) -> datetime.date | None:
    """The day to aim at: a recommended one, or the latest with some slack; never before today or the earliest day."""
    first = max(today, dates.earliest)
    aims = [day for deadline, day in deadlines if day is not None and deadline.kind == "recommended"]
    if dates.latest is not None:
        room = max(0, (dates.latest - first).days)
        aims.append(dates.latest - datetime.timedelta(days=min(MOST_SLACK, room // 2)))
    if not aims:
        return None
    day = last_open(max(min(aims), first), calendar)
    return day if day >= first else next_open(first, calendar)


def _one_after_the_other(dates: Dates, waits: Iterable[str], result: Schedule) -> datetime.date | None:
    """The day to aim at where time is short: as early as what comes before it lets, each on an open day of its own."""
    before = (result.dates[other].target for other in waits)
    first = next_open(max([dates.earliest, *(day + ONE_DAY for day in before if day)]), result.calendar)
    return dates.target if dates.latest is None or first > dates.latest else first


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
