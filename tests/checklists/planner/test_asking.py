"""What the questionnaire asks, on the shipped catalogue, against its definition; and on a small one that has it all."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.planner import Asking, as_json, plan, relevant_answers, unanswered
from checklists.planner.selection import candidates, status_of
from checklists.planner.unanswered import DESTINATION
from guides.catalogue import schema
from tests.answers import answer_sets, answer_to
from tests.checklists.planner import small
from tests.shipped import shipped_catalogue

TODAY = datetime.date(2026, 11, 21)
QUESTIONS = sorted(shipped_catalogue().vocabulary.questions)


def asked_by_definition(compiled, answers):
    """Everything anew for these answers: what decides procedures comes first, each in catalogue order."""
    truths = compiled.truths(answers)
    found = (status_of(procedure, truths) for procedure in candidates(compiled, answers))
    deciding = frozenset().union(*(truths.open_keys(status[1]) for status in found if status))
    order = {key: question.order for key, question in compiled.vocabulary.questions.items()}
    return tuple(sorted(unanswered(compiled, truths), key=lambda key: (key not in deciding, order[key], key)))


def relevant_by_definition(compiled, answers):
    """One answer at a time, and everything anew after each."""
    kept = {"today": answers["today"]}
    while True:
        sure = {key: value for key, value in kept.items() if value is not None}
        asked = [key for key in asked_by_definition(compiled, sure) if key in answers and key not in kept]
        if not asked:
            return kept
        kept[asked[0]] = answers[asked[0]]


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


def asked(key, **extra):
    return small.question(key, "yes_no", 9, phrase=key, negative_phrase=f"not {key}", **extra)


# Whatever can hang on an answer, each on one of its own.
EVERYTHING = small.catalogue(
    small.procedure("office", needs=["identity"], gives=["card"], deadlines=[small.deadline("latest", "end")]),
    small.procedure("web", place="anywhere", channels=[{**small.desk("online"), "credentials": ["login"]}]),
    small.procedure("lessons", required_when="learns", channels=[]),
    small.procedure(
        "tax",
        needs=[{"documents": ["letter"], "when": "works"}],
        recurring=[{"key": "pay", "text": "Pay.", "first": "paid_from", "every": "1 month", "when": "pays"}],
    ),
    documents=[
        small.document("passport", covers=[{"document": "home-id", "when": "travels"}], held_when="born_there"),
        small.document("home-id", covers=[{"document": "identity"}]),
        small.document("login", "authority", held_when="has_account"),
        small.document("letter"),
    ],
    alerts=[
        small.alert(
            "odd", "conflict", "pays and not works", stops=["tax"], text="You {learns}, by {date}.", date="start"
        ),
        small.alert("elsewhere", "danger", "never", country="xx"),
    ],
    questions=(
        *small.QUESTIONS,
        *map(asked, ["learns", "pays", "travels", "has_account", "counted"]),
        asked("born_there", stale_when="asked_on before today"),
        *(small.question(key, "date", 9) for key in ("end", "paid_from", "asked_on")),
        small.question(
            "region", "choice", 9, options=[schema.Option(value="m", label="M", phrase="m", calendar="ES-MD")]
        ),
    ),
    calendar="ES",
)
VALUES = {
    "yes_no": [True, False],
    "date": [datetime.date(2026, 11, 2), datetime.date(2026, 12, 7), datetime.date(2027, 3, 25)],
    "documents": [frozenset(keys) for keys in ([], ["passport"], ["home-id", "login"], ["letter", "card"])],
    "choice": ["m"],
}


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_what_is_not_asked_changes_nothing_of_all_that_a_plan_has(data):
    questions = EVERYTHING.vocabulary.questions
    kinds = {key: VALUES[question.kind] for key, question in questions.items() if key != DESTINATION}
    given = {key: st.sampled_from(values) for key, values in kinds.items()}
    answers = data.draw(st.fixed_dictionaries({DESTINATION: st.just("xx")}, optional=given))
    before = as_json(plan(EVERYTHING, answers, TODAY), questions)
    for key in kinds.keys() - answers.keys() - set(before["unknown"]):
        for value in kinds[key]:
            assert as_json(plan(EVERYTHING, {**answers, key: value}, TODAY), questions) == before, (key, value)


def test_what_can_change_nothing_at_all_is_never_asked():
    nothing = plan(EVERYTHING, {DESTINATION: "xx"}, TODAY)
    assert "counted" not in nothing.unknown
    assert {"pays", "travels", "born_there", "has_account", "end", "region"} <= set(nothing.unknown)
