"""Which answers could still change the plan. The questionnaire asks these and no others."""

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import chain
from typing import Any

from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.catalogue.schema import Procedure
from guides.conditions import Truths
from guides.conditions.answers import Answers
from guides.conditions.dates import keys_of

from .selection import candidates, status_of

HOLDINGS = "in_hand"
ARRIVED, ARRIVAL = "already_arrived", "arrival_date"


def unanswered(compiled: CompiledCatalogue, truths: Truths) -> tuple[str, ...]:
    """The open answer keys, most useful first: what settles most procedures, then most details.

    A key that is not in the result cannot change the plan, whatever its value.
    """
    if DESTINATION not in truths.answers:
        return (DESTINATION,)
    gates, possible = _gates(compiled, truths)
    by_gates = Counter(chain.from_iterable(gates))
    by_details = Counter(chain.from_iterable(_details(possible, compiled, truths)))
    questions = compiled.vocabulary.questions
    found = (by_gates | by_details).keys() & questions.keys()
    return tuple(sorted(found, key=lambda key: (-by_gates[key], -by_details[key], questions[key].order)))


def questions_to_ask(compiled: CompiledCatalogue, truths: Truths) -> Iterator[str]:
    """The same keys in the order of asking: first what decides procedures, then details, each in catalogue order."""
    if DESTINATION not in truths.answers:
        yield DESTINATION
        return
    questions = compiled.vocabulary.questions
    gates, possible = _gates(compiled, truths)
    deciding = frozenset().union(*gates)
    yield from sorted(deciding, key=lambda key: questions[key].order)
    # Whoever only wants the next question seldom comes to here, where the work is.
    details = questions.keys() & frozenset().union(*_details(possible, compiled, truths)) - deciding
    yield from sorted(details, key=lambda key: questions[key].order)


def _gates(compiled: CompiledCatalogue, truths: Truths) -> tuple[list[frozenset[str]], list[Procedure]]:
    """For each procedure that may apply the open answers of the condition that decides it, and these procedures."""
    gates, possible = [], []
    for procedure in candidates(compiled, truths.answers):
        if found := status_of(procedure, truths):
            gates.append(truths.open_keys(found[1]))
            possible.append(procedure)
    return gates, possible


def _details(possible: list[Procedure], compiled: CompiledCatalogue, truths: Truths) -> Iterator[Collection[str]]:
    """The open answers of everything inside these procedures.

    The planner itself asks for a few keys. Where editors took one of these questions out, nobody is asked.
    """
    for procedure in possible:
        if HOLDINGS not in truths.answers and (procedure.requirements or procedure.outputs):
            yield {HOLDINGS}
        if procedure.place == "destination":
            yield _arrival(truths.answers)
        yield from (truths.open_keys(text) for text in _texts(procedure, truths) if truths[text] is None)
        for deadline in procedure.deadlines:
            if deadline.date and truths[deadline.when] is not False:
                yield keys_of(compiled.dates[deadline.date]) - truths.answers.keys()


def _texts(procedure: Procedure, truths: Truths) -> Iterator[str]:
    """The conditions inside a procedure; those of alternatives where their requirement may hold."""
    if procedure.done_when:
        yield procedure.done_when
    for parts in (
        procedure.requires,
        procedure.channels,
        procedure.steps,
        procedure.fees,
        procedure.pitfalls,
        procedure.requirements,
        procedure.deadlines,
    ):
        for part in parts:
            yield part.when
    for requirement in procedure.requirements:
        if truths[requirement.when] is not False:
            for alternative in requirement.alternatives:
                yield alternative.when


def _arrival(answers: Answers) -> set[str]:
    """Somebody who is there already needs no arrival date for the order of the days."""
    if answers.get(ARRIVED):
        return set()
    return {ARRIVED, ARRIVAL} - answers.keys()


def relevant_answers(compiled: CompiledCatalogue, answers: Answers) -> dict[str, Any]:
    """The answers that matter: those the questionnaire would ask for, one after the other. Others fall away.

    ``answers`` holds "today"; so does the result. A key whose value is None ("not sure") stays if it is asked.
    """
    truths = compiled.truths({"today": answers["today"]})
    unsure: dict[str, None] = {}
    while key := next((k for k in questions_to_ask(compiled, truths) if k in answers and k not in unsure), None):
        if answers[key] is None:
            unsure[key] = None
        else:
            truths.give(key, answers[key])
    return truths.answers | unsure
