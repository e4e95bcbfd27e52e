"""The condition language: what it means, how it explains itself, and what it refuses."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.catalogue.schema import Option, Question, Term
from guides.conditions import ConditionError, Conditions, Explainer, Truths, Vocabulary, judge, read_answers
from guides.conditions.dates import resolve
from guides.conditions.tree import Always, Amount, And, AnyOf, Named, Not, OneOf, Or, Yes

TODAY = datetime.date(2026, 11, 21)


def question(key, kind, **extra):
    extra.setdefault("order", 9 if kind == "integer" else 1)
    return Question(key=key, kind=kind, text=f"{key}?", why="It matters.", **extra)


def options(*values):
    return tuple(Option(value=value, label=value, phrase=f"you chose {value}") for value in values)


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary(
        [
            question("destination", "choice", options=options("es", "pt")),
            question("activities", "choices", options=options("employee", "student", "none")),
            question("nationalities", "countries", phrase="you are a citizen of {value}"),
            question("moved", "yes_no", phrase="you have moved", negative_phrase="you have not moved"),
            question("months", "integer", phrase="you stay {value} months", minimum=0, maximum=500),
            question("arrival", "date", phrase="you arrive on {value}"),
            question("birth_date", "date", phrase="you were born on {value}"),
            question("in_hand", "documents", phrase="you hold {value}"),
        ],
        [
            Term(key="european", condition="nationalities has any of (de, is, no)", phrase="you are European",
                 negative_phrase="you are not European"),
            Term(key="settled", condition="european or moved", phrase="you are settled",
                 negative_phrase="you are not settled"),
        ],
        documents={"passport": "Passport", "nuss": "NUSS"},
        countries={"de": "Germany", "is": "Iceland", "no": "Norway", "in": "India", "us": "United States"},
        procedures=["visa"],
        tables=[("ages", "age")],
    )  # fmt: skip


def truth(vocabulary, text, **answers):
    typed, problems = read_answers(answers, vocabulary, today=TODAY)
    assert problems == []
    return judge(vocabulary.parse(text), {**typed, "today": TODAY})


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        ("", {}, True),
        ("never", {}, False),
        ("destination is es", {"destination": "es"}, True),
        ("destination is not es", {"destination": "es"}, False),
        ("destination in (es, pt)", {"destination": "pt"}, True),
        ("destination not in (es)", {"destination": "pt"}, True),
        ("destination is es", {}, None),
        ("activities has employee", {"activities": ["student", "employee"]}, True),
        ("activities has any of (none, employee)", {"activities": ["student"]}, False),
        ("nationalities has in", {"nationalities": ["in"]}, True),
        ("moved", {"moved": False}, False),
        ("not moved", {"moved": False}, True),
        ("months >= 6 and months < 12", {"months": 6}, True),
        ("months is 6", {"months": 7}, False),
        ("arrival before 2026-12-01", {"arrival": "2026-11-30"}, True),
        ("arrival on or after today + 10 days", {"arrival": "2026-12-01"}, True),
        ("arrival after birth_date + 18 years", {"arrival": "2026-12-01", "birth_date": "2010-01-01"}, False),
        ("arrival before today + 3 months", {}, None),
        ("in_hand has nuss", {"in_hand": []}, False),
        ("european", {"nationalities": ["us", "no"]}, True),
        ("settled", {"nationalities": ["us"]}, None),
        ("moved or destination is es", {"destination": "es"}, True),
        ("moved and destination is es", {"destination": "pt"}, False),
        ("not (moved and destination is es)", {"destination": "es"}, None),
        ("moved or destination is es and months > 3", {"moved": False, "destination": "es", "months": 4}, True),
    ],
)
def test_meaning(vocabulary, text, answers, expected):
    assert truth(vocabulary, text, **answers) is expected


@pytest.mark.parametrize(
    ("text", "word", "suggestion"),
    [
        ("activites has employee", "activites", "activities"),
        ("activities has employe", "employe", "employee"),
        ("nationalities has xx", "xx", None),
        ("destination is es and european and eurpean", "eurpean", "european"),
        ("moved is es", "moved is es", None),
        ("activities is employee", "is", "has"),
        ("arrival before 2026-02-30", "2026-02-30", None),
        ("in_hand has nus", "nus", "nuss"),
        ("months >= many", "many", None),
        ("moved and and moved", "and", None),
        ("destination iz es", "iz", "is"),
    ],
)
def test_mistakes_are_refused_at_their_place_with_a_suggestion(vocabulary, text, word, suggestion):
    with pytest.raises(ConditionError) as caught:
        vocabulary.parse(text)
    assert text[caught.value.start : caught.value.end] == word
    assert caught.value.suggestion == suggestion


@pytest.mark.parametrize(
    "text", ["(", "moved and", "moved not", "((((moved", "moved)", "$", "moved; import os", "not " * 99]
)
def test_broken_text_is_a_condition_error(vocabulary, text):
    with pytest.raises(ConditionError):
        vocabulary.parse(text)


@pytest.mark.parametrize("text", ["(moved", "moved and", "destination is"])
def test_an_unfinished_text_is_missing_something_at_its_end(vocabulary, text):
    with pytest.raises(ConditionError, match="Something is missing") as caught:
        vocabulary.parse(text)
    assert caught.value.start == len(text)


def test_a_term_that_needs_itself_is_refused():
    loop = [
        Term(key="a", condition="b", phrase="a", negative_phrase="not a"),
        Term(key="b", condition="not a", phrase="b", negative_phrase="not b"),
    ]
    with pytest.raises(ConditionError, match="a → b → a"):
        Vocabulary([], loop).parse("a")


class TestExplanation:
    def told(self, vocabulary, text, **answers):
        typed, _ = read_answers(answers, vocabulary, today=TODAY)
        conditions = Conditions({text: vocabulary.parse(text)})
        explainer = Explainer(vocabulary, conditions, obvious=["birth_date"])
        return explainer.compile(vocabulary.parse(text))(Truths(conditions, {**typed, "today": TODAY}))

    def test_a_true_conjunction_needs_all_its_parts(self, vocabulary):
        told = self.told(
            vocabulary, "activities has student and not european", activities=["student"], nationalities=["us"]
        )
        assert told == ("you chose student", "you are not European")

    def test_a_true_alternative_needs_only_the_part_that_is_asked_first(self, vocabulary):
        text = "months > 3 or destination is es and activities has student"
        answers = {"destination": "es", "activities": ["student"]}
        assert self.told(vocabulary, text, **answers) == ("you chose es", "you chose student")
        assert self.told(vocabulary, text, **answers, months=5) == ("you chose es", "you chose student")

    def test_what_is_obvious_is_left_out(self, vocabulary):
        text = "moved and birth_date before today"
        assert self.told(vocabulary, text, moved=True, birth_date="1990-01-01") == ("you have moved",)

    def test_a_false_conjunction_needs_only_one_part(self, vocabulary):
        assert self.told(vocabulary, "moved and destination is es", moved=False, destination="es") == (
            "you have not moved",
        )

    def test_an_undecided_condition_has_no_reason(self, vocabulary):
        assert self.told(vocabulary, "moved") == ()

    def test_documents_and_dates_are_named(self, vocabulary):
        told = self.told(vocabulary, "not in_hand has nuss and arrival after today", in_hand=[], arrival="2027-02-03")
        assert told == ("you do not hold NUSS yet", "you arrive on 3 February 2027")


def open_keys(node, answers):
    return Truths(Conditions({"it": node}), answers).open_keys("it")


class TestOpenKeys:
    def test_only_answers_that_still_decide_are_missing(self, vocabulary):
        node = vocabulary.parse("destination is es and (moved or months > 3)")
        assert open_keys(node, {}) == {"destination", "moved", "months"}
        assert open_keys(node, {"destination": "pt"}) == frozenset()
        assert open_keys(node, {"destination": "es", "moved": True}) == frozenset()
        assert open_keys(node, {"destination": "es", "moved": False}) == {"months"}

    def test_both_sides_of_a_comparison_of_dates_count(self, vocabulary):
        node = vocabulary.parse("arrival after birth_date + 18 years")
        assert open_keys(node, {"today": TODAY, "arrival": TODAY}) == {"birth_date"}


class TestDates:
    def day(self, vocabulary, text, finish=None, tables=None, **answers):
        typed, _ = read_answers(answers, vocabulary, today=TODAY)
        return resolve(vocabulary.parse_date(text), {**typed, "today": TODAY}, finish=finish, tables=tables)

    def test_spans_add_up_in_calendar_time(self, vocabulary):
        assert self.day(vocabulary, "arrival + 1 month", arrival="2027-01-31") == datetime.date(2027, 2, 28)
        assert self.day(vocabulary, "arrival - 60 days", arrival="2027-02-01") == datetime.date(2026, 12, 3)
        assert self.day(vocabulary, "today + 2 weeks") == datetime.date(2026, 12, 5)

    def test_the_latest_of_several_waits_for_all_of_them(self, vocabulary):
        assert self.day(vocabulary, "latest(arrival, birth_date)", arrival="2027-01-31") is None
        assert self.day(vocabulary, "known_latest(arrival, birth_date)", arrival="2027-01-31") == datetime.date(
            2027, 1, 31
        )

    def test_a_count_can_start_on_the_first_of_the_month(self, vocabulary):
        assert self.day(vocabulary, "first_of_month(arrival)") is None
        assert self.day(vocabulary, "first_of_month(arrival) + 12 months", arrival="2026-01-10") == datetime.date(
            2027, 1, 1
        )

    def test_a_finish_is_known_once_it_is_planned(self, vocabulary):
        assert self.day(vocabulary, "finish(visa) + 1 day") is None
        assert self.day(vocabulary, "finish(visa) + 1 day", finish={"visa": TODAY}) == datetime.date(2026, 11, 22)

    @pytest.mark.parametrize(
        ("born", "reached"),
        [("1960-05-14", "2027-05-14"), ("1959-12-01", "2026-10-01"), ("1990-01-01", "2057-01-01")],
    )
    def test_a_yearly_table_gives_the_row_of_the_year_that_is_reached(self, vocabulary, born, reached):
        from guides.conditions.dates import read_span

        rows = [(2026, read_span("66 years 10 months")), (2027, read_span("67 years"))]
        day = self.day(vocabulary, "birth_date + by_year(ages, age)", birth_date=born, tables={("ages", "age"): rows})
        assert day == datetime.date.fromisoformat(reached)


ATOMS = [
    "moved",
    "european",
    "destination is es",
    "activities has employee",
    "months > 3",
    "in_hand has nuss",
    "always",
]
TREES = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        inner.map(lambda text: f"not ({text})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) and ({pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) or ({pair[1]})"),
    ),
    max_leaves=8,
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "moved": st.booleans(),
        "destination": st.sampled_from(["es", "pt"]),
        "activities": st.sets(st.sampled_from(["employee", "student"])).map(frozenset),
        "nationalities": st.sets(st.sampled_from(["de", "us"])).map(frozenset),
        "months": st.integers(0, 10),
        "in_hand": st.sampled_from([frozenset(), frozenset({"nuss"})]),
    },
)


QUESTIONS = ["moved", "destination", "activities", "nationalities", "months", "in_hand"]


def kleene(node, answers):
    """Three-valued truth straight from the definition."""
    match node:
        case Always(value):
            return value
        case Named(_, part):
            return kleene(part, answers)
        case Not(part):
            value = kleene(part, answers)
            return None if value is None else not value
        case And(parts) | Or(parts):
            rank = {False: 0, None: 1, True: 2}
            choose = min if isinstance(node, And) else max
            return choose((kleene(part, answers) for part in parts), key=rank.get)
        case _ if node.key not in answers:
            return None
        case Yes(key):
            return answers[key]
        case OneOf(key, values):
            return answers[key] in values
        case AnyOf(key, values):
            return bool(answers[key] & values)
        case Amount(key, ">", number):
            return answers[key] > number


@given(texts=st.lists(TREES, min_size=1, max_size=5), answers=ANSWERS)
def test_conditions_that_are_judged_together_follow_kleene(vocabulary, texts, answers):
    nodes = {text: vocabulary.parse(text) for text in texts}
    truths = Truths(Conditions(nodes), answers)
    assert [truths[text] for text in nodes] == [kleene(node, answers) for node in nodes.values()]


@given(texts=st.lists(TREES, min_size=1, max_size=5), answers=ANSWERS, first=st.sets(st.sampled_from(QUESTIONS)))
def test_answers_one_after_the_other_come_to_the_same_as_all_at_once(vocabulary, texts, answers, first):
    conditions = Conditions({text: vocabulary.parse(text) for text in texts})
    truths = Truths(conditions, {key: value for key, value in answers.items() if key in first})
    [truths.open_keys(text) for text in texts]
    for key in answers.keys() - first:
        truths.give(key, answers[key])
    at_once = Truths(conditions, answers)
    assert [(truths[text], truths.open_keys(text)) for text in texts] == [
        (at_once[text], at_once.open_keys(text)) for text in texts
    ]


@given(text=TREES, answers=ANSWERS, more=ANSWERS)
def test_answers_to_questions_that_are_not_open_change_nothing(vocabulary, text, answers, more):
    node = vocabulary.parse(text)
    truth, still_open = judge(node, answers), open_keys(node, answers)
    assert (truth is None) is bool(still_open)
    irrelevant = {key: value for key, value in more.items() if key not in still_open}
    assert judge(node, {**irrelevant, **answers}) is truth


@given(text=st.text(max_size=80))
def test_any_text_is_parsed_or_refused(vocabulary, text):
    try:
        vocabulary.parse(text)
    except ConditionError as error:
        assert error.message
