"""Why a condition is true or false: the answers that decide it, in plain words."""

from collections.abc import Callable, Collection
from itertools import chain

from .answers import Answers
from .evaluate import Evaluator, keys_in
from .tree import Always, And, Named, Node, Not, Or
from .vocabulary import Vocabulary

# Phrases that tell why a condition has this truth, for these answers.
Telling = Callable[[Answers, bool], list[str]]


class Explainer:
    """Turns trees into functions that explain them, built once for each.

    Of several sufficient reasons it tells the one that is asked for first, so that an answer nobody asked for does
    not change the explanation. Reasons that rest on ``obvious`` answer keys alone are left out.
    """

    def __init__(self, vocabulary: Vocabulary, evaluator: Evaluator, *, obvious: Collection[str] = ()):
        self.vocabulary, self.evaluator, self.obvious = vocabulary, evaluator, frozenset(obvious)

    def compile(self, node: Node) -> Callable[[Answers], tuple[str, ...]]:
        """A function of the answers: phrases that complete "because …", each once; none while it is undecided."""
        test, tell = self.evaluator.compile(node), self._telling(node)

        def explain(answers: Answers) -> tuple[str, ...]:
            truth = test(answers)
            return () if truth is None else tuple(dict.fromkeys(tell(answers, truth)))

        return explain

    def _telling(self, node: Node) -> Telling:
        if keys_in(node) <= self.obvious:
            return lambda answers, truth: []
        match node:
            case Named(name, _):
                return lambda answers, truth: [self.vocabulary.term_phrase(name, truth)]
            case Not(part):
                inner = self._telling(part)
                return lambda answers, truth: inner(answers, not truth)
            case And(parts) | Or(parts):
                return self._joined(parts, needs_all=isinstance(node, And))
            case Always():
                return lambda answers, truth: []
            case _:
                values = getattr(node, "values", ())
                return lambda answers, truth: answer_phrases(node.key, values, truth, answers, self.vocabulary)

    def _joined(self, parts: tuple[Node, ...], *, needs_all: bool) -> Telling:
        """All deciding parts where all are needed for this truth, else the one that is asked first."""
        tellings = [(self.evaluator.compile(part), self._telling(part)) for part in sorted(parts, key=self._asked)]
        in_order = [(self.evaluator.compile(part), self._telling(part)) for part in parts]

        def joined(answers: Answers, truth: bool) -> list[str]:
            if truth is needs_all:
                return list(chain.from_iterable(tell(answers, truth) for _, tell in in_order))
            return next(tell(answers, truth) for test, tell in tellings if test(answers) is truth)

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
