"""What conditions may speak of, and the parser that turns text into typed trees."""

import datetime
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput, v_args
from lark.exceptions import VisitError

from . import tree
from .asked import LISTS, SINGLES, Question, Term
from .errors import ConditionError, closest
from .slips import find_slip

DEEPEST = 60
LONGEST = 2000
# What no question and no term can be called: at its place the word would be read as one of the language.
RESERVED = frozenset({
    "and", "or", "not", "is", "in", "has", "any", "of", "before", "after", "on", "always", "never",
    "today", "latest", "known_latest", "finish", "first_of_month", "by_year",
})  # fmt: skip
WORD = re.compile(r"[\w.-]+|\S")


class LoopError(ConditionError):
    """A term that needs itself, straight or by way of others."""


@lru_cache(maxsize=1)
def _grammar() -> Lark:
    text = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", start=["start", "date"], maybe_placeholders=False)


class Vocabulary:
    """Questions, terms, documents and countries that conditions can name.

    ``documents`` and ``countries`` map keys to names; ``tables`` names the (parameter, column) pairs that ``by_year``
    may read; ``countries_like`` gives the keys of countries that a name may mean.
    Raises ConditionError for a term that does not parse or that needs itself.
    """

    def __init__(
        self,
        questions: Iterable[Question],
        terms: Iterable[Term] = (),
        *,
        documents: Mapping[str, str] | None = None,
        countries: Mapping[str, str] | None = None,
        countries_like: Callable[[str], Sequence[str]] = lambda name: (),
        procedures: Iterable[str] = (),
        tables: Iterable[tuple[str, str]] = (),
    ):
        self.questions = {question.key: question for question in questions}
        self.documents = dict(documents or {})
        self.countries = dict(countries or {})
        self.countries_like = countries_like
        self.procedures = frozenset(procedures)
        self.tables = frozenset(tables)
        self._texts = {term.key: term for term in terms}
        self._terms: dict[str, tree.Named] = {}
        self._open: list[str] = []
        self._conditions: dict[str, tree.Node] = {}
        self._dates: dict[str, tree.DateNode] = {}

    def parse(self, text: str) -> tree.Node:
        """The tree of a condition; the empty text is always true. Raises ConditionError."""
        if text not in self._conditions:
            self._conditions[text] = self._parse(text, "start") if text.strip() else tree.Always(True)
        return self._conditions[text]

    def parse_date(self, text: str) -> tree.DateNode:
        """The tree of a date expression. Raises ConditionError."""
        if text not in self._dates:
            self._dates[text] = self._parse(text, "date")
        return self._dates[text]

    def values(self, key: str) -> Mapping[str, str]:
        """The values that the answer to ``key`` can have, with their names; empty for dates and numbers."""
        question = self.questions[key]
        if question.kind in ("country", "countries"):
            return self.countries
        if question.kind == "documents":
            return self.documents
        return {option.value: option.phrase for option in question.options}

    def labels(self, key: str) -> Mapping[str, str]:
        """The same values with the names that people choose them by."""
        question = self.questions[key]
        labelled = {option.value: option.label for option in question.options}
        return labelled if question.kind in ("choice", "choices") else self.values(key)

    def near(self, key: str, word: str) -> Sequence[str]:
        """The values of ``key`` that ``word`` was probably meant to be."""
        if self.questions[key].kind in ("country", "countries"):
            return self.countries_like(word)
        return [guess] if (guess := closest(word, self.values(key))) else []

    def term(self, name: str) -> tree.Named:
        """The term of this name, parsed. Raises ConditionError for one that needs itself."""
        if name in self._open:
            raise LoopError(f"The term “{name}” needs itself: {' → '.join([*self._open, name])}.")
        if name not in self._terms:
            self._open.append(name)
            try:
                self._terms[name] = tree.Named(name, self.parse(self._texts[name].condition))
            finally:
                self._open.pop()
        return self._terms[name]

    def term_names(self) -> tuple[str, ...]:
        return tuple(self._texts)

    def term_phrase(self, name: str, truth: bool) -> str:
        return self._texts[name].phrase if truth else self._texts[name].negative_phrase

    def _parse(self, text: str, start: str) -> Any:
        if len(text) > LONGEST or text.count("(") + text.count("not") > DEEPEST:
            raise ConditionError(
                f"This is too long: at most {LONGEST} characters, and {DEEPEST} brackets and negations together. "
                "Make a part of it a term, and write its name here."
            )
        try:
            return _Builder(self).transform(_grammar().parse(text, start=start))
        except UnexpectedInput as error:
            raise find_slip(text, self, date=start == "date") or _syntax_error(text, error) from None
        except VisitError as error:
            raise find_slip(text, self, date=start == "date") or error.orig_exc from None


