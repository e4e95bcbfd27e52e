"""The guides that treat what is particular to one person."""

import math
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.conditions.likelihood import Likelihood
from guides.conditions.tree import Node, Or
from guides.reading.addresses import guide_url

from .lines import FIRM
from .planview import PlanView

MOST = 4
PARTICULAR = 1.2


class Subject(NamedTuple):
    """What a guide is about: its tasks and how much each counts, and how much of that people have on average."""

    weights: dict[str, float]
    average: float


def guides_of(view: PlanView) -> list[dict[str, Any]]:
    """The guides with more of what is rare than they would have for somebody picked blindly.

    A task counts by how rare it is that somebody has it to do, in bits, shared out among the guides that treat it. What
    a guide has of this for a person is held against what it has on average. So a guide is offered neither for what
    everybody has to do, nor to those who share a few common tasks with the people that it is about. Those come first
    that have much of it and are far above their average.
    """
    compiled = view.compiled
    mine = {key for key, ways in compiled.kept(_tasks).items() if any(_is_firm(view, way) for way in ways)}
    found = []
    for guide in compiled.guides.values():
        weights, average = compiled.kept(subjects)[guide.key]
        much = sum(weight for key, weight in weights.items() if key in mine)
        if much and much >= PARTICULAR * average:
            found.append((-much * much / average, guide.order, guide))
    found.sort(key=lambda entry: entry[:2])
    return [
        {"guide": guide, "url": guide_url(guide), "country": compiled.countries[guide.country]}
        for *_rank, guide in found[:MOST]
    ]


def _is_firm(view: PlanView, procedure: str) -> bool:
    return procedure in view.procedures and view.procedures[procedure].status in FIRM


def subjects(compiled: CompiledCatalogue) -> dict[str, Subject]:
    """Worked out once for each edition, from its conditions."""
    tasks = compiled.kept(_tasks)
    treated = {
        guide.key: [key for key, ways in tasks.items() if not ways.isdisjoint(guide.procedures)]
        for guide in compiled.guides.values()
    }
    shared = Counter(key for keys in treated.values() for key in keys)
    chances = _chances(compiled, tasks)
    found = {}
    for guide, keys in treated.items():
        weights = {key: -math.log2(chances[key]) / shared[key] for key in keys if chances[key]}
        found[guide] = Subject(weights, sum(weight * chances[key] for key, weight in weights.items()))
    return found


def _chances(compiled: CompiledCatalogue, tasks: Mapping[str, Collection[str]]) -> dict[str, float]:
    """For each task how likely it is that somebody who moves there has it in the plan."""
    gates = {key: Or(tuple(gate for way in ways for gate in _gates(compiled, way))) for key, ways in tasks.items()}
    likelihood = Likelihood(compiled.vocabulary, gates.values())
    countries = {key: compiled.procedures[next(iter(ways))].country for key, ways in tasks.items()}
    return {key: likelihood.of(gate, {DESTINATION: countries[key]}) for key, gate in gates.items()}


def _gates(compiled: CompiledCatalogue, procedure: str) -> list[Node]:
    found = compiled.procedures[procedure]
    texts = (found.required_when, found.recommended_when, found.optional_when)
    return [compiled.vocabulary.parse(text) for text in texts if text]


def _tasks(compiled: CompiledCatalogue) -> dict[str, frozenset[str]]:
    """The ways to reach each thing; a procedure that is a way of nothing stands for itself."""
    found = {task.key: frozenset(task.ways) for task in compiled.catalogue.tasks}
    grouped = frozenset().union(*found.values())
    return found | {key: frozenset([key]) for key in compiled.procedures if key not in grouped}
