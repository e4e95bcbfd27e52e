"""From JSON or form values to typed answers, with every bad key and value named."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .asked import Question, QuestionKind
from .errors import closest
from .vocabulary import Vocabulary

# Answered questions only. Values: str (choice, country), frozenset[str] (choices, countries, documents),
# bool (yes_no), int (integer), date (date). The planner adds the date of today under "today".
Answers = Mapping[str, Any]

EARLIEST = datetime.date(1900, 1, 1)
LATEST = datetime.date(2199, 12, 31)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_LIST = 100
PERIODS = (("posting_start", "posting_end"), ("birth_date", "arrival_date"))


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """One thing that is wrong with an answers file: the key, the value as given and what was expected."""

    key: str
    value: Any
    message: str


class _Bad(ValueError):
    """A value that the question cannot take."""


def read_answers(
    raw: Any, vocabulary: Vocabulary, *, today: datetime.date
) -> tuple[dict[str, Any], list[AnswerProblem]]:
    """Typed answers out of JSON values, and the problems.

    Null means not known and is left out. So does an empty list, save one of documents: somebody may hold none.
    """
    if not isinstance(raw, Mapping):
        return {}, [AnswerProblem("", raw, "The answers must be an object of answer keys and values.")]
    answers: dict[str, Any] = {}
    problems = []
    for key, value in raw.items():
        question = vocabulary.questions.get(key)
        if question is None:
            guess = closest(str(key), vocabulary.questions)
            hint = f" Did you mean “{guess}”?" if guess else ""
            problems.append(AnswerProblem(str(key), value, f"There is no such answer key.{hint}"))
        elif value is not None and not (value == [] and question.kind in ("choices", "countries")):
            try:
                answers[key] = _READERS[question.kind](value, question, vocabulary, today)
            except _Bad as error:
                problems.append(AnswerProblem(key, value, str(error)))
    problems += _impossible_periods(answers)
    return answers, problems


def read_day(value: Any) -> datetime.date:
    """A day out of a date, or of text written YYYY-MM-DD. Raises ValueError with what was expected."""
    if isinstance(value, str):
        try:
            value = datetime.date.fromisoformat(value) if DAY.fullmatch(value) else None
        except ValueError:
            value = None
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        raise ValueError("It must be a date that exists, written YYYY-MM-DD.")
    if not EARLIEST <= value <= LATEST:
        raise ValueError(f"It must be between {EARLIEST} and {LATEST}.")
    return value


def _impossible_periods(answers: Answers) -> list[AnswerProblem]:
    return [
        AnswerProblem(end, answers[end].isoformat(), f"It cannot be before {start} ({answers[start]}).")
        for start, end in PERIODS
        if start in answers and end in answers and answers[end] < answers[start]
    ]


def _one(value: Any, question: Question, vocabulary: Vocabulary, today: datetime.date) -> str:
    known = vocabulary.values(question.key)
    if not isinstance(value, str):
        raise _Bad(f"It must be one word, not {_kind(value)}.")
    if value not in known:
        raise _Bad(_unknown_value(value, question, vocabulary))
    return value


def _several(value: Any, question: Question, vocabulary: Vocabulary, today: datetime.date) -> frozenset[str]:
    if not isinstance(value, list | tuple | set | frozenset):
        raise _Bad(f"It must be a list of words, not {_kind(value)}.")
    if len(value) > LONGEST_LIST:
        raise _Bad(f"It holds more than {LONGEST_LIST} values.")
    chosen = frozenset(_one(item, question, vocabulary, today) for item in value)
    if "none" in chosen and len(chosen) > 1:
        raise _Bad("“none” cannot stand beside other values.")
    return chosen


def _yes_no(value: Any, question: Question, vocabulary: Vocabulary, today: datetime.date) -> bool:
    if not isinstance(value, bool):
        raise _Bad(f"It must be true or false, not {_kind(value)}.")
    return value


def _integer(value: Any, question: Question, vocabulary: Vocabulary, today: datetime.date) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _Bad(f"It must be a whole number, not {_kind(value)}.")
    low, high = question.minimum, question.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        raise _Bad(f"It must be between {low} and {high}.")
    return value


def _date(value: Any, question: Question, vocabulary: Vocabulary, today: datetime.date) -> datetime.date:
    try:
        day = read_day(value)
    except ValueError as error:
        raise _Bad(str(error)) from None
    if question.key == "birth_date" and day > today:
        raise _Bad("A date of birth cannot be in the future.")
    return day


_READERS: dict[QuestionKind, Callable[[Any, Question, Vocabulary, datetime.date], Any]] = {
    "choice": _one,
    "country": _one,
    "choices": _several,
    "countries": _several,
    "documents": _several,
    "yes_no": _yes_no,
    "integer": _integer,
    "date": _date,
}


def _kind(value: Any) -> str:
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "text",
        list: "a list",
        dict: "an object",
    }
    return names.get(type(value), "this")


def _unknown_value(value: str, question: Question, vocabulary: Vocabulary) -> str:
    known = vocabulary.values(question.key)
    if near := vocabulary.near(question.key, value):
        names = vocabulary.countries if question.kind in ("country", "countries") else {}
        guesses = " or ".join(f"“{guess}” ({names[guess]})" if guess in names else f"“{guess}”" for guess in near)
        return f"There is no value “{value[:60]}” here. Did you mean {guesses}?"
    if len(known) <= 15:
        return f"There is no value “{value[:60]}” here. It can be: {', '.join(known)}."
    expected = {"documents": "document key"}.get(question.kind, "ISO 3166-1 country code in lower case")
    return f"“{value[:60]}” is no {expected}."
