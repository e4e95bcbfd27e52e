"""Which documents, each once however many procedures ask for it."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Alternative, Document
from guides.conditions.dates import read_span, shift
from guides.conditions.tree import Span

from .ordering import Order, Producers, givers, is_held, lacking
from .schedule import Schedule
from .selection import Need, Selected

Window = tuple[datetime.date | None, datetime.date | None]
PaperStatus = Literal["required", "one_of", "conditional", "provisional"]
STRENGTH = {"required": 0, "one_of": 1, "provisional": 2, "conditional": 3}


@dataclass(slots=True)
class Use:
    """One procedure's wish for a document. ``recommended`` marks the best alternative of a group."""

    procedure: str
    need: Need
    alternative: Alternative
    status: PaperStatus
    group: str | None
    recommended: bool


@dataclass(slots=True)
class PlannedDocument:
    """A document of the plan: who asks for it and why, whether it is held, and when to get it.

    ``use_between``: the first and last day on which it can be issued to be fresh when it is handed in; None where
    its age does not matter. ``conflict``: no one day suits all, so it has to be got more than once.
    """

    document: Document
    uses: list[Use]
    in_hand: bool
    obtained_from: str | None
    use_between: Window = (None, None)
    conflict: bool = False
    facts: tuple[str, ...] = field(default=())

    @property
    def key(self) -> str:
        return self.document.key

    @property
    def strongest(self) -> Use:
        return min(self.uses, key=lambda use: STRENGTH[use.status])

    @property
    def status(self) -> PaperStatus:
        return self.strongest.status

    @property
    def procedures(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(use.procedure for use in self.uses))


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is known about all documents of one plan, to describe each of them."""

    compiled: CompiledCatalogue
    schedule: Schedule
    producers: Producers
    held: frozenset[str]

    def documents(self, selected: list[Selected], order: Order) -> list[PlannedDocument]:
        """The documents of all procedures that are not done, in the order in which they are first needed."""
        items = {item.key: item for item in selected}
        uses: dict[str, list[Use]] = {}
        for key in order.keys:
            if not items[key].done:
                for document, use in uses_of(items[key], self.held, self):
                    uses.setdefault(document, []).append(use)
        return [self.describe(key, found) for key, found in uses.items()]

    def lacks(self, alternative: Alternative, consumer: str) -> bool:
        """Whether only an office has some of this, and nothing in the plan gives it."""
        return bool(lacking(alternative.documents, consumer, self.compiled, self.producers, self.held))

    def describe(self, key: str, uses: list[Use]) -> PlannedDocument:
        """A document with these uses of it, or of others in whose place it is good."""
        document = self.compiled.documents[key]
        askers = {use.procedure for use in uses}
        makers = [maker for maker in givers(key, "", self.producers, self.held) if askers != {maker}]
        maker = makers[0] if makers else None
        window, conflict = _window(uses, self.schedule, maker)
        facts = [*document.facts]
        for use in uses:
            facts += [*use.need.requirement.facts, *use.alternative.facts]
        return PlannedDocument(document, uses, key in self.held, maker, window, conflict, tuple(dict.fromkeys(facts)))


def uses_of(item: Selected, held: frozenset[str], shelf: Shelf | None = None) -> Iterator[tuple[str, Use]]:
    """What a procedure asks for: keys of documents, each with its use; a key returns with each alternative.

    The best alternative is the first that is held, or else that can be had, as far as a ``shelf`` knows.
    """
    for need in item.needs:
        shared = set.intersection(*(set(option.documents) for option, _ in need.options))
        options = [option for option, _ in need.options]
        possible = [one for one in options if shelf is None or not shelf.lacks(one, item.key)] or options
        best = next((option for option in options if is_held(option, held)), possible[0])
        group = f"{item.key}/{need.requirement.key}"
        for option, certain in need.options:
            for document in option.documents:
                status = _status(item, need, certain or document in shared, document in shared)
                grouped = None if document in shared else group
                yield document, Use(item.key, need, option, status, grouped, option is best)


def _status(item: Selected, need: Need, certain: bool, shared: bool) -> PaperStatus:
    if item.status == "optional" or need.requirement.discretion:
        return "conditional"
    if item.status == "provisional" or not need.certain or not certain:
        return "provisional"
    return "required" if shared else "one_of"


def _first_fresh(needed: datetime.date, max_age: Span) -> datetime.date:
    """The first day whose document is still young enough on the day on which it is needed.

    Three months back from the 31st of May is the end of February, and three months on from there the 28th of May.
    """
    first = shift(needed, max_age, -1) or needed
    while (shift(first, max_age) or needed) < needed:
        first += datetime.timedelta(days=1)
    return first


def _window(uses: list[Use], schedule: Schedule, maker: str | None) -> tuple[Window, bool]:
    """The days that keep a document fresh for all its firm uses, and whether there are none."""
    firm = [use for use in uses if use.status != "conditional"] or uses
    aged = [(schedule.dates[use.procedure], age) for use in firm if (age := use.alternative.max_age)]
    starts, ends = [], []
    # It must be fresh on the day to aim at. What has none takes the paper whenever it comes.
    for dates, age in [(dates, age) for dates, age in aged if dates.target] or aged:
        needed = dates.target or dates.earliest
        starts.append(_first_fresh(needed, read_span(age)))
        ends.append(needed)
    if not ends:
        return (None, None), False
    available = schedule.dates[maker].finish if maker else None
    first, last = max(starts), min(ends)
    conflict = first > last
    if conflict:
        first = starts[ends.index(last)]
    if available is not None:
        first, last = max(first, available), max(last, available)
    return (first, last), conflict
