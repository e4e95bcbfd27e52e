"""Why a condition is true or false: the fewest answers that decide it, in plain words."""

import datetime
from itertools import chain

from .answers import Answers
from .evaluate import Evaluator, Truth
from .tree import Always, And, Named, Node, Not, Or
from .vocabulary import Vocabulary


def reasons(node: Node, answers: Answers, vocabulary: Vocabulary, evaluator: Evaluator) -> tuple[str, ...]:
    """Phrases that complete "because …", each once; empty while the condition is undecided or needs no answer."""
    truth = evaluator.compile(node)(answers)
    if truth is None:
        return ()
    return tuple(dict.fromkeys(_reasons(node, truth, answers, vocabulary, evaluator)))


def _reasons(node: Node, truth: bool, answers, vocabulary, evaluator) -> list[str]:
    match node:
        case Always():
            return []
        case Named(name, _):
            return [vocabulary.term_phrase(name, truth)]
        case Not(part):
            return _reasons(part, not truth, answers, vocabulary, evaluator)
        case And(parts) | Or(parts):
            deciding = [part for part in parts if evaluator.compile(part)(answers) is truth]
            told = [_reasons(part, truth, answers, vocabulary, evaluator) for part in deciding]
            needs_all = isinstance(node, And) is truth
            return list(chain.from_iterable(told)) if needs_all else min(told, key=len)
        case _:
            return _answer(node.key, getattr(node, "values", None), truth, answers, vocabulary)


def _answer(key: str, values: frozenset[str] | None, truth: Truth, answers, vocabulary) -> list[str]:
    """The phrase of one answer; of a list, only the values that count when the comparison holds."""
    question, answer = vocabulary.questions[key], answers[key]
    if question.kind == "yes_no":
        return [question.phrase if answer else question.negative_phrase]
    if question.kind == "date":
        return [question.phrase.format(value=_day(answer))]
    if question.kind == "integer":
        return [question.phrase.format(value=answer)]
    names = vocabulary.values(key)
    chosen = [answer] if isinstance(answer, str) else sorted(answer)
    if truth and values:
        chosen = [value for value in chosen if value in values]
    if question.kind == "documents" and not truth:
        missing = " or ".join(names[value] for value in sorted(values))
        return [f"you do not hold {missing} yet"]
    if not question.phrase:
        return [names[value] for value in chosen]
    if not chosen:
        return []
    return [question.phrase.format(value=" and ".join(str(names[value]) for value in chosen))]


def _day(date: datetime.date) -> str:
    return f"{date.day} {date:%B %Y}"
