"""Which answers could still change the plan. The questionnaire asks these and no others."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.catalogue.schema import Procedure
from guides.conditions import open_questions
from guides.conditions.answers import Answers
from guides.conditions.dates import keys_of
from guides.conditions.evaluate import with_terms

from .selection import candidates

HOLDINGS = "in_hand"
ARRIVED, ARRIVAL = "already_arrived", "arrival_date"
# What the planner itself asks about any procedure, whatever its conditions say.
READ_BY_ALL = {DESTINATION, HOLDINGS, ARRIVED, ARRIVAL}


def unanswered(compiled: CompiledCatalogue, answers: Answers) -> tuple[str, ...]:
    """The open answer keys, most useful first: what settles most procedures, then most details.

    ``answers`` holds "today". A key that is not in the result cannot change the plan, whatever its value.
    """
    if DESTINATION not in answers:
        return (DESTINATION,)
    gates, details = open_keys(compiled, answers)
    order = {key: question.order for key, question in compiled.vocabulary.questions.items()}
    return tuple(sorted(details | gates, key=lambda key: (-gates[key], -details[key], order[key])))


def questions_to_ask(compiled: CompiledCatalogue, answers: Answers) -> tuple[str, ...]:
    """The same keys in the order of asking: first what decides procedures, then details, each in catalogue order."""
    return tuple(Asking(compiled, answers).open_keys())


class Asking:
    """What is open while one answer after the other is given. ``answers`` holds "today".

    A procedure is looked at again only when an answer is given that it reads, and its details only when they are asked.
    """

    def __init__(self, compiled: CompiledCatalogue, answers: Answers):
        self.compiled, self.answers = compiled, dict(answers)
        self._gates: dict[str, tuple[bool | None, frozenset[str]]] = {}
        self._details: dict[str, frozenset[str]] = {}
        self._look_again(candidates(compiled, answers) if DESTINATION in answers else ())

    def give(self, key: str, value: Any) -> None:
        self.answers[key] = value
        procedures, read = candidates(self.compiled, self.answers), self.compiled.keys_read
        self._look_again([found for found in procedures if key in READ_BY_ALL or key in read[found.key]])

    def open_keys(self) -> Iterator[str]:
        """In the order of asking."""
        if DESTINATION not in self.answers:
            yield DESTINATION
            return
        gates = frozenset().union(*(keys for _, keys in self._gates.values()))
        yield from self._in_order(gates)
        # Whoever only wants the next question seldom comes to here, where the work is.
        yield from self._in_order(self._open_details() & self.compiled.vocabulary.questions.keys() - gates)

    def _look_again(self, procedures: Iterable[Procedure]) -> None:
        self._known = with_terms(self.answers, self.compiled.terms)
        for procedure in procedures:
            self._gates[procedure.key] = _gate(procedure, self.compiled, self._known)
            self._details.pop(procedure.key, None)

    def _open_details(self) -> frozenset[str]:
        for key, (status, _) in self._gates.items():
            if status is not False and key not in self._details:
                self._details[key] = frozenset(_details(self.compiled.procedures[key], self.compiled, self._known))
        return frozenset().union(*self._details.values())

    def _in_order(self, keys: Iterable[str]) -> list[str]:
        questions = self.compiled.vocabulary.questions
        return sorted(keys, key=lambda key: questions[key].order)


def open_keys(compiled: CompiledCatalogue, answers: Answers) -> tuple[Counter[str], Counter[str]]:
    """How many procedures, and how many details of procedures, each open answer could settle.

    The planner itself asks for a few keys. Where editors took one of these questions out, nobody is asked.
    """
    gates: Counter[str] = Counter()
    details: Counter[str] = Counter()
    for procedure in candidates(compiled, answers):
        status, keys = _gate(procedure, compiled, answers)
        gates.update(keys)
        if status is not False:
            details.update(_details(procedure, compiled, answers))
    for key in details.keys() - compiled.vocabulary.questions.keys():
        del details[key]
    return gates, details


def _gate(procedure: Procedure, compiled: CompiledCatalogue, answers: Answers) -> tuple[bool | None, frozenset[str]]:
    """Whether the procedure applies, and the open answers of the condition that decides it."""
    for text in (procedure.required_when, procedure.recommended_when, procedure.optional_when):
        if text and (truth := compiled.tests[text](answers)) is not False:
            return truth, (frozenset() if truth else open_questions(compiled.vocabulary.parse(text), answers))
    return False, frozenset()


def _details(procedure: Procedure, compiled: CompiledCatalogue, answers: Answers) -> Counter[str]:
    """Open answers of everything inside a procedure that is, or may be, in the plan."""
    found: Counter[str] = Counter()
    if HOLDINGS not in answers and (procedure.requirements or procedure.outputs):
        found[HOLDINGS] += 1
    if procedure.place == "destination":
        found.update(_arrival(answers))
    texts = [procedure.done_when]
    for parts in (procedure.requires, procedure.channels, procedure.steps, procedure.fees, procedure.pitfalls):
        texts += [part.when for part in parts]
    for requirement in procedure.requirements:
        texts.append(requirement.when)
        if _may_hold(requirement.when, compiled, answers):
            texts += [alternative.when for alternative in requirement.alternatives]
    for deadline in procedure.deadlines:
        texts.append(deadline.when)
        if deadline.date and _may_hold(deadline.when, compiled, answers):
            found.update(keys_of(compiled.dates[deadline.date]) - answers.keys())
    for text in texts:
        if text and compiled.tests[text](answers) is None:
            found.update(open_questions(compiled.vocabulary.parse(text), answers))
    return found


def _arrival(answers: Answers) -> set[str]:
    """Somebody who is there already needs no arrival date for the order of the days."""
    if answers.get(ARRIVED):
        return set()
    return {ARRIVED, ARRIVAL} - answers.keys()


def _may_hold(text: str, compiled: CompiledCatalogue, answers: Answers) -> bool:
    return not text or compiled.tests[text](answers) is not False


def relevant_answers(compiled: CompiledCatalogue, answers: Answers) -> dict[str, Any]:
    """The answers that matter: those the questionnaire would ask for, one after the other. Others fall away.

    ``answers`` holds "today"; so does the result. A key whose value is None ("not sure") stays if it is asked.
    """
    asking = Asking(compiled, {"today": answers["today"]})
    unsure: dict[str, None] = {}
    while key := next((key for key in asking.open_keys() if key in answers and key not in unsure), None):
        if answers[key] is None:
            unsure[key] = None
        else:
            asking.give(key, answers[key])
    return asking.answers | unsure
