"""How likely a condition is to hold for answers that are picked blindly."""

import math
from collections.abc import Collection, Iterable, Mapping

from .evaluate import comparisons
from .exhaustive.questions import groups_of
from .tree import Always, And, AnyOf, Named, Node, Not, OneOf, Or
from .vocabulary import Vocabulary


class Likelihood:
    """Every answer counts as likely as any other that ``conditions`` tell apart: "a citizen of an EU country" is one
    answer, not twenty-seven. Of a yes, a number or a day half of the answers are. Answers are taken to know nothing
    of each other, which is wrong and good enough to tell what is rare from what is common.

    ``given`` are single answers that are known.
    """

    def __init__(self, vocabulary: Vocabulary, conditions: Iterable[Node]):
        named: dict[str, set[frozenset[str]]] = {}
        for node in conditions:
            for atom in comparisons(node):
                if isinstance(atom, OneOf | AnyOf):
                    named.setdefault(atom.key, set()).add(atom.values)
        self._groups = {key: groups_of(vocabulary.values(key), sets) for key, sets in named.items()}

    def of(self, node: Node, given: Mapping[str, str]) -> float:
        match node:
            case Always(value):
                return float(value)
            case Named(_, condition):
                return self.of(condition, given)
            case Not(part):
                return 1 - self.of(part, given)
            case And(parts):
                return math.prod(self.of(part, given) for part in parts)
            case Or(parts):
                return 1 - math.prod(1 - self.of(part, given) for part in parts)
            case OneOf(key, values) if key in given:
                return float(given[key] in values)
            case OneOf(key, values) | AnyOf(key, values):
                return self._share(key, values)
            case _:
                return 0.5

    def _share(self, key: str, values: Collection[str]) -> float:
        groups = self._groups[key]
        return sum(group[0] in values for group in groups) / len(groups)