def _syntax_error(text: str, error: UnexpectedInput) -> ConditionError:
    """What stands at the place where parsing stopped, named as a whole word."""
    token = getattr(error, "token", None)
    position = error.pos_in_stream if token is None else token.start_pos
    at_end = token is not None and token.type == "$END"
    if at_end or position is None or not (word := WORD.match(text, position)):
        return ConditionError("Something is missing here.", start=len(text))
    return ConditionError(f"“{word[0]}” is not expected here.", start=position, end=word.end())


@v_args(inline=True)
class _Builder(Transformer[Token, Any]):
    """From lark's tree to typed nodes, checked against the vocabulary."""

    def __init__(self, vocabulary: Vocabulary):
        super().__init__()
        self.vocabulary = vocabulary

    def start[T](self, node: T) -> T:
        return node

    date = start
    value = start

    def conjunction(self, *parts: tree.Node) -> tree.Node:
        return tree.And(parts)

    def disjunction(self, *parts: tree.Node) -> tree.Node:
        return tree.Or(parts)

    def not_(self, part: tree.Node) -> tree.Node:
        return tree.Not(part)

    def always(self) -> tree.Node:
        return tree.Always(True)

    def never(self) -> tree.Node:
        return tree.Always(False)

    def values(self, *words: Token) -> tuple[Token, ...]:
        return words

    def flag(self, key: Token) -> tree.Node:
        question = self.vocabulary.questions.get(key)
        if question is not None and question.kind != "yes_no":
            raise _at(key, f"“{key}” has values: say which one, for example with “is” or “has”.")
        if question is not None:
            return tree.Yes(str(key))
        if key not in self.vocabulary.term_names():
            raise self._unknown(key, "There is no question or term of this name.")
        try:
            return self.vocabulary.term(key)
        except ConditionError as error:
            raise _inside(key, error) from error

    def is_(self, key: Token, word: Token) -> tree.Node:
        question = self._question(key, SINGLES | {"integer"})
        if question.kind == "integer":
            return tree.Amount(str(key), "==", _number(word))
        return tree.OneOf(str(key), self._checked(key, [word]))

    def is_not(self, key: Token, word: Token) -> tree.Node:
        return tree.Not(self.is_(key, word))

    def in_(self, key: Token, words: Iterable[Token]) -> tree.Node:
        self._question(key, SINGLES)
        return tree.OneOf(str(key), self._checked(key, words))

    def not_in(self, key: Token, words: Iterable[Token]) -> tree.Node:
        return tree.Not(self.in_(key, words))

    def has(self, key: Token, word: Token) -> tree.Node:
        return self.has_any(key, [word])

    def has_any(self, key: Token, words: Iterable[Token]) -> tree.Node:
        self._question(key, LISTS)
        return tree.AnyOf(str(key), self._checked(key, words))

    def amount(self, key: Token, operator: Token, number: Token) -> tree.Node:
        self._question(key, {"integer"})
        return tree.Amount(str(key), operator.value, int(number))

    def dated(self, key: Token, operator: tree.Comparison, date: tree.DateNode) -> tree.Node:
        self._question(key, {"date"})
        return tree.Dated(str(key), operator, date)

    def before(self) -> tree.Comparison:
        return "<"

    def after(self) -> tree.Comparison:
        return ">"

    def on_or_before(self) -> tree.Comparison:
        return "<="

    def on_or_after(self) -> tree.Comparison:
        return ">="

    def order(self, operator: tree.Comparison) -> tree.Comparison:
        return operator

    def literal(self, token: Token) -> tree.DateNode:
        try:
            return tree.Day(datetime.date.fromisoformat(token))
        except ValueError:
            raise _at(token, f"There is no day {token}.") from None

    def today(self) -> tree.DateNode:
        return tree.Today()

    def answer_day(self, key: Token) -> tree.DateNode:
        self._question(key, {"date"})
        return tree.AnswerDay(str(key))

    def finish(self, word: Token) -> tree.DateNode:
        if word not in self.vocabulary.procedures:
            raise _at(word, "There is no procedure of this key.", closest(word, self.vocabulary.procedures))
        return tree.Finish(str(word))

    def first_of_month(self, date: tree.DateNode) -> tree.DateNode:
        return tree.FirstOfMonth(date)

    def latest(self, *dates: tree.DateNode) -> tree.DateNode:
        return tree.Latest(dates)

    def known_latest(self, *dates: tree.DateNode) -> tree.DateNode:
        return tree.Latest(dates, known_only=True)

    def span(self, number: Token, unit: Token) -> tree.Span:
        count = int(number)
        if count > 1200:
            raise _at(unit, "This is too far away.")
        return {"day": tree.Span(days=count), "week": tree.Span(days=7 * count),
                "month": tree.Span(months=count), "year": tree.Span(years=count)}[unit.rstrip("s")]  # fmt: skip

    def plus(self, date: tree.DateNode, span: tree.Span) -> tree.DateNode:
        return tree.Plus(date, span, 1)

    def minus(self, date: tree.DateNode, span: tree.Span) -> tree.DateNode:
        return tree.Plus(date, span, -1)

    def plus_by_year(self, date: tree.DateNode, parameter: Token, column: Token) -> tree.DateNode:
        if (str(parameter), str(column)) not in self.vocabulary.tables:
            raise _at(parameter, f"There is no yearly parameter with a column “{column}” of this name.")
        return tree.PlusByYear(date, str(parameter), str(column))

    def _question(self, key: Token, kinds: Collection[str]) -> Question:
        question = self.vocabulary.questions.get(key)
        if question is None:
            raise self._unknown(key, "There is no question of this name.")
        if question.kind not in kinds:
            raise _at(key, f"“{key}” is a question of the kind {question.kind}; this comparison needs "
                           f"{' or '.join(sorted(kinds))}.")  # fmt: skip
        return question

    def _checked(self, key: Token, words: Iterable[Token]) -> frozenset[str]:
        known = self.vocabulary.values(key)
        for word in words:
            if word not in known:
                raise _at(word, f"“{key}” cannot be “{word}”.", next(iter(self.vocabulary.near(key, word)), None))
        return frozenset(map(str, words))

    def _unknown(self, key: Token, message: str) -> ConditionError:
        return _at(key, message, closest(key, [*self.vocabulary.questions, *self.vocabulary.term_names()]))


def _number(word: Token) -> int:
    if not word.isdigit():
        raise _at(word, "A whole number is expected here.")
    return int(word)


def _inside(key: Token, error: ConditionError) -> ConditionError:
    """What is wrong with a term, said at its name: the place of ``error`` is one in another text."""
    is_told = isinstance(error, LoopError) or isinstance(error.__cause__, ConditionError)
    message = error.message if is_told else f"The term “{key}” cannot be read: {error.message}"
    return type(error)(message, start=key.start_pos or 0, end=(key.start_pos or 0) + len(key))


def _at(token: Token, message: str, suggestion: str | None = None) -> ConditionError:
    start = getattr(token, "start_pos", 0) or 0
    return ConditionError(message, start=start, end=start + len(token), suggestions=[suggestion] if suggestion else [])
