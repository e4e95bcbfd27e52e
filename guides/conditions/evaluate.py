"""Three-valued evaluation (Kleene): True, False, or None while an answer that matters is missing."""

from collections.abc import Callable, Iterator, Mapping
from operator import eq, ge, gt, le, lt
from typing import Any

from .answers import Answers
from .dates import keys_of, resolve
from .tree import Always, Amount, And, AnyOf, Atom, Dated, Named, Node, Not, OneOf, Or, Yes

Truth = bool | None
Test = Callable[[Answers], Truth]
# The truth of a term is kept beside the answers, whose keys have no blank.
TERM = "term "
OPERATORS: dict[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge, "==": eq}


class Evaluator:
    """Compiles trees to closures, once for each distinct part; the stored text itself is never executed."""

    def __init__(self) -> None:
        self._tests: dict[Node, Test] = {}

    def compile(self, node: Node) -> Test:
        """A function of the answers (which hold today's date under "today")."""
        if node not in self._tests:
            self._tests[node] = self._build(node)
        return self._tests[node]

    def _build(self, node: Node) -> Test:
        match node:
            case Always(value):
                return lambda answers: value
            case Named(name, condition):
                return _named(name, self.compile(condition))
            case Not(part):
                return _negation(self.compile(part))
            case And(parts):
                return _conjunction(parts, self.compile)
            case Or(parts):
                return _disjunction([self.compile(part) for part in parts])
            case _:
                return _atom(node)


def with_terms(answers: Answers, terms: Mapping[str, Test]) -> dict[str, Any]:
    """The answers together with the truth of every term, which is then not worked out again."""
    return {**answers, **{TERM + name: test(answers) for name, test in terms.items()}}


def _named(name: str, test: Test) -> Test:
    known = TERM + name

    def named(answers: Answers) -> Truth:
        try:
            truth: Truth = answers[known]
        except KeyError:
            return test(answers)
        return truth

    return named


def _negation(test: Test) -> Test:
    def negation(answers: Answers) -> Truth:
        truth = test(answers)
        return None if truth is None else not truth

    return negation


def _conjunction(parts: tuple[Node, ...], compile: Callable[[Node], Test]) -> Test:
    first = parts[0]
    rest = compile(parts[1]) if len(parts) == 2 else _conjunction(parts[1:], compile)
    if isinstance(first, Yes | OneOf | AnyOf | Amount):
        return _guarded(first.key, _predicate(first), rest)
    return _both(compile(first), rest)


def _guarded(key: str, holds: Callable[[Any], bool], rest: Test) -> Test:
    """A comparison and something else; most conjunctions end at their first comparison, which costs no call here."""

    def guarded(answers: Answers) -> Truth:
        answer = answers.get(key)
        if answer is None:
            return False if rest(answers) is False else None
        return rest(answers) if holds(answer) else False

    return guarded


def _both(first: Test, second: Test) -> Test:
    def both(answers: Answers) -> Truth:
        truth = first(answers)
        if truth:
            return second(answers)
        if truth is None:
            return False if second(answers) is False else None
        return False

    return both


def _disjunction(tests: list[Test]) -> Test:
    first = tests[0]
    second = tests[1] if len(tests) == 2 else _disjunction(tests[1:])

    def either(answers: Answers) -> Truth:
        truth = first(answers)
        if truth is False:
            return second(answers)
        if truth is None:
            return True if second(answers) else None
        return True

    return either


def _atom(node: Atom) -> Test:
    key = node.key
    if isinstance(node, Dated):
        return _dated(node)
    holds = _predicate(node)
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


def _dated(node: Dated) -> Test:
    key, compare, date = node.key, OPERATORS[node.operator], node.date

    def dated(answers: Answers) -> Truth:
        answer, other = answers.get(key), resolve(date, answers)
        return None if answer is None or other is None else compare(answer, other)

    return dated


def open_questions(node: Node, answers: Answers) -> frozenset[str]:
    """The unanswered keys that could still decide ``node``; empty once it is true or false."""
    return _judge(node, answers)[1]


def _judge(node: Node, answers: Answers) -> tuple[Truth, frozenset[str]]:
    match node:
        case Always(value):
            return value, frozenset()
        case Named(name, condition):
            known = answers.get(TERM + name)
            return _judge(condition, answers) if known is None else (known, frozenset())
        case Not(part):
            truth, keys = _judge(part, answers)
            return (None if truth is None else not truth), keys
        case And(parts) | Or(parts):
            settles = isinstance(node, Or)
            judged = [_judge(part, answers) for part in parts]
            if any(truth is settles for truth, _ in judged):
                return settles, frozenset()
            keys = frozenset().union(*(keys for _, keys in judged))
            return (None if keys else not settles), keys
        case _:
            truth = _atom(node)(answers)
            return truth, (atom_keys(node) - answers.keys() if truth is None else frozenset())


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
        case Named(_, condition) | Not(condition):
            yield from comparisons(condition)
        case And(parts) | Or(parts):
            for part in parts:
                yield from comparisons(part)
        case _:
            yield node
