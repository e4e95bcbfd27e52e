"""Which answers could still change the plan. The questionnaire asks these and no others."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import Any

from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.catalogue.schema import Procedure
from guides.conditions import Truths
from guides.conditions.answers import Answers
from guides.conditions.dates import keys_of

from .alerts import told_in
from .channels import ARRIVAL, ARRIVED
from .holding import HOLDINGS
from .opendays import regions_of
from .selection import alerts_here, candidates, status_of


def unanswered(compiled: CompiledCatalogue, truths: Truths) -> tuple[str, ...]:
    """The open answer keys, most useful first: what settles most procedures, then most details.

    A key that is not in the result cannot change the plan, whatever its value.
    """
    if DESTINATION not in truths.answers:
        return (DESTINATION,)
    asking = Asking(compiled, truths)
    gates = asking.gates
    by_gates = Counter(chain.from_iterable(gates.values()))
    details = (_details(key, compiled, truths) for key in gates)
    by_details = Counter(chain(chain.from_iterable(chain.from_iterable(details)), *asking.beside()))
    questions = compiled.vocabulary.questions
    found = (by_gates | by_details).keys() & questions.keys()
    return tuple(sorted(found, key=lambda key: (-by_gates[key], -by_details[key], questions[key].order)))


class Asking:
    """What is open while one answer after the other is given.

    ``gates`` are, for each procedure that may apply, the open answers of the condition that decides it. A procedure is
    looked at again only when an answer is given that it waits for: no other can change it.
    """

    def __init__(self, compiled: CompiledCatalogue, truths: Truths):
        self.compiled, self.truths = compiled, truths
        self._overtaken = Truths(compiled.overtaken, truths.answers)
        self.gates: dict[str, frozenset[str]] = {}
        self._details: dict[str, frozenset[str]] = {}
        self._look_at(candidates(compiled, truths.answers) if DESTINATION in truths.answers else ())

    def open_keys(self) -> Iterator[str]:
        """In the order of asking: first what decides procedures, then details, each in catalogue order."""
        if DESTINATION not in self.truths.answers:
            yield DESTINATION
            return
        questions = self.compiled.vocabulary.questions
        deciding = frozenset().union(*self.gates.values())
        yield from sorted(deciding, key=lambda key: (questions[key].order, key))
        # Whoever only wants the next question seldom comes to here, where the work is.
        for key in self.gates.keys() - self._details.keys():
            self._details[key] = frozenset().union(*_details(key, self.compiled, self.truths))
        details = questions.keys() & frozenset().union(*self._details.values(), *self.beside()) - deciding
        yield from sorted(details, key=lambda key: (questions[key].order, key))

    def give(self, key: str, value: Any) -> None:
        """Add an answer; the destination, which is asked first, is there from the beginning."""
        self.truths.give(key, value)
        self._overtaken.give(key, value)
        waiting = [name for name in self.gates if key in self.gates[name] or key in self._details.get(name, ())]
        self._look_at(self.compiled.procedures[name] for name in waiting)

    def beside(self) -> Iterator[Collection[str]]:
        """The open answers of what stands beside the procedures: alerts, whether time has overtaken another answer, and
        the region whose holidays count."""
        compiled, truths = self.compiled, self.truths
        answers = truths.answers
        for alert in alerts_here(compiled, answers):
            if truths[alert.when] is None:
                yield truths.open_keys(alert.when)
            elif truths[alert.when]:
                day = keys_of(compiled.dates[alert.date]) if alert.date else set()
                yield (day | told_in(alert)) - answers.keys()
        yield from map(self._overtaken.open_keys, compiled.overtaken.places.keys() & answers.keys())
        if country := compiled.countries.get(answers[DESTINATION]):
            yield regions_of(compiled, country).keys() - answers.keys()

    def _look_at(self, procedures: Iterable[Procedure]) -> None:
        for procedure in procedures:
            self.gates.pop(procedure.key, None)
            self._details.pop(procedure.key, None)
            if status := status_of(procedure, self.truths):
                self.gates[procedure.key] = self.truths.open_keys(status[1])


def _details(key: str, compiled: CompiledCatalogue, truths: Truths) -> Iterator[Collection[str]]:
    """The open answers of everything inside a procedure.

    The planner itself asks for a few keys. Where editors took one of these questions out, nobody is asked.
    """
    procedure = compiled.procedures[key]
    needs = procedure.requirements or any(channel.credentials for channel in procedure.channels)
    if HOLDINGS not in truths.answers and (needs or procedure.outputs):
        yield {HOLDINGS}
    yield _arrival(truths.answers)
    texts = _texts(procedure, compiled, truths)
    yield from (truths.open_keys(text) for text in texts if text and truths[text] is None)
    for when, date in (
        *((deadline.when, deadline.date) for deadline in procedure.deadlines),
        *((recurring.when, recurring.first) for recurring in procedure.recurring),
    ):
        if date and truths[when] is not False:
            yield keys_of(compiled.dates[date]) - truths.answers.keys()


def _texts(procedure: Procedure, compiled: CompiledCatalogue, truths: Truths) -> Iterator[str]:
    """The conditions inside a procedure; those of alternatives where the requirement may hold, and those of documents
    where they may be asked for."""
    yield from compiled.texts_inside[procedure.key]
    for channel in procedure.channels:
        if truths[channel.when] is not False:
            for key in compiled.documents.keys() & channel.credentials:
                yield from compiled.texts_of_document[key]
    for requirement in procedure.requirements:
        if truths[requirement.when] is not False:
            for alternative in requirement.alternatives:
                yield alternative.when
                for key in alternative.documents if truths[alternative.when] is not False else ():
                    yield from compiled.texts_of_document[key]


def _arrival(answers: Answers) -> set[str]:
    """Somebody who is there already needs no arrival date for the order of the days."""
    if answers.get(ARRIVED):
        return set()
    return {ARRIVED, ARRIVAL} - answers.keys()


def relevant_answers(compiled: CompiledCatalogue, answers: Answers) -> dict[str, Any]:
    """The answers that matter: those the questionnaire would ask for, one after the other. Others fall away.

    ``answers`` holds "today"; so does the result, with the others in the order in which they are asked. A key whose
    value is None ("not sure") stays if it is asked.
    """
    kept = {"today": answers["today"]}
    if answers.get(DESTINATION) is not None:
        kept[DESTINATION] = answers[DESTINATION]
    asking = Asking(compiled, compiled.truths(kept))
    while key := next((key for key in asking.open_keys() if key in answers and key not in kept), None):
        kept[key] = answers[key]
        if answers[key] is not None:
            asking.give(key, answers[key])
    return kept
