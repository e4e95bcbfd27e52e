"""Which answers could still change the plan. The questionnaire asks these and no others."""

from collections import Counter
from collections.abc import Mapping

from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.catalogue.schema import Procedure
from guides.conditions import open_questions
from guides.conditions.answers import Answers
from guides.conditions.dates import keys_of
from guides.conditions.evaluate import with_terms

from .selection import candidates

HOLDINGS = "in_hand"
ARRIVED, ARRIVAL = "already_arrived", "arrival_date"


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
    if DESTINATION not in answers:
        return (DESTINATION,)
    gates, details = open_keys(compiled, with_terms(answers, compiled.terms))
    order = {key: question.order for key, question in compiled.vocabulary.questions.items()}
    return tuple(sorted(details | gates, key=lambda key: (not gates[key], order[key])))


def open_keys(compiled: CompiledCatalogue, answers: Answers) -> tuple[Counter, Counter]:
    """How many procedures, and how many details of procedures, each open answer could settle.

    The planner itself asks for a few keys. Where editors took one of these questions out, nobody is asked.
    """
    gates, details = Counter(), Counter()
    for procedure in candidates(compiled, answers):
        status, keys = _gate(procedure, compiled, answers)
        gates.update(keys)
        if status is not False:
            details.update(_details(procedure, compiled, answers))
    for key in details.keys() - compiled.vocabulary.questions.keys():
        del details[key]
    return gates, details


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
    kept = {"today": answers["today"]}
    unsure: dict[str, None] = {}
    while True:
        asked = [key for key in questions_to_ask(compiled, kept) if key in answers and key not in unsure]
        if not asked:
            return kept | unsure
        key = asked[0]
        (unsure if answers[key] is None else kept)[key] = answers[key]
