"""Conditions and dates that do not parse, by their causes: what is missing first, and all who use it with it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from guides.conditions import ConditionError, Vocabulary
from guides.conditions.names import Name, names_in
from guides.conditions.vocabulary import RESERVED

from .. import schema
from ..compiled import CONDITION_FIELDS, vocabulary_of
from ..cycles import cycles
from ..problems import Problem
from ..schema import Catalogue
from .places import entries

DATES = {(schema.Deadline, "date"), (schema.Recurring, "first"), (schema.Alert, "date")}


@dataclass(frozen=True, slots=True)
class Broken:
    """A text that does not parse at its place; ``term`` is the key of the term that it is the condition of."""

    where: str
    text: str
    term: str
    names: frozenset[Name]
    error: ConditionError

    def uses(self, terms: Iterable[str]) -> list[str]:
        return [key for key in terms if ("terms", key) in self.names]


def expressions(catalogue: Catalogue, vocabulary: Vocabulary | None = None) -> Iterator[Problem]:
    """One problem for each cause: for a missing word, a loop of terms, and every other text that cannot be read.

    Texts that fail only because of a cause elsewhere are its ``users``. What parses stays in ``vocabulary``.
    """
    vocabulary = vocabulary or vocabulary_of(catalogue)
    broken = list(_broken(catalogue, vocabulary))
    if broken:
        causes = _Causes(broken, vocabulary)
        yield from causes.problems()


def names_of_words(catalogue: Catalogue) -> Iterator[Problem]:
    """Questions and terms whose name is not their own: a word of the language, or that of the other."""
    questions = dict.fromkeys(question.key for question in catalogue.questions)
    keys = [("questions", key) for key in questions] + [("terms", term.key) for term in catalogue.terms]
    for section, key in keys:
        if key in RESERVED:
            text = "Its key is a word of the language of conditions. Give it another one."
            yield Problem("error", f"{section} {key}", text, "reserved")
        elif section == "terms" and key in questions:
            text = "A question has the same key, and conditions read that. Give the term another one."
            yield Problem("error", f"{section} {key}", text, "shadowed")


def _broken(catalogue: Catalogue, vocabulary: Vocabulary) -> Iterator[Broken]:
    for where, entry in entries(catalogue):
        for field in type(entry).model_fields:
            term = entry.key if isinstance(entry, schema.Term) and field == "condition" else ""
            is_date = (type(entry), field) in DATES
            if not (term or is_date or field in CONDITION_FIELDS) or not (text := getattr(entry, field)):
                continue
            try:
                if term:
                    vocabulary.term(term)
                elif is_date:
                    vocabulary.parse_date(text)
                else:
                    vocabulary.parse(text)
            except ConditionError as error:
                yield Broken(f"{where} › {field}", text, term, names_in(text, is_date=is_date), error)


class _Causes:
    """Which broken text fails for what. A cause is a missing name, or the text itself; a loop of terms is its first."""

    def __init__(self, broken: Sequence[Broken], vocabulary: Vocabulary):
        self.vocabulary = vocabulary
        self.broken = broken
        self.terms = {found.term: found for found in broken if found.term}
        waits = {key: set(found.uses(self.terms)) for key, found in self.terms.items()}
        self.loops = {key: [key] for key, others in waits.items() if key in others}
        self.loops |= {key: loop for loop in cycles(waits) for key in loop}
        self.of_terms = {key: self._own(found) for key, found in self.terms.items()}

    def problems(self) -> Iterator[Problem]:
        concerned: dict[Name | Broken, list[Broken]] = defaultdict(list)
        for found in self.broken:
            for cause in self._own(found) or self._inherited(found) or [found]:
                concerned[cause].append(found)
        yield from sorted(
            (self._problem(cause, found) for cause, found in concerned.items()),
            key=lambda problem: (not problem.missing, -len(problem.users)),
        )

    def _own(self, found: Broken) -> list[Name | Broken]:
        """What is wrong with the text itself; nothing where another term is at fault."""
        if missing := sorted(self._missing(found.names)):
            return [*missing]
        if found.term in self.loops:
            return [self.terms[min(self.loops[found.term])]]
        return [] if found.uses(self.terms) else [found]

    def _inherited(self, found: Broken) -> list[Name | Broken]:
        """The causes of the terms that it uses, and of those that they use."""
        seen: set[str] = set()
        causes: dict[Name | Broken, None] = {}
        waiting = found.uses(self.terms)
        while waiting:
            key = waiting.pop()
            if key not in seen:
                seen.add(key)
                causes |= dict.fromkeys(self.of_terms[key])
                waiting += self.terms[key].uses(self.terms)
        return list(causes)

    def _missing(self, names: Iterable[Name]) -> Iterator[Name]:
        """The names that nothing has. A word that could be a question or a term counts once, as a term."""
        words = self.vocabulary
        questions, terms = words.questions.keys(), set(words.term_names())
        for name in names:
            match name:
                case "terms", key if key not in terms and key not in questions:
                    yield name
                case "questions", key if key not in terms and key not in questions and ("terms", key) not in names:
                    yield name
                case "questions", key, value if key in questions and self._lacks(key, value):
                    yield name
                case "procedures", key if key not in words.procedures:
                    yield name
                case "parameters", key, column if (key, column) not in words.tables:
                    yield name

    def _lacks(self, key: str, value: str) -> bool:
        values = self.vocabulary.values(key)
        return bool(values) and value not in values

    def _problem(self, cause: Name | Broken, concerned: Sequence[Broken]) -> Problem:
        if isinstance(cause, Broken):
            users = tuple(found.where for found in concerned if found is not cause)
            return Problem("error", cause.where, f"{cause.error} In: {cause.text}", "expression", users=users)
        first = next(found for found in concerned if cause in found.names)
        blamed = first.text[first.error.start : first.error.end]
        is_near = blamed == cause[-1] and first.error.suggestion
        hint = f" Did you mean “{first.error.suggestion}”?" if is_near else ""
        users = tuple(found.where for found in concerned if found is not first)
        text = f"{_said(cause)}{hint} In: {first.text}"
        return Problem("error", first.where, text, "expression", missing=cause, users=users)


def _said(name: Name) -> str:
    match name:
        case "questions", key, value:
            return f"“{value}” is not there: the question “{key}” has no such value."
        case "parameters", key, column:
            return f"“{column}” is not there: no yearly parameter “{key}” has such a column of lengths of time."
        case "procedures", key:
            return f"“{key}” is not there: no procedure has this key."
        case _:
            return f"“{name[1]}” is not there: no question and no term has this name."
