"""What the questionnaire asks, on the shipped catalogue, against its definition."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.planner import Asking, relevant_answers, unanswered
from checklists.planner.selection import candidates, status_of
from checklists.planner.unanswered import DESTINATION
from tests.answers import answer_sets, answer_to
from tests.shipped import shipped_catalogue

TODAY = datetime.date(2026, 11, 21)
QUESTIONS = sorted(shipped_catalogue().vocabulary.questions)


def asked_by_definition(compiled, answers):
    """Everything anew for these answers: what decides procedures comes first, each in catalogue order."""
    truths = compiled.truths(answers)
    found = (status_of(procedure, truths) for procedure in candidates(compiled, answers))
    deciding = frozenset().union(*(truths.open_keys(status[1]) for status in found if status))
    order = {key: question.order for key, question in compiled.vocabulary.questions.items()}
    return tuple(sorted(unanswered(compiled, truths), key=lambda key: (key not in deciding, order[key])))


def relevant_by_definition(compiled, answers):
    """One answer at a time, and everything anew after each."""
    kept, unsure = {"today": answers["today"]}, {}
    while True:
        asked = [key for key in asked_by_definition(compiled, kept) if key in answers and key not in unsure]
        if not asked:
            return kept | unsure
        key = asked[0]
        (unsure if answers[key] is None else kept)[key] = answers[key]


@st.composite
def given_answers(draw):
    """Answers as they are saved: any of them left out, any of them "not sure", the destination too."""
    answers = draw(answer_sets())
    for key in draw(st.sets(st.sampled_from(sorted(answers)), max_size=5)):
        answers[key] = None
    if draw(st.integers(0, 19)) == 0:
        del answers[DESTINATION]
    return {**answers, "today": TODAY}


@st.composite
def full_answers(draw):
    """An answer to every question: most of them must fall away."""
    answers = {key: draw(answer_to(key)) for key in QUESTIONS if key != DESTINATION}
    return {**answers, DESTINATION: draw(st.sampled_from(["es", "pt"])), "today": TODAY}


@settings(max_examples=150, deadline=None)
@given(given_answers() | full_answers())
def test_the_answers_that_matter_are_those_asked_for_one_after_the_other(answers):
    found, expected = (rule(shipped_catalogue(), answers) for rule in (relevant_answers, relevant_by_definition))
    assert list(found.items()) == list(expected.items())


@settings(max_examples=150, deadline=None)
@given(answer_sets(), st.booleans())
def test_questions_come_in_the_order_of_their_definition(answers, anywhere):
    if anywhere:
        del answers[DESTINATION]
    compiled, answers = shipped_catalogue(), {**answers, "today": TODAY}
    assert tuple(Asking(compiled, compiled.truths(answers)).open_keys()) == asked_by_definition(compiled, answers)
