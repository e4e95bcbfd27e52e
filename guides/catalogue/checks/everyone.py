"""Everybody who could use the catalogue: all possible answers, and who of them gets which procedure."""

import datetime
from collections.abc import Iterator
from typing import Any

from guides.conditions import Vocabulary
from guides.conditions.exhaustive import Space, examples
from guides.conditions.exhaustive.diagrams import Function
from guides.conditions.tree import Always, And, Node, OneOf, Or

from ..compiled import DESTINATION, conditions_in
from ..schema import Alert, Catalogue, Procedure

EVERYBODY = Always(True)
NOBODY = Always(False)
GATES = ("required_when", "recommended_when", "optional_when")


def every(*nodes: Node) -> Node:
    """The condition that all of these hold."""
    return And(nodes) if len(nodes) > 1 else nodes[0] if nodes else EVERYBODY


def some(*nodes: Node) -> Node:
    """The condition that at least one of these holds."""
    return Or(nodes) if len(nodes) > 1 else nodes[0] if nodes else NOBODY


class Everyone:
    """The catalogue over every possible answer. ``today`` is the day on which examples are plausible."""

    def __init__(self, catalogue: Catalogue, vocabulary: Vocabulary, today: datetime.date):
        self.catalogue, self.vocabulary, self.today = catalogue, vocabulary, today
        self.papers = self._papers_that_matter()
        self.space = Space(self.vocabulary, self._conditions(), documents=self.papers)
        self._gets: dict[str, Node] = {}
        self.procedures = {procedure.key: procedure for procedure in catalogue.procedures}

    def who(self, *nodes: Node) -> Function:
        """The answers that the questionnaire allows and for which all these conditions hold."""
        return self._all_hold(self.space.possible, nodes)

    def whoever(self, *nodes: Node) -> Function:
        """The same out of all answers that the API accepts."""
        return self._all_hold(self.space.accepted, nodes)

    def is_empty(self, group: Function) -> bool:
        return group == self.space.manager.false

    def example(self, *claims: tuple[Node, bool], also: Function | None = None) -> dict[str, Any] | None:
        """The fewest raw answers that fulfil all claims; None where nothing need be, or can be, answered."""
        return examples.find(self.space, *claims, today=self.today, also=also) or None

    def goes_to(self, country: str | None) -> Node:
        """Who moves to this country: nobody while no answer leads there. Without a country, everybody."""
        if country is None:
            return EVERYBODY
        destination = self.vocabulary.questions.get(DESTINATION)
        if destination is None:
            return EVERYBODY
        return OneOf(DESTINATION, frozenset([country])) if country in self.vocabulary.values(DESTINATION) else NOBODY

    def gate(self, procedure: Procedure, field: str) -> Node:
        """One of the three conditions that put a procedure into a plan; the empty one is never true."""
        text = getattr(procedure, field)
        return self.vocabulary.parse(text) if text else NOBODY

    def gets(self, procedure: Procedure) -> Node:
        """Who has this procedure in the plan."""
        if procedure.key not in self._gets:
            gates = [self.gate(procedure, field) for field in GATES if getattr(procedure, field)]
            self._gets[procedure.key] = every(self.goes_to(procedure.country), some(*gates))
        return self._gets[procedure.key]

    def reads(self, alert: Alert) -> Node:
        """Who reads an alert."""
        return every(self.goes_to(alert.country), self.vocabulary.parse(alert.when))

    def _all_hold(self, group: Function, nodes: tuple[Node, ...]) -> Function:
        for node in nodes:
            group &= self.space.holds(node)
        return group

    def _conditions(self) -> Iterator[Node]:
        for procedure in self.catalogue.procedures:
            yield self.goes_to(procedure.country)
            yield from map(self.vocabulary.parse, conditions_in(procedure))
        catalogue = self.catalogue
        for entry in (*catalogue.questions, *catalogue.documents, *catalogue.alerts, *catalogue.pointers):
            yield from map(self.vocabulary.parse, conditions_in(entry))
        yield from map(self.vocabulary.term, self.vocabulary.term_names())

    def _papers_that_matter(self) -> set[str]:
        """What procedures give, and what stands for that: holding one can spare somebody a procedure."""
        if "in_hand" not in self.vocabulary.questions:
            return set()
        found = {document for procedure in self.catalogue.procedures for document in procedure.outputs}
        while more := {d.key for d in self.catalogue.documents if found & {c.document for c in d.covers}} - found:
            found |= more
        return found
