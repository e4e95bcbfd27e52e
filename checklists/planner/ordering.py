"""A feasible order: forward chaining over an AND-OR graph, from what the person holds.

A procedure can be placed once every procedure it strictly requires is placed and each of its requirements has
an alternative at hand: held, brought from elsewhere, or given by a procedure that is placed. An alternative whose
papers only an office has, and that nothing gives, is none while there is another. Recommended
alternatives and weaker dependencies only say who goes first while nothing is stuck; so they break loops and never
make one. What can never be placed is a loop with no way out, and is reported with its members.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.cycles import cycles
from guides.catalogue.schema import Alternative
from guides.conditions import Truths

from .channels import OFFICES, OpenChannel
from .selection import RANK, Need, Selected

# Document -> the procedures of this plan that give it, the best one first.
Producers = Mapping[str, tuple[str, ...]]
# Procedure -> the channels that are open to the person, the best one first.
Channels = Mapping[str, tuple[OpenChannel, ...]]
# For one alternative: for each document that has to be waited for, the procedures of which one is enough.
Way = list[tuple[str, ...]]


@dataclass(slots=True)
class Order:
    """``keys`` in order; ``waits`` holds for each key the earlier ones it waits for; ``loops`` who blocks whom.

    ``needs`` are the earlier ones that must be there in time for it; the others are only better done before. ``stuck``
    are the members of loops and all that waits for them.
    """

    keys: list[str] = field(default_factory=list)
    waits: dict[str, tuple[str, ...]] = field(default_factory=dict)
    needs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    loops: list[tuple[str, ...]] = field(default_factory=list)
    stuck: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Node:
    item: Selected
    hard: set[str]
    soft: set[str]
    # What is better done before, and can be done without.
    better: set[str]
    # Optional procedures that better come first, but that nobody waits for.
    after: set[str]
    # For each blocking requirement that needs producers: its alternatives.
    choices: list[list[Way]]

    @property
    def prefers(self) -> set[str]:
        return self.soft | self.better | self.after


def producers_of(selected: list[Selected], chosen: Container[str]) -> Producers:
    """Who gives which document: the chosen ways first, then required, provisional, recommended and optional ones."""
    given: dict[str, list[Selected]] = {}
    for item in selected:
        for document in item.procedure.outputs:
            given.setdefault(document, []).append(item)
    return {
        document: tuple(
            i.key for i in sorted(items, key=lambda i: (i.key not in chosen, RANK[i.status], i.procedure.order, i.key))
        )
        for document, items in given.items()
    }


def givers(document: str, consumer: str, producers: Producers, held: frozenset[str]) -> tuple[str, ...]:
    """The procedures that ``consumer`` could wait for to get a document; none if it is held or comes from elsewhere."""
    if document in held:
        return ()
    return tuple(key for key in producers.get(document, ()) if key != consumer)


def lacking(
    documents: Iterable[str],
    consumer: str,
    compiled: CompiledCatalogue,
    producers: Producers,
    held: frozenset[str],
) -> list[str]:
    """Those of these documents that an office has to give, and that nothing else in this plan does."""
    return [
        key
        for key in documents
        if key not in held and compiled.documents[key].origin in OFFICES
        if not givers(key, consumer, producers, held)
    ]


def is_held(alternative: Alternative, held: frozenset[str]) -> bool:
    return all(document in held for document in alternative.documents)


def arrange(
    compiled: CompiledCatalogue,
    selected: list[Selected],
    channels: Channels,
    producers: Producers,
    held: frozenset[str],
    truths: Truths,
) -> Order:
    """The order of a plan. Procedures that are done come first and hold nobody up."""
    live = {item.key: item for item in selected}
    open_items = [item for item in selected if not item.done]
    nodes = {item.key: _node(compiled, item, live, producers, held, truths) for item in open_items}
    for item in open_items:
        nodes[item.key].soft |= _openers(item, channels[item.key], live, producers)
    order = Order(keys=[item.key for item in selected if item.done])
    order.waits = dict.fromkeys(order.keys, ())
    order.needs = dict.fromkeys(order.keys, ())
    placed = set(order.keys)
    remaining = sorted(open_items, key=lambda item: (item.procedure.order, item.key))
    while remaining:
        ready = [item for item in remaining if _can_be_placed(nodes[item.key], placed)]
        if not ready:
            break
        chosen = min(ready, key=lambda item: len(nodes[item.key].prefers - placed))
        node = nodes[chosen.key]
        needs = order.needs[chosen.key] = _needs(node, order.keys)
        order.waits[chosen.key] = tuple(key for key in order.keys if key in needs or key in node.better)
        order.keys.append(chosen.key)
        placed.add(chosen.key)
        remaining.remove(chosen)
    _report_loops(order, [nodes[item.key] for item in remaining], placed)
    return order


def _node(
    compiled: CompiledCatalogue,
    item: Selected,
    live: Mapping[str, Selected],
    producers: Producers,
    held: frozenset[str],
    truths: Truths,
) -> _Node:
    hard: set[str] = set()
    soft: set[str] = set()
    better: set[str] = set()
    after: set[str] = set()
    for dependency in item.procedure.requires:
        other = live.get(dependency.procedure)
        truth = truths[dependency.when]
        if other is None or other.done or truth is False:
            continue
        firm = dependency.strength == "required" and truth and other.status in ("required", "recommended")
        weak = better if dependency.strength == "recommended" else soft
        (hard if firm else after if other.status == "optional" else weak).add(other.key)
    choices = []
    for need in item.needs:
        ways = [
            [found for document in option.documents if (found := _open(document, item.key, producers, held, live))]
            for option, _ in need.options
        ]
        lacks = [lacking(option.documents, item.key, compiled, producers, held) for option, _ in need.options]
        # What nobody here gives may come from elsewhere, so it makes no loop; what is given here is waited for.
        soft |= _preferred(need, [way for way, missing in zip(ways, lacks, strict=True) if not missing] or ways, held)
        if need.blocks and all(ways):
            choices.append(ways)
    return _Node(item, hard, soft - hard, better, after, choices)


def _openers(
    item: Selected, channels: tuple[OpenChannel, ...], live: Mapping[str, Selected], producers: Producers
) -> set[str]:
    """Who gives the credentials that even the best channel still asks for."""
    missing = channels[0].missing if channels else ()
    found = {keys[0] for name in missing if (keys := _open(name, item.key, producers, frozenset(), live))}
    return {key for key in found if live[key].status != "optional"}


def _open(
    document: str, consumer: str, producers: Producers, held: frozenset[str], live: Mapping[str, Selected]
) -> tuple[str, ...]:
    keys = givers(document, consumer, producers, held)
    return () if any(live[key].done for key in keys) else keys


def _preferred(need: Need, ways: list[Way], held: frozenset[str]) -> set[str]:
    """The givers that the recommended alternative waits for: none where nothing blocks."""
    if not need.blocks or any(is_held(option, held) for option, _ in need.options):
        return set()
    return {keys[0] for keys in ways[0]}


def _can_be_placed(node: _Node, placed: set[str]) -> bool:
    return node.hard <= placed and all(
        any(all(any(key in placed for key in group) for group in way) for way in ways) for ways in node.choices
    )


def _needs(node: _Node, placed: list[str]) -> tuple[str, ...]:
    """What this procedure cannot be without, out of what is placed: its needs and one way for each choice."""
    wanted = set(node.hard) | node.soft
    for ways in node.choices:
        for way in ways:
            if all(any(key in placed for key in group) for group in way):
                wanted |= {next(key for key in group if key in placed) for group in way}
                break
    return tuple(key for key in placed if key in wanted)


def _report_loops(order: Order, blocked: list[_Node], placed: set[str]) -> None:
    """Put what is stuck at the end, and name the members of each loop."""
    if not blocked:
        return
    waits = {
        node.item.key: set(node.hard) | {key for ways in node.choices for way in ways for group in way for key in group}
        for node in blocked
    }
    order.loops = [tuple(loop) for loop in cycles(waits)]
    order.stuck = frozenset(waits)
    for node in blocked:
        order.waits[node.item.key] = order.needs[node.item.key] = ()
        order.keys.append(node.item.key)
