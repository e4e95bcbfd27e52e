"""Every possible set of answers, as far as some conditions can tell them apart."""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property, partial

from ..answers import PERIODS, Answers
from ..asked import LISTS, SINGLES
from ..evaluate import atom_keys, comparisons
from ..tree import Always, Amount, And, AnyOf, Atom, Dated, Named, Node, Not, OneOf, Or, Yes
from ..vocabulary import Vocabulary
from . import marks
from .diagrams import Function, all_of, any_of, diagrams
from .questions import NONE, ManyValues, OneValue, Scale, YesNo, groups_of, in_order

NOT_YET = ""


class Space:
    """The answers that people can give, and conditions as boolean functions of them.

    Only what ``conditions`` and the options' own conditions mention is told apart, and each of ``documents``. What is
    accepted: one value of a choice, any of a list but "none" beside nothing else, a number within its bounds, periods
    that do not end before they begin. What is possible in the questionnaire, besides: an option only where it is
    offered, and at least one value of a list, save of documents.

    Three things are coarser than the ordinary evaluator. Days relative to today and to other answers are told apart
    by the marks that conditions mention, in the order that is sure for marks of one base, so a few combinations count
    as possible that no calendar has; examples are made of real days and leave those out. Today may be any day. And
    ``truths`` decides on ``known_latest`` only when all its days are known.
    """

    def __init__(self, vocabulary: Vocabulary, conditions: Iterable[Node], *, documents: Collection[str] = ()):
        self.vocabulary = vocabulary
        self.manager = diagrams()
        self._offers = [
            (question.key, option.value, vocabulary.parse(option.when))
            for question in vocabulary.questions.values()
            for option in question.options
            if option.when
        ]
        atoms = Counter(atom for node in [*conditions, *(when for _, _, when in self._offers)]
                        for atom in comparisons(node))  # fmt: skip
        self._apart = {("in_hand", frozenset([document])) for document in documents}
        self._apart |= {(key, frozenset([value])) for key, value, _ in self._offers}
        self.flags: dict[str, YesNo] = {}
        self.choices: dict[str, OneValue | ManyValues] = {}
        self.scales: dict[str, Scale] = {}
        self.questions: dict[str, YesNo | OneValue | ManyValues | Scale] = {}
        self._declare(atoms)
        # Kept with their nodes by identity, because hashing deep trees would cost more than all the rest.
        self._complete: dict[int, tuple[Node, Function]] = {}
        self._partial: dict[int, tuple[Node, tuple[Function, Function]]] = {}

    @cached_property
    def accepted(self) -> Function:
        """True for every set of answers that ``read_answers`` accepts."""
        whole = all_of(self.manager, (question.accepted for question in self.questions.values()))
        for start, end in PERIODS:
            if start in self.scales and end in self.scales:
                sides = self.scales[end].marks_and_sides(), self.scales[start].marks_and_sides()
                whole &= all_of(self.manager, in_order(*sides))
        return whole

    @cached_property
    def possible(self) -> Function:
        """True for the answers that the questionnaire lets people give."""
        whole = self.accepted & all_of(self.manager, (question.offered for question in self.questions.values()))
        for key, value, when in self._offers:
            if key in self.choices:
                whole &= ~self.choices[key].has([value]) | self.holds(when)
        return whole

    def answered(self, key: str) -> Function:
        """True where there is an answer at all; ``truths`` speaks of these variables, ``holds`` does not."""
        return self.manager.var(_answered(key))

    def holds(self, node: Node) -> Function:
        """Where a condition is true, when every question is answered."""
        if id(node) not in self._complete:
            self._complete[id(node)] = node, self._holds(node)
        return self._complete[id(node)][1]

    def truths(self, node: Node) -> tuple[Function, Function]:
        """Where a condition is surely true and where it is surely false; in neither while an answer is missing."""
        if id(node) not in self._partial:
            self._partial[id(node)] = node, self._truths(node)
        return self._partial[id(node)][1]

    def at(self, function: Function, answers: Answers) -> bool:
        """The value of a function for typed answers, which hold today's date under "today"."""
        if not function.support:
            return function == self.manager.true
        point = dict.fromkeys(function.support, False)
        for key, question in self.questions.items():
            if key in answers:
                point[_answered(key)] = True
                point |= question.variables(answers[key], answers)
        return self.manager.let(point, function) == self.manager.true

    def _holds(self, node: Node) -> Function:
        match node:
            case Always(value):
                return self.manager.true if value else self.manager.false
            case Named(_, condition):
                return self.holds(condition)
            case Not(part):
                return ~self.holds(part)
            case And(parts):
                return all_of(self.manager, map(self.holds, parts))
            case Or(parts):
                return any_of(self.manager, map(self.holds, parts))
            case _:
                return self._compared(node)

    def _truths(self, node: Node) -> tuple[Function, Function]:
        match node:
            case Always():
                return self.holds(node), ~self.holds(node)
            case Named(_, condition):
                return self.truths(condition)
            case Not(part):
                return self.truths(part)[::-1]
            case And(parts) | Or(parts):
                yes, no = zip(*map(self.truths, parts), strict=True)
                every, some = (yes, no) if isinstance(node, And) else (no, yes)
                joined = all_of(self.manager, every), any_of(self.manager, some)
                return joined if isinstance(node, And) else joined[::-1]
            case _:
                if not self.can_be_decided(node):
                    return self.manager.false, self.manager.false
                known = all_of(self.manager, map(self.answered, atom_keys(node)))
                return known & self.holds(node), known & ~self.holds(node)

    def values_of(self, atom: OneOf | AnyOf) -> list[tuple[tuple[str, ...], Function]]:
        """The values that a comparison names, in groups that nothing tells apart, and where each group is answered."""
        return self.choices[atom.key].each(atom.values)

    @staticmethod
    def can_be_decided(atom: Atom) -> bool:
        """Whether answers decide a comparison; the finish of a procedure is nothing that people answer."""
        return not isinstance(atom, Dated) or marks.marks_of(atom) is not None

    def _compared(self, atom: Atom) -> Function:
        match atom:
            case Yes(key):
                return self.flags[key].yes
            case OneOf(key, values) | AnyOf(key, values):
                return self.choices[key].has(values)
            case Amount(key) | Dated(key):
                sides = marks.marks_of(atom)
                if sides is None:
                    return self.manager.var(_undecided(atom))
                before_one, before_none = sides
                before = self.scales[key].before
                first = any_of(self.manager, map(before, before_one)) if before_one else self.manager.true
                return first & ~any_of(self.manager, map(before, before_none))

    def _declare(self, atoms: Counter[Atom]) -> None:
        """Variables for every question, those that are mentioned most at the top; that keeps the diagrams small."""
        mentioned: Counter[str] = Counter()
        for atom, times in atoms.items():
            mentioned.update(dict.fromkeys(atom_keys(atom), times))
            if not self.can_be_decided(atom):
                self.manager.declare(_undecided(atom))
        mentioned.update(key for key, _ in self._apart)
        for key, _ in mentioned.most_common():
            if key in self.vocabulary.questions:
                self.manager.declare(_answered(key))
                self.questions[key] = self._question(key, [atom for atom in atoms if atom.key == key])

    def _question(self, key: str, atoms: list[Atom]) -> YesNo | OneValue | ManyValues | Scale:
        kind = self.vocabulary.questions[key].kind
        if kind == "yes_no":
            self.flags[key] = YesNo(self.manager, key)
            return self.flags[key]
        if kind in SINGLES | LISTS:
            self.choices[key] = self._choice(key, [atom.values for atom in atoms if isinstance(atom, OneOf | AnyOf)])
            return self.choices[key]
        found = [marks.marks_of(atom) or ((), ()) for atom in atoms if isinstance(atom, Amount | Dated)]
        compared = {mark for sides in found for side in sides for mark in side}
        self.scales[key] = Scale(self.manager, key, compared, partial(self.bounds, key))
        return self.scales[key]

    def _choice(self, key: str, sets: list[frozenset[str]]) -> OneValue | ManyValues:
        kind = self.vocabulary.questions[key].kind
        apart = [values for other, values in self._apart if other == key]
        groups = groups_of(self.vocabulary.values(key), [*sets, *apart, {NONE}])
        if kind in LISTS:
            return ManyValues(self.manager, key, groups, may_be_empty=kind == "documents")
        # A choice with one option so far will get others.
        return OneValue(self.manager, key, groups if len(groups) > 1 else [*groups, (NOT_YET,)])

    def bounds(self, key: str, base: str | None) -> tuple[float, float]:
        """How far an answer can lie from a base: of a number, and of a day."""
        question = self.vocabulary.questions[key]
        if question.kind == "integer":
            low, high = question.minimum, question.maximum
            return -marks.ENDLESS if low is None else low, marks.ENDLESS if high is None else high
        return marks.bounds(key, base)


def _answered(key: str) -> str:
    return f"{key} answered"


def _undecided(atom: Atom) -> str:
    return f"{atom!r} decided elsewhere"
