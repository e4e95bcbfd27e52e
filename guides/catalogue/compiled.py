"""An edition made ready for use: looked up by key, every condition parsed and compiled once per process."""

import copy
import datetime
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, Self

from django_countries.data import COUNTRIES
from pydantic import BaseModel

from guides.conditions import Evaluator, Explainer, Vocabulary
from guides.conditions.answers import Answers
from guides.conditions.dates import Tables, keys_of, read_span
from guides.conditions.evaluate import Test, keys_in
from guides.conditions.tree import DateNode, Span

from .schema import Authority, Catalogue, Country, Fact, Guide, Procedure, Source

# The answer that picks the country: its question has the countries' keys as values.
DESTINATION = "destination"
CONDITION_FIELDS = {"when", "required_when", "recommended_when", "optional_when", "done_when"}


def country_names() -> dict[str, Any]:
    """ISO 3166-1 alpha-2 codes in lower case, with their translatable names."""
    return {code.lower(): name for code, name in COUNTRIES.items()}


def vocabulary_of(catalogue: Catalogue) -> Vocabulary:
    """The words that the conditions of this catalogue may use. Raises ConditionError for a broken term."""
    return Vocabulary(
        catalogue.questions,
        catalogue.terms,
        documents={document.key: document.name for document in catalogue.documents},
        countries=country_names(),
        procedures=[procedure.key for procedure in catalogue.procedures],
        tables=_tables(catalogue),
    )


def _tables(catalogue: Catalogue) -> Tables:
    """(parameter, column) -> ((year, span), …) for every yearly column that holds lengths of time."""
    tables: dict[tuple[str, str], list[tuple[int, Span]]] = {}
    for parameter in catalogue.parameters:
        dated = [(row.year, row.values) for row in parameter.rows if row.year]
        for year, values in sorted(dated, key=lambda found: found[0]):
            for column, value in values.items():
                try:
                    span = read_span(str(value))
                except ValueError:
                    continue
                tables.setdefault((parameter.key, column), []).append((year, span))
    return tables


def conditions_in(entry: BaseModel) -> Iterator[str]:
    """Every condition text of an entry and of the entries inside it."""
    for field in type(entry).model_fields:
        value = getattr(entry, field)
        if field in CONDITION_FIELDS:
            yield value
        elif isinstance(value, tuple):
            for item in value:
                if isinstance(item, BaseModel):
                    yield from conditions_in(item)


class CompiledCatalogue:
    """A ``Catalogue`` with its edition number (0 for a draft), lookups by key and compiled conditions.

    ``digest`` tells it from others of its number. Raises ConditionError where a condition or a date does not parse.
    """

    def __init__(self, catalogue: Catalogue, number: int = 0, digest: str = ""):
        self.catalogue = catalogue
        self.number = number
        self.digest = digest
        self.vocabulary = vocabulary_of(catalogue)
        self.evaluator = Evaluator()
        self.explainer = Explainer(self.vocabulary, self.evaluator, obvious={DESTINATION})
        self.tables = _tables(catalogue)
        self.procedures = {procedure.key: procedure for procedure in catalogue.procedures}
        self.documents = {document.key: document for document in catalogue.documents}
        self.questions = {question.key: question for question in catalogue.questions}
        self.terms = {
            name: self.evaluator.compile(self.vocabulary.term(name).condition) for name in self.vocabulary.term_names()
        }
        self.tests: dict[str, Test] = {}
        self.reasons: dict[str, Callable[[Answers], tuple[str, ...]]] = {}
        self.dates: dict[str, DateNode] = {}
        for procedure in catalogue.procedures:
            self._compile(procedure)

    def again(self) -> Self:
        """The same as another object that shares its contents, so that what is kept for one is not kept for both."""
        return copy.copy(self)

    def because(self, text: str, answers: Answers) -> tuple[str, ...]:
        """Phrases that complete "because …" for a condition; none while it is undecided."""
        if text not in self.reasons:
            self.reasons[text] = self.explainer.compile(self.vocabulary.parse(text))
        return self.reasons[text](answers)

    def _compile(self, procedure: Procedure) -> None:
        for text in conditions_in(procedure):
            self.tests[text] = self.evaluator.compile(self.vocabulary.parse(text))
        for deadline in procedure.deadlines:
            if deadline.date:
                self.dates[deadline.date] = self.vocabulary.parse_date(deadline.date)

    @cached_property
    def facts(self) -> dict[str, Fact]:
        return {fact.key: fact for fact in self.catalogue.facts}

    @cached_property
    def disagreements(self) -> dict[str, tuple[str, ...]]:
        """The facts that say otherwise than each fact, whichever of the two names the other."""
        found: dict[str, dict[str, None]] = {}
        for fact in self.catalogue.facts:
            for other in fact.disagrees_with:
                found.setdefault(fact.key, {})[other] = None
                found.setdefault(other, {})[fact.key] = None
        return {key: tuple(others) for key, others in found.items()}

    @cached_property
    def sources(self) -> dict[str, Source]:
        return {source.key: source for source in self.catalogue.sources}

    @cached_property
    def authorities(self) -> dict[str, Authority]:
        return {authority.key: authority for authority in self.catalogue.authorities}

    @cached_property
    def countries(self) -> dict[str, Country]:
        return {country.key: country for country in self.catalogue.countries}

    @cached_property
    def guides(self) -> dict[str, Guide]:
        return {guide.key: guide for guide in self.catalogue.guides}

    @cached_property
    def verified_on(self) -> datetime.date | None:
        """The last day on which anybody verified a fact; None in an empty catalogue."""
        return max((fact.verified_on for fact in self.catalogue.facts if fact.verified_on), default=None)

    @cached_property
    def procedures_of(self) -> dict[str, tuple[Procedure, ...]]:
        """The procedures of each country, in their order."""
        ordered = sorted(self.catalogue.procedures, key=lambda procedure: (procedure.order, procedure.key))
        return {key: tuple(p for p in ordered if p.country == key) for key in self.countries}

    @cached_property
    def keys_read(self) -> dict[str, frozenset[str]]:
        """The answers that the conditions and dates of each procedure mention, terms included."""
        return {key: self._keys_of(procedure) for key, procedure in self.procedures.items()}

    def _keys_of(self, procedure: Procedure) -> frozenset[str]:
        conditions = [keys_in(self.vocabulary.parse(text)) for text in conditions_in(procedure) if text]
        dates = [keys_of(self.dates[deadline.date]) for deadline in procedure.deadlines if deadline.date]
        return frozenset().union(*conditions, *dates)

    @cached_property
    def producers(self) -> dict[str, tuple[str, ...]]:
        """The procedures that give each document."""
        given: dict[str, list[str]] = {}
        for procedure in self.catalogue.procedures:
            for document in procedure.outputs:
                given.setdefault(document, []).append(procedure.key)
        return {document: tuple(keys) for document, keys in given.items()}
