"""Why a condition is true or false: the answers that decide it, in plain words."""

from collections.abc import Callable, Collection
from itertools import chain

from .answers import Answers
from .evaluate import Conditions, Truths, keys_in
from .tree import Always, And, Named, Node, Not, Or
from .vocabulary import Vocabulary

# Phrases that tell why a condition has this truth.
Telling = Callable[[Truths, bool], list[str]]


class Explainer:
    """Turns trees of ``conditions`` into functions that explain them, built once for each.

    Of several sufficient reasons it tells the one that is asked for first, so that an answer nobody asked for does
    not change the explanation. Reasons that rest on ``obvious`` answer keys alone are left out.
    """

    def __init__(self, vocabulary: Vocabulary, conditions: Conditions, *, obvious: Collection[str] = ()):
        self.vocabulary, self.conditions, self.obvious = vocabulary, conditions, frozenset(obvious)

    def compile(self, node: Node) -> Callable[[Truths], tuple[str, ...]]:
        """A function of the truths: phrases that complete "because …", each once; none while it is undecided."""
        place, tell = self.conditions.place(node), self._telling(node)

        def explain(truths: Truths) -> tuple[str, ...]:
            truth = truths.of(place)
            return () if truth is None else tuple(dict.fromkeys(tell(truths, truth)))

        return explain

    def _telling(self, node: Node) -> Telling:
        if keys_in(node) <= self.obvious:
            return lambda truths, truth: []
        match node:
            case Named(name, _):
                return lambda truths, truth: [self.vocabulary.term_phrase(name, truth)]
            case Not(part):
                inner = self._telling(part)
                return lambda truths, truth: inner(truths, not truth)
            case And(parts) | Or(parts):
                return self._joined(parts, needs_all=isinstance(node, And))
            case Always():
                return lambda truths, truth: []
            case _:
                values = getattr(node, "values", ())
                return lambda truths, truth: answer_phrases(node.key, values, truth, truths.answers, self.vocabulary)

    def _joined(self, parts: tuple[Node, ...], *, needs_all: bool) -> Telling:
        """All deciding parts where all are needed for this truth, else the one that is asked first."""
        tellings = [(self.conditions.place(part), self._telling(part)) for part in sorted(parts, key=self._asked)]
        in_order = [self._telling(part) for part in parts]

        def joined(truths: Truths, truth: bool) -> list[str]:
            if truth is needs_all:
                return list(chain.from_iterable(tell(truths, truth) for tell in in_order))
            return next(tell(truths, truth) for place, tell in tellings if truths.of(place) is truth)

        return joined

    def _asked(self, node: Node) -> int:
        """The place of the last question that a condition needs."""
        return max((self.vocabulary.questions[key].order for key in keys_in(node)), default=0)


def answer_phrases(
    key: str, values: Collection[str], truth: bool, answers: Answers, vocabulary: Vocabulary
) -> list[str]:
    """The phrase of one answer; of a list, only the values that count when the comparison holds."""
    question, answer = vocabulary.questions[key], answers[key]
    if question.kind == "yes_no":
        return [question.phrase if answer else question.negative_phrase]
    if question.kind == "date":
        return [question.phrase.format(value=f"{answer.day} {answer:%B %Y}")]
    if question.kind == "integer":
        return [question.phrase.format(value=answer)]
    names = vocabulary.values(key)
    chosen = [answer] if isinstance(answer, str) else sorted(answer)
    if truth and values:
        chosen = [value for value in chosen if value in values]
    if question.kind == "documents" and not truth:
        return [f"you do not hold {' or '.join(names[value] for value in sorted(values))} yet"]
    if not question.phrase:
        return [names[value] for value in chosen]
    return [question.phrase.format(value=" and ".join(str(names[value]) for value in chosen))] if chosen else []
