"""Three-valued evaluation (Kleene): True, False, or None while an answer that matters is missing."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import eq, ge, gt, le, lt
from typing import Any

from .answers import Answers
from .dates import keys_of, resolve
from .tree import Always, Amount, And, AnyOf, Atom, Dated, Named, Node, Not, OneOf, Or, Yes

Truth = bool | None
OPERATORS: dict[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge, "==": eq}
NO_KEYS: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Work:
    """What is to be worked out in turn, each with its place among the truths: comparisons, then what joins them.

    A join is (place, settles, settled, parts): ``settled`` where one of its parts is ``settles``, the opposite where
    all parts are known and none is.
    """

    comparisons: list[tuple[int, Callable[[Answers], Truth]]] = field(default_factory=list)
    joins: list[tuple[int, bool, bool, tuple[int, ...]]] = field(default_factory=list)


class Conditions:
    """Conditions by name, judged all together: what several have in common is worked out once.

    Trees become lists of small steps; the stored text itself is never executed.
    """

    def __init__(self, named: Mapping[Hashable, Node]):
        self.work = _Work()
        self.work_of: defaultdict[str, _Work] = defaultdict(_Work)
        self.parts: list[tuple[int, ...]] = []
        self.keys: list[frozenset[str]] = []
        self._places: dict[Node, int] = {}
        self.places = {name: self.place(node) for name, node in named.items()}

    def place(self, node: Node) -> int:
        """Where the truth of a condition stands, or of a part of one."""
        if isinstance(node, Named):
            return self.place(node.condition)
        if node not in self._places:
            parts = tuple(map(self.place, _parts(node)))
            self._places[node] = place = len(self.parts)
            self.parts.append(parts)
            self.keys.append(NO_KEYS.union(*(self.keys[part] for part in parts)) if parts else keys_in(node))
            for work in (self.work, *(self.work_of[key] for key in self.keys[place])):
                if isinstance(node, Not | And | Or):
                    work.joins.append((place, not isinstance(node, And), isinstance(node, Or), parts))
                else:
                    work.comparisons.append((place, _comparison(node)))
        return self._places[node]


class Truths:
    """What the ``conditions`` are for these answers (which hold today's date under "today")."""

    def __init__(self, conditions: Conditions, answers: Answers):
        self.conditions, self.answers = conditions, dict(answers)
        self._truths: list[Truth] = [None] * len(conditions.parts)
        self._open: dict[int, frozenset[str]] = {}
        self._do(conditions.work)

    def __getitem__(self, name: Hashable) -> Truth:
        return self._truths[self.conditions.places[name]]

    def of(self, place: int) -> Truth:
        """The truth that stands at a place of the conditions."""
        return self._truths[place]

    def open_keys(self, name: Hashable) -> frozenset[str]:
        """The unanswered keys that could still decide a condition; empty once it is true or false."""
        return self._open_at(self.conditions.places[name])

    def give(self, key: str, value: Any) -> None:
        """Add an answer to a question that had none: judge again what reads it. What did not wait for it stays open."""
        self.answers[key] = value
        self._open = {place: keys for place, keys in self._open.items() if key not in keys}
        if key in self.conditions.work_of:
            self._do(self.conditions.work_of[key])

    def _do(self, work: _Work) -> None:
        truths, answers = self._truths, self.answers
        for place, comparison in work.comparisons:
            truths[place] = comparison(answers)
        for place, settles, settled, parts in work.joins:
            known = [truths[part] for part in parts]
            truths[place] = settled if settles in known else None if None in known else not settled

    def _open_at(self, place: int) -> frozenset[str]:
        if self._truths[place] is not None:
            return NO_KEYS
        if place not in self._open:
            parts = self.conditions.parts[place]
            undecided = [self._open_at(part) for part in parts if self._truths[part] is None]
            keys = NO_KEYS.union(*undecided) if parts else self.conditions.keys[place]
            self._open[place] = keys - self.answers.keys()
        return self._open[place]


def judge(node: Node, answers: Answers) -> Truth:
    """The truth of a single condition."""
    return Truths(Conditions({node: node}), answers)[node]


def _parts(node: Node) -> tuple[Node, ...]:
    match node:
        case Not(part):
            return (part,)
        case And(parts) | Or(parts):
            return parts
        case _:
            return ()


def _comparison(node: Always | Atom) -> Callable[[Answers], Truth]:
    match node:
        case Always(value):
            return lambda answers: value
        case Dated():
            return _dated(node)
        case _:
            key, holds = node.key, _predicate(node)
            return lambda answers: None if (answer := answers.get(key)) is None else holds(answer)


def _predicate(node: Yes | OneOf | AnyOf | Amount) -> Callable[[Any], bool]:
    """What an answer that is given must fulfil."""
    match node:
        case Yes():
            return bool
        case OneOf(_, values):
            return values.__contains__
        case AnyOf(_, values):
            return lambda answer: not values.isdisjoint(answer)
        case Amount(_, operator, number):
            compare = OPERATORS[operator]
            return lambda answer: compare(answer, number)


def _dated(node: Dated) -> Callable[[Answers], Truth]:
    key, compare, date = node.key, OPERATORS[node.operator], node.date

    def dated(answers: Answers) -> Truth:
        answer, other = answers.get(key), resolve(date, answers)
        return None if answer is None or other is None else compare(answer, other)

    return dated


def atom_keys(node: Atom) -> frozenset[str]:
    """The answer keys that one comparison reads."""
    own = frozenset([node.key])
    return own | keys_of(node.date) if isinstance(node, Dated) else own


def keys_in(node: Node) -> frozenset[str]:
    """Every answer key that a condition mentions, terms included."""
    return frozenset().union(*map(atom_keys, comparisons(node)))


def comparisons(node: Node) -> Iterator[Atom]:
    """Every comparison inside a condition, terms included."""
    match node:
        case Always():
            return
        case Named(_, condition):
            yield from comparisons(condition)
        case Not() | And() | Or():
            for part in _parts(node):
                yield from comparisons(part)
        case _:
            yield node


def names_of(node: Node) -> frozenset[str]:
    """The terms that a condition names itself; not those which these are made of."""
    match node:
        case Named(name):
            return frozenset([name])
        case Not() | And() | Or():
            return frozenset().union(*map(names_of, _parts(node)))
        case _:
            return frozenset()
