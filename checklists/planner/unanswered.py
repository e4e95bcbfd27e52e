"""Which answers could still change the plan. The questionnaire asks these and no others."""

from collections import Counter
from collections.abc import Iterable, Mapping

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
    return Asking(compiled, answers).open_keys()


class Asking:
    """What is open while one answer after the other is given. ``answers`` holds "today".

    A procedure is looked at again only when an answer is given that it reads.
    """

    def __init__(self, compiled: CompiledCatalogue, answers: Answers):
        self.compiled, self.answers = compiled, dict(answers)
        self._open: dict[str, tuple[frozenset[str], Counter]] = {}
        self._look(candidates(compiled, answers) if DESTINATION in answers else ())

    def give(self, key: str, value) -> None:
        self.answers[key] = value
        procedures = candidates(self.compiled, self.answers)
        if key not in READ_BY_ALL:
            procedures = [found for found in procedures if key in self.compiled.keys_read[found.key]]
        self._look(procedures)

    def open_keys(self) -> tuple[str, ...]:
        """In the order of asking."""
        if DESTINATION not in self.answers:
            return (DESTINATION,)
        questions = self.compiled.vocabulary.questions
        gates = frozenset().union(*(gates for gates, _ in self._open.values()))
        details = questions.keys() & frozenset().union(*(details for _, details in self._open.values()))
        return tuple(sorted(gates | details, key=lambda key: (key not in gates, questions[key].order)))

    def _look(self, procedures: Iterable[Procedure]) -> None:
        if procedures:
            known = with_terms(self.answers, self.compiled.terms)
            self._open.update((procedure.key, _open_in(procedure, self.compiled, known)) for procedure in procedures)


def open_keys(compiled: CompiledCatalogue, answers: Answers) -> tuple[Counter, Counter]:
    """How many procedures, and how many details of procedures, each open answer could settle.

    The planner itself asks for a few keys. Where editors took one of these questions out, nobody is asked.
    """
    gates, details = Counter(), Counter()
    for procedure in candidates(compiled, answers):
        keys, inside = _open_in(procedure, compiled, answers)
        gates.update(keys)
        details.update(inside)
    for key in details.keys() - compiled.vocabulary.questions.keys():
        del details[key]
    return gates, details


def _open_in(procedure: Procedure, compiled, answers) -> tuple[frozenset[str], Counter]:
    """The open answers that decide the procedure, and those of the details inside it with how many they settle."""
    status, keys = _gate(procedure, compiled, answers)
    return keys, Counter() if status is False else _details(procedure, compiled, answers)


def _gate(procedure: Procedure, compiled, answers) -> tuple[bool | None, frozenset[str]]:
    """Whether the procedure applies, and the open answers of the condition that decides it."""
    for text in (procedure.required_when, procedure.recommended_when, procedure.optional_when):
        if text and (truth := compiled.tests[text](answers)) is not False:
            return truth, (frozenset() if truth else open_questions(compiled.vocabulary.parse(text), answers))
    return False, frozenset()


def _details(procedure: Procedure, compiled, answers) -> Counter:
    """Open answers of everything inside a procedure that is, or may be, in the plan."""
    found = Counter()
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


def _may_hold(text: str, compiled, answers) -> bool:
    return not text or compiled.tests[text](answers) is not False


def relevant_answers(compiled: CompiledCatalogue, answers: Mapping) -> dict:
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
