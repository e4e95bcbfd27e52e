"""An edition made ready for use: looked up by key, every condition parsed and compiled once per process."""

import copy
import datetime
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cached_property
from typing import Any, Self, get_args

from pydantic import BaseModel

from guides.conditions import Conditions, Explainer, Truths, Vocabulary
from guides.conditions.answers import Answers
from guides.conditions.dates import Tables, read_span
from guides.conditions.tree import DateNode, Span

from .countries import countries_like, country_names
from .fields import Phase
from .naming import about
from .schema import (
    Alert,
    AlertKind,
    Authority,
    Catalogue,
    Country,
    Document,
    Fact,
    Guide,
    Link,
    Pointer,
    Procedure,
    Question,
    Source,
    Task,
)

# The answer that picks the country: its question has the countries' keys as values.
DESTINATION = "destination"
CONDITION_FIELDS = {
    "when",
    "required_when",
    "recommended_when",
    "optional_when",
    "done_when",
    "held_when",
    "stale_when",
}


def vocabulary_of(catalogue: Catalogue) -> Vocabulary:
    """The words that the conditions of this catalogue may use. Raises ConditionError for a broken term."""
    return Vocabulary(
        [about(question, "") for question in catalogue.questions],
        catalogue.terms,
        documents={document.key: document.name for document in catalogue.documents},
        countries=country_names(),
        countries_like=countries_like,
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
        for name in self.vocabulary.term_names():
            self.vocabulary.term(name)
        self.conditions = self.conditions_of(
            (*catalogue.procedures, *catalogue.questions, *catalogue.documents, *catalogue.alerts, *catalogue.pointers)
        )
        self.explainer = Explainer(self.vocabulary, self.conditions, obvious={DESTINATION})
        self.tables = _tables(catalogue)
        self.procedures = {procedure.key: procedure for procedure in catalogue.procedures}
        self.documents = {document.key: document for document in catalogue.documents}
        self._questions: dict[str, dict[str, Question]] = {}
        self.reasons: dict[str, Callable[[Truths], tuple[str, ...]]] = {}
        dates = {alert.date for alert in catalogue.alerts}
        for procedure in catalogue.procedures:
            dates |= {deadline.date for deadline in procedure.deadlines}
            dates |= {recurring.first for recurring in procedure.recurring}
        self.dates: dict[str, DateNode] = {text: self.vocabulary.parse_date(text) for text in dates if text}
        self._kept: dict[Hashable, Any] = {}

    def again(self) -> Self:
        """The same as another object that shares its contents, so that what is kept for one is not kept for both."""
        found = copy.copy(self)
        found._kept = {}
        return found

    def kept[T](self, make: Callable[..., T], *rest: Hashable) -> T:
        """What ``make`` returns of this edition and the rest: made once, and gone with the edition."""
        key = make, rest
        if key not in self._kept:
            self._kept[key] = make(self, *rest)
        found: T = self._kept[key]
        return found

    def truths(self, answers: Answers) -> Truths:
        """Every condition of procedures and options, by its text, for these answers with the day under "today"."""
        return Truths(self.conditions, answers)

    def because(self, text: str, truths: Truths) -> tuple[str, ...]:
        """Phrases that complete "because …" for a condition; none while it is undecided."""
        if text not in self.reasons:
            self.reasons[text] = self.explainer.compile(self.vocabulary.parse(text))
        return self.reasons[text](truths)

    @property
    def questions(self) -> dict[str, Question]:
        """By key, as they read while nobody knows the destination."""
        return self.questions_for(None)

    def questions_for(self, destination: Any) -> dict[str, Question]:
        """By key, as they are asked of somebody who moves there: with the name of the country."""
        country = self.countries.get(destination) if isinstance(destination, str) else None
        name = country.name if country else ""
        if name not in self._questions:
            self._questions[name] = {question.key: about(question, name) for question in self.catalogue.questions}
        return self._questions[name]

    def conditions_of(self, entries: Iterable[BaseModel]) -> Conditions:
        """Every condition of these entries, by its text."""
        return Conditions({text: self.vocabulary.parse(text) for entry in entries for text in conditions_in(entry)})

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
    def links(self) -> dict[str, Link]:
        return {link.key: link for link in self.catalogue.links}

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
    def overtaken(self) -> Conditions:
        """By question: when time has overtaken its answer. Only questions of which that can be."""
        found = sorted(
            (question for question in self.catalogue.questions if question.stale_when), key=lambda q: q.order
        )
        return Conditions({question.key: self.vocabulary.parse(question.stale_when) for question in found})

    @cached_property
    def conflicts(self) -> Conditions:
        """By alert: when answers contradict each other or the law."""
        found = (alert for alert in self.catalogue.alerts if alert.kind == "conflict")
        return Conditions({alert.key: self.vocabulary.parse(alert.when) for alert in found})

    @cached_property
    def held_by_answers(self) -> tuple[Document, ...]:
        """The documents of which other answers can say that somebody has them."""
        return tuple(document for document in self.catalogue.documents if document.held_when)

    @cached_property
    def covered_by(self) -> dict[str, tuple[tuple[Document, str], ...]]:
        """For each document, those that are good in its place, each with the condition of that."""
        found: dict[str, list[tuple[Document, str]]] = {}
        for document in self.catalogue.documents:
            for cover in document.covers:
                found.setdefault(cover.document, []).append((document, cover.when))
        return {key: tuple(covers) for key, covers in found.items()}

    @cached_property
    def stand_ins(self) -> dict[str, tuple[str, ...]]:
        """For each document, itself and all that are good in its place, or in the place of one of those."""
        found = {}
        for document in self.catalogue.documents:
            chain = [document.key]
            for key in chain:
                chain += [other.key for other, _when in self.covered_by.get(key, ()) if other.key not in chain]
            found[document.key] = tuple(chain)
        return found

    @cached_property
    def texts_of_document(self) -> dict[str, tuple[str, ...]]:
        """For each document, the conditions of who has it, or something in its place, or in the place of that."""
        found = {}
        for document in self.catalogue.documents:
            chain = self.stand_ins[document.key]
            texts = [self.documents[key].held_when for key in chain]
            texts += [when for key in chain for _other, when in self.covered_by.get(key, ())]
            found[document.key] = tuple(dict.fromkeys(filter(None, texts)))
        return found

    @cached_property
    def texts_inside(self) -> dict[str, tuple[str, ...]]:
        """For each procedure, the conditions of when it is done and of its parts, without those of alternatives."""
        found = {}
        for key, procedure in self.procedures.items():
            parts = (
                procedure.requires,
                procedure.channels,
                procedure.steps,
                procedure.fees,
                procedure.pitfalls,
                procedure.requirements,
                procedure.deadlines,
                procedure.recurring,
            )
            found[key] = tuple(filter(None, (procedure.done_when, *(entry.when for part in parts for entry in part))))
        return found

    @cached_property
    def calendars(self) -> dict[str, dict[str, str]]:
        """The questions whose answer says whose public holidays count: the calendar of each such value."""
        found: dict[str, dict[str, str]] = {}
        for question in self.catalogue.questions:
            for option in question.options:
                if option.calendar:
                    found.setdefault(question.key, {})[option.value] = option.calendar
        return found

    @cached_property
    def tasks_of(self) -> dict[str, tuple[Task, ...]]:
        """The tasks of each country."""
        return {key: tuple(task for task in self.catalogue.tasks if task.country == key) for key in self.countries}

    @cached_property
    def reached_by(self) -> dict[str, tuple[str, ...]]:
        """What each task reaches: the documents that all its ways give."""
        return {
            task.key: tuple(
                output
                for output in self.procedures[task.ways[0]].outputs
                if all(output in self.procedures[way].outputs for way in task.ways)
            )
            for task in self.catalogue.tasks
        }

    @cached_property
    def pointers_of(self) -> dict[str, tuple[Pointer, ...]]:
        """What people of each country should also think of, by phase and then in their order."""
        phases = get_args(Phase)
        ordered = sorted(self.catalogue.pointers, key=lambda one: (phases.index(one.phase), one.order, one.key))
        return {key: tuple(one for one in ordered if one.country == key) for key in self.countries}

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        """In the order in which they are read: the worst first."""
        kinds = get_args(AlertKind)
        return tuple(sorted(self.catalogue.alerts, key=lambda alert: (kinds.index(alert.kind), alert.order, alert.key)))

    @cached_property
    def producers(self) -> dict[str, tuple[str, ...]]:
        """The procedures that give each document."""
        given: dict[str, list[str]] = {}
        for procedure in self.catalogue.procedures:
            for document in procedure.outputs:
                given.setdefault(document, []).append(procedure.key)
        return {document: tuple(keys) for document, keys in given.items()}
