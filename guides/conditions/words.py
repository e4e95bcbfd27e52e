"""A condition or a date expression in plain words, whatever the answers are.

``explain`` tells why a condition holds for somebody; this tells what it says for everybody, as the sentence that
stands after "if" or "when": "you will be self-employed, and you are not an EU, EEA or Swiss citizen".
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .tree import (
    Always,
    Amount,
    And,
    AnswerDay,
    AnyOf,
    Dated,
    DateNode,
    Day,
    Finish,
    FirstOfMonth,
    Latest,
    Named,
    Node,
    Not,
    OneOf,
    Or,
    Plus,
    PlusByYear,
    Span,
    Today,
    Yes,
)
from .vocabulary import Vocabulary

MOST_NAMES = 6
AMOUNTS = {"<": "less than", "<=": "at most", ">": "more than", ">=": "at least", "==": "exactly"}
DATES = {"<": "before", "<=": "on or before", ">": "after", ">=": "on or after", "==": "on"}
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
# The verb behind which "not" can stand, where it comes early and nothing else in the phrase denies or joins.
DENIABLE = re.compile(r"((?!no )(?:\S+ ){1,4}?(?:are|is|were|was|will|can)) (.+)")
UNDENIABLE = re.compile(r"\b(?:and|but|no|not|or)\b|“")


@dataclass(frozen=True)
class _Said:
    """Words, and what joins them where they are several clauses."""

    text: str
    joint: str = ""

    def inside(self, joint: str) -> str:
        return f"({self.text})" if self.joint not in ("", joint) else self.text


def condition_in_words(node: Node, vocabulary: Vocabulary) -> str:
    """What must be so for the condition to hold: "in every case", or one clause about "you" after the other."""
    return _tell(node, True, vocabulary).text


def date_in_words(node: DateNode, vocabulary: Vocabulary) -> str:
    """The day that a date expression means: "3 months after the day on which you arrive"."""
    match node:
        case Day(value):
            return f"{value.day} {value:%B %Y}"
        case Today():
            return "today"
        case AnswerDay(key):
            return _day_of(key, vocabulary)
        case Finish(procedure):
            return f"the day on which “{procedure}” can be finished"
        case FirstOfMonth(date):
            return f"the first day of the month of {date_in_words(date, vocabulary)}"
        case Plus(date, span, sign):
            return _shifted(date, _length(span), sign, vocabulary)
        case PlusByYear(date, parameter, column):
            return f"“{column}” of “{parameter}” after {date_in_words(date, vocabulary)}"
        case Latest(dates, known_only):
            each = [date_in_words(date, vocabulary) for date in dates]
            return f"the latest {'known ' if known_only else ''}of {_listed(each, 'and')}"


def _tell(node: Node, truth: bool, vocabulary: Vocabulary) -> _Said:
    """The words for the condition being ``truth``. Denial goes inwards, where the phrases are."""
    match node:
        case Always(value):
            return _Said("in every case" if value is truth else "in no case")
        case Named(name, _):
            return _Said(vocabulary.term_phrase(name, truth))
        case Not(part):
            return _tell(part, not truth, vocabulary)
        case And(parts) | Or(parts):
            all_of_them = isinstance(node, And) is truth
            return _join([_tell(part, truth, vocabulary) for part in parts], all_of_them)
        case Yes(key):
            return _Said(_yes_or_no(key, truth, vocabulary))
        case OneOf(key, values) | AnyOf(key, values):
            return _values(key, values, truth, vocabulary)
        case Amount(key, operator, number):
            return _Said(_amount(key, operator, number, truth, vocabulary))
        case Dated(key, operator, date):
            return _Said(_dated(key, operator if truth else OPPOSITE[operator], date, vocabulary))


def _join(parts: Iterable[_Said], all_of_them: bool) -> _Said:
    joint = ", and " if all_of_them else ", or "
    texts = list(dict.fromkeys(part.inside(joint) for part in parts))
    return _Said(joint.join(texts), joint if len(texts) > 1 else "")


def _yes_or_no(key: str, truth: bool, vocabulary: Vocabulary) -> str:
    question = vocabulary.questions[key]
    phrase = question.phrase or f"the answer to “{question.text}” is yes"
    return phrase if truth else question.negative_phrase or _denied(phrase)


def _values(key: str, values: Collection[str], truth: bool, vocabulary: Vocabulary) -> _Said:
    question, names = vocabulary.questions[key], vocabulary.values(key)
    chosen = [str(names[value]) for value in names if value in values]
    if question.kind == "documents" and not truth:
        return _Said(f"you do not hold {_listed(chosen, 'or')} yet")
    if question.kind in ("choice", "choices"):
        return _options(chosen, truth)
    phrase = question.phrase or f"the answer to “{question.text}” is {{value}}"
    return _Said((phrase if truth else _denied(phrase)).format(value=_listed(chosen, "or")))


def _options(phrases: list[str], truth: bool) -> _Said:
    if truth:
        return _join(map(_Said, phrases), all_of_them=False)
    if len(phrases) == 1:
        return _Said(_denied(phrases[0]))
    return _Said(f"none of this is so: {'; '.join(phrases)}", joint=";")


def _amount(key: str, operator: str, number: int, truth: bool, vocabulary: Vocabulary) -> str:
    question = vocabulary.questions[key]
    phrase = question.phrase or f"the answer to “{question.text}” is {{value}}"
    if truth or operator in OPPOSITE:
        value = f"{AMOUNTS[operator if truth else OPPOSITE[operator]]} {number}"
    else:
        value = f"not exactly {number}"
    return phrase.format(value=value)


def _dated(key: str, operator: str, date: DateNode, vocabulary: Vocabulary) -> str:
    question = vocabulary.questions[key]
    phrase = question.phrase if "on {value}" in question.phrase else f"the answer to “{question.text}” is on {{value}}"
    return phrase.replace("on {value}", f"{DATES[operator]} {date_in_words(date, vocabulary)}")


def _day_of(key: str, vocabulary: Vocabulary) -> str:
    question = vocabulary.questions[key]
    if question.phrase.endswith(" on {value}"):
        return f"the day on which {question.phrase.removesuffix(' on {value}')}"
    return f"the answer to “{question.text}”"


def _shifted(date: DateNode, length: str, sign: int, vocabulary: Vocabulary) -> str:
    if isinstance(date, Plus) and date.sign == sign:
        return _shifted(date.date, f"{_length(date.span)} and {length}", sign, vocabulary)
    if isinstance(date, Plus | PlusByYear):
        return f"{date_in_words(date, vocabulary)}, {'plus' if sign > 0 else 'less'} {length}"
    return f"{length} {'after' if sign > 0 else 'before'} {date_in_words(date, vocabulary)}"


def _length(span: Span) -> str:
    parts = [(span.years, "year"), (span.months, "month"), (span.days, "day")]
    given = [f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in parts if number]
    return " and ".join(given) or "0 days"


def _denied(phrase: str) -> str:
    """The phrase with "not" behind its verb, or said to be not so where that could change its meaning."""
    found = DENIABLE.fullmatch(phrase)
    if found is None or UNDENIABLE.search(phrase):
        return f"it is not so that {phrase}"
    return f"{found[1]} not {found[2]}"


def _listed(names: list[str], word: str) -> str:
    if len(names) > MOST_NAMES:
        names = [*names[: MOST_NAMES - 1], f"one of {len(names) - MOST_NAMES + 1} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"
