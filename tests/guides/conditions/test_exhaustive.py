"""Conditions over all answers at once: the same as the ordinary evaluator says for each of them."""

import datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guides.catalogue.schema import Option, Question, Term
from guides.conditions import Vocabulary, judge, read_answers
from guides.conditions.exhaustive import Space, examples
from guides.conditions.text import as_text

TODAY = datetime.date(2026, 11, 21)
COUNTRIES = {code: code.upper() for code in ("de", "fr", "es", "us", "br")}
PAPERS = {key: key for key in ("passport", "visa", "lease")}
DAYS = [TODAY + datetime.timedelta(days=days) for days in (-400, -31, -1, 0, 1, 28, 30, 31, 92, 365)]


def question(key, kind, values=(), **extra):
    options = tuple(Option(value=value, label=value, phrase=value) for value in values)
    return Question(key=key, kind=kind, text=key, why=key, order=1, options=options, **extra)


QUESTIONS = [
    question("destination", "choice", ["es", "pt"]),
    question("purpose", "choice", ["work", "study", "family", "other"]),
    question("activities", "choices", ["employee", "student", "none"]),
    question("nationalities", "countries"),
    question("employer_country", "country"),
    question("in_hand", "documents"),
    question("moved", "yes_no"),
    question("months", "integer", minimum=0, maximum=24),
    question("posting_start", "date"),
    question("posting_end", "date"),
    question("birth_date", "date"),
]


def vocabulary(*terms):
    named = [Term(key=key, condition=text, phrase=key, negative_phrase=key) for key, text in terms]
    return Vocabulary(QUESTIONS, named, documents=PAPERS, countries=COUNTRIES)


SPANS = st.sampled_from(["3 months", "1 month", "30 days", "1 day", "1 year", "6 weeks", "24 months - 1 day"])
BASES = st.sampled_from(["today", "posting_start", "posting_end", "birth_date", "2026-12-01", "2026-11-21"])
DATES = st.one_of(
    BASES,
    st.builds("{} + {}".format, BASES, SPANS),
    st.builds("{} - {}".format, BASES, SPANS),
    st.builds("latest({}, {}) + {}".format, BASES, BASES, SPANS),
)
COMPARISONS = st.one_of(
    st.sampled_from(
        ["moved", "destination is pt", "purpose in (work, study)", "purpose is not other", "activities has none",
         "activities has any of (employee, student)", "nationalities has any of (de, fr)", "nationalities has br",
         "employer_country not in (es, us)", "in_hand has any of (visa, lease)", "in_hand has passport", "always"]
    ),
    st.builds("months {} {}".format, st.sampled_from(["<", "<=", ">", ">=", "=="]), st.sampled_from([0, 5, 6, 24, 30])),
    st.builds("{} {} {}".format, st.sampled_from(["posting_start", "posting_end", "birth_date"]),
              st.sampled_from(["before", "after", "on or before", "on or after"]), DATES),
)  # fmt: skip
CONDITIONS = st.recursive(
    COMPARISONS,
    lambda inner: st.one_of(
        st.builds("not ({})".format, inner),
        st.builds("({}) and ({})".format, inner, inner),
        st.builds("({}) or ({}) or ({})".format, inner, inner, inner),
    ),
    max_leaves=8,
)
ANSWERS = {
    "destination": st.sampled_from(["es", "pt"]),
    "purpose": st.sampled_from(["work", "study", "family", "other"]),
    "activities": st.sampled_from([["none"], ["employee"], ["student"], ["employee", "student"]]),
    "nationalities": st.lists(st.sampled_from(sorted(COUNTRIES)), min_size=1, max_size=3),
    "employer_country": st.sampled_from(sorted(COUNTRIES)),
    "in_hand": st.lists(st.sampled_from(sorted(PAPERS)), max_size=2),
    "moved": st.booleans(),
    "months": st.integers(0, 24),
    **dict.fromkeys(["posting_start", "posting_end"], st.sampled_from(DAYS).map(str)),
    "birth_date": st.sampled_from([day for day in DAYS if day <= TODAY]).map(str),
}


def typed(raw, words):
    answers, problems = read_answers(raw, words, today=TODAY)
    assume(not problems)
    return {**answers, "today": TODAY}


def said(truths, space, answers):
    yes, no = (space.at(function, answers) for function in truths)
    return True if yes else False if no else None


@given(text=CONDITIONS, raw=st.fixed_dictionaries(ANSWERS))
def test_with_every_question_answered_both_evaluators_agree(text, raw):
    words = vocabulary()
    node, answers = words.parse(text), typed(raw, words)
    space = Space(words, [node])
    assert space.at(space.holds(node), answers) is judge(node, answers)
    assert space.at(space.possible, answers)


@given(text=CONDITIONS, raw=st.fixed_dictionaries({}, optional=ANSWERS))
def test_with_answers_missing_both_evaluators_agree(text, raw):
    words = vocabulary()
    node, answers = words.parse(text), typed(raw, words)
    space = Space(words, [node])
    assert said(space.truths(node), space, answers) is judge(node, answers)


