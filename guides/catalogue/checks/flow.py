"""Who can begin what, over all answers: the planner's forward chaining as boolean functions.

A procedure can be placed once it is done, or once everything it strictly requires is placed and each of its blocking
requirements has an alternative at hand: held, brought from elsewhere, or given by a procedure that is placed. Whoever
holds a document holds what it stands for. That is what ``checklists.planner.ordering`` does for one person; a test
holds the two against each other.
"""

from collections.abc import Callable

from guides.conditions.exhaustive.diagrams import Function, all_of, any_of
from guides.conditions.tree import AnyOf, Node

from ..schema import Alternative, Cover, Dependency, Document, Procedure, Requirement
from .everyone import GATES, Everyone

HOLDINGS = "in_hand"
# Where a condition is surely true, and where it may be true.
Reading = Callable[[Node], tuple[Function, Function]]


def complete(everyone: Everyone) -> Reading:
    """For people who have answered everything."""
    return lambda node: (everyone.space.holds(node),) * 2


def partial(everyone: Everyone) -> Reading:
    """For people who may have left questions open: what is undecided may be true."""

    def reading(node: Node) -> tuple[Function, Function]:
        yes, no = everyone.space.truths(node)
        return yes, ~no

    return reading


class Flow:
    """The procedures of one country: where each is in the plan, can be placed, and is stuck."""

    def __init__(self, everyone: Everyone, country: str, reading: Reading):
        self.everyone, self.reading = everyone, reading
        self.manager = everyone.space.manager
        self.procedures = {p.key: p for p in everyone.catalogue.procedures if p.country == country}
        self.in_plan = {key: self._maybe(everyone.gets(p)) for key, p in self.procedures.items()}
        self.done = {key: self._done(p) for key, p in self.procedures.items()}
        self.firm = {key: self._firm(p) for key, p in self.procedures.items()}
        self.givers: dict[str, list[str]] = {}
        for key, procedure in self.procedures.items():
            for document in procedure.outputs:
                self.givers.setdefault(document, []).append(key)
        self.in_hand = {document.key: self._in_hand(document) for document in everyone.catalogue.documents}
        self._pass_on()
        self.placed = self._forward()

    @property
    def stuck(self) -> dict[str, Function]:
        """Where a procedure is in the plan, and can never be begun."""
        return {key: self.in_plan[key] & ~self.placed[key] for key in self.procedures}

    def waits(self, key: str) -> dict[str, Function]:
        """For which answers a procedure needs each of the others, as one of several or strictly."""
        procedure, wanted = self.procedures[key], {}
        for dependency in procedure.requires:
            wanted[dependency.procedure] = self._blocks(dependency)
        for requirement in procedure.requirements:
            for alternative in requirement.alternatives if not requirement.discretion else ():
                needed = self._surely(self._node(requirement)) & self._maybe(self._node(alternative))
                for document in alternative.documents:
                    for giver in self._other_givers(document, key):
                        asked = needed & self.in_plan[giver] & ~self._held(document)
                        wanted[giver] = wanted.get(giver, self.manager.false) | asked
        return wanted

    def _forward(self) -> dict[str, Function]:
        """The least fixed point: who is placed when nobody else can be."""
        placed = {key: self.in_plan[key] & self.done[key] for key in self.procedures}
        while True:
            before = dict(placed)
            for key, procedure in self.procedures.items():
                placed[key] |= self.in_plan[key] & self._can_be_placed(procedure, placed)
            if placed == before:
                return placed

    def _can_be_placed(self, procedure: Procedure, placed: dict[str, Function]) -> Function:
        needs = [~self._blocks(d) | placed.get(d.procedure, self.manager.false) for d in procedure.requires]
        needs += [self._met(r, procedure.key, placed) for r in procedure.requirements if not r.discretion]
        return all_of(self.manager, needs)

    def _blocks(self, dependency: Dependency) -> Function:
        """Where a procedure must wait for another: where that is firmly in the plan, and not done."""
        other = dependency.procedure
        if dependency.strength != "required" or other not in self.procedures:
            return self.manager.false
        return self._surely(self._node(dependency)) & self.firm[other] & ~self.done[other]

    def _met(self, requirement: Requirement, consumer: str, placed: dict[str, Function]) -> Function:
        """Where a requirement holds nobody up: it does not surely apply, has no alternative left, or one at hand."""
        ways = [(self._maybe(self._node(way)), way) for way in requirement.alternatives]
        at_hand = any_of(self.manager, (open_to & self._at_hand(way, consumer, placed) for open_to, way in ways))
        left = any_of(self.manager, (open_to for open_to, _ in ways))
        return ~self._surely(self._node(requirement)) | ~left | at_hand

    def _at_hand(self, way: Alternative, consumer: str, placed: dict[str, Function]) -> Function:
        return all_of(self.manager, (self._available(document, consumer, placed) for document in way.documents))

    def _available(self, document: str, consumer: str, placed: dict[str, Function]) -> Function:
        givers = self._other_givers(document, consumer)
        from_elsewhere = ~any_of(self.manager, (self.in_plan[giver] for giver in givers))
        return from_elsewhere | self._held(document) | any_of(self.manager, (placed[giver] for giver in givers))

    def _other_givers(self, document: str, consumer: str) -> list[str]:
        return [key for key in self.givers.get(document, ()) if key != consumer]

    def _held(self, document: str) -> Function:
        """In hand, or given by a procedure that is done."""
        done = any_of(self.manager, (self.done[giver] for giver in self.givers.get(document, ())))
        return done | self.in_hand.get(document, self.manager.false)

    def _in_hand(self, document: Document) -> Function:
        """Said to be in hand, or held as other answers tell. Only what can spare a procedure is told apart."""
        said = self.manager.false
        if document.held_when:
            said |= self._surely(self.everyone.vocabulary.parse(document.held_when))
        if document.key in self.everyone.papers:
            said |= self._surely(AnyOf(HOLDINGS, frozenset([document.key])))
        return said

    def _pass_on(self) -> None:
        """Whoever holds a document holds all that it stands for."""
        covers = [(d.key, cover) for d in self.everyone.catalogue.documents for cover in d.covers]
        while True:
            before = dict(self.in_hand)
            for key, cover in covers:
                self.in_hand[cover.document] |= self.in_hand[key] & self._surely(self._node(cover))
            if self.in_hand == before:
                return

    def _done(self, procedure: Procedure) -> Function:
        if not procedure.done_when:
            return self.manager.false
        done = self._surely(self.everyone.vocabulary.parse(procedure.done_when))
        return self.in_plan[procedure.key] & done

    def _firm(self, procedure: Procedure) -> Function:
        """Required or recommended: by the first of the conditions that is not false, if that one is sure."""
        required, recommended = (self.everyone.gate(procedure, field) for field in GATES[:2])
        firm = self._surely(required) | (~self._maybe(required) & self._surely(recommended))
        return self.in_plan[procedure.key] & firm

    def _node(self, part: Requirement | Alternative | Dependency | Cover) -> Node:
        return self.everyone.vocabulary.parse(part.when)

    def _surely(self, node: Node) -> Function:
        return self.reading(node)[0]

    def _maybe(self, node: Node) -> Function:
        return self.reading(node)[1]