@given(text=CONDITIONS, others=st.lists(COMPARISONS, max_size=4), truth=st.booleans())
def test_an_example_is_confirmed_by_the_ordinary_evaluator_and_needs_each_answer(text, others, truth):
    words = vocabulary()
    node = words.parse(text)
    space = Space(words, [node, *map(words.parse, others)])
    raw = examples.find(space, (node, truth), today=TODAY)
    if raw is None:
        nobody = space.possible & (space.holds(node) if truth else ~space.holds(node)) == space.manager.false
        assert nobody or "before" in text or "after" in text
        return
    assert judge(node, typed(raw, words)) is truth
    # Which days fit is found by trying some, so only without days is it sure that fewer answers would not do.
    for key in raw if "before" not in text and "after" not in text else ():
        assert judge(node, typed({k: v for k, v in raw.items() if k != key}, words)) is not truth


@given(text=CONDITIONS, raw=st.fixed_dictionaries(ANSWERS))
def test_what_nobody_can_answer_is_not_found_by_trying(text, raw):
    words = vocabulary()
    node, answers = words.parse(text), typed(raw, words)
    space = Space(words, [node])
    if space.possible & space.holds(node) == space.manager.false:
        assert judge(node, answers) is False


@given(text=CONDITIONS)
def test_text_of_a_condition_parses_to_the_same(text):
    words = vocabulary()
    node = words.parse(text)
    space = Space(words, [node])
    assert space.holds(words.parse(as_text(node))) == space.holds(node)


def example(text, *others):
    words = vocabulary()
    space = Space(words, map(words.parse, [text, *others]))
    return examples.find(space, (words.parse(text), True), today=TODAY)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("always", {}),
        ("purpose is not work", {"purpose": "study"}),
        ("moved or (purpose is study and months > 5)", {"moved": True}),
        ("not moved", {"moved": False}),
        ("months > 5 and months < 24", {"months": 6}),
        ("activities has employee and activities has student", {"activities": ["employee", "student"]}),
        ("not nationalities has any of (br, de)", {"nationalities": ["fr"]}),
        ("not in_hand has visa", {"in_hand": []}),
        ("posting_end on or after 2026-12-01", {"posting_end": "2026-12-01"}),
        ("posting_end after posting_start + 6 months", {"posting_start": "2026-11-21", "posting_end": "2027-05-22"}),
        ("birth_date after posting_start", {"posting_start": "2026-11-20", "birth_date": "2026-11-21"}),
        ("posting_end before today and posting_end on or after today - 1 month", {"posting_end": "2026-11-20"}),
    ],
)
def test_example_has_the_fewest_answers(text, answers):
    assert example(text, "moved", "purpose is work") == answers


@pytest.mark.parametrize("base", ["today", "birth_date"])
def test_no_day_is_before_or_after_one_past_the_end_of_the_calendar(base):
    far = f"{base} {'+ 1200 years ' * 7}"
    assert example(f"posting_start before {far}") is None
    assert example(f"posting_start after {far}") is None


@pytest.mark.parametrize(
    "text",
    [
        "purpose is work and purpose is study",
        "activities has none and activities has student",
        "not activities has any of (none, student, employee)",
        "months < 0",
        "months > 6 and months <= 6",
        "posting_end before posting_start",
        "posting_end before 2026-01-01 and posting_start after 2026-01-01",
        "posting_end before today + 1 month and posting_end after today + 3 months",
        "posting_end after posting_start + 6 months and posting_end before posting_start + 90 days",
        "birth_date after today + 1 day",
        "moved and not moved",
    ],
)
def test_impossible_answers_are_recognised(text):
    words = vocabulary()
    space = Space(words, [words.parse(text)])
    assert space.possible & space.holds(words.parse(text)) == space.manager.false
    assert example(text) is None


def test_option_counts_only_where_it_is_offered():
    cplp = Option(value="cplp", label="CPLP", phrase="CPLP", when="destination is pt")
    purpose = question("purpose", "choice", ["work"])
    words = Vocabulary([QUESTIONS[0], purpose.model_copy(update={"options": (*purpose.options, cplp)})])
    node = words.parse("purpose is cplp and destination is es")
    space = Space(words, [node])
    assert space.possible & space.holds(node) == space.manager.false
    assert space.accepted & space.holds(node) != space.manager.false


def test_finish_of_a_procedure_is_nothing_that_answers_decide():
    words = Vocabulary(QUESTIONS, procedures=["visa"])
    node = words.parse("posting_end after finish(visa)")
    space = Space(words, [node])
    assert space.truths(node) == (space.manager.false, space.manager.false)
    assert space.holds(node) not in (space.manager.false, space.manager.true)


def test_terms_are_looked_into():
    words = vocabulary(("young", "birth_date after today - 18 years"), ("here", "moved and young"))
    node = words.parse("here and not young")
    space = Space(words, [node])
    assert space.holds(node) == space.manager.false
