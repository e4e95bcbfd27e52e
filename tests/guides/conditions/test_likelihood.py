"""How rare a condition is, as far as the conditions alone can tell."""

import pytest

from guides.catalogue.schema import Option, Question, Term
from guides.conditions import Vocabulary
from guides.conditions.likelihood import Likelihood

COUNTRIES = {"de": "Germany", "fr": "France", "nl": "Netherlands", "us": "United States", "br": "Brazil", "jp": "Japan"}


def question(key, kind, values=()):
    options = tuple(Option(value=value, label=value, phrase=value) for value in values)
    return Question(key=key, kind=kind, text=key, why=key, order=1, options=options)


@pytest.fixture
def words():
    questions = [
        question("destination", "choice", ["es", "pt"]),
        question("nationalities", "countries"),
        question("activity", "choice", ["work", "study", "retire", "other"]),
        question("arrived", "yes_no"),
        question("arrival_date", "date"),
    ]
    european = Term(key="european", condition="nationalities has any of (de, fr, nl)", phrase="", negative_phrase="")
    return Vocabulary(questions, [european], countries=COUNTRIES)


@pytest.fixture
def likely(words):
    named = ["european", "nationalities has us", "activity is work", "activity is study", "destination is es"]
    likelihood = Likelihood(words, map(words.parse, named))
    return lambda text, **given: likelihood.of(words.parse(text), given)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 1),
        ("never", 0),
        # Europeans, Americans, and everybody else.
        ("european", 1 / 3),
        ("not european", 2 / 3),
        ("nationalities has us", 1 / 3),
        # Work, study, and what nobody tells apart.
        ("activity is study", 1 / 3),
        ("european and activity is study", 1 / 9),
        ("european or activity is study", 5 / 9),
        ("arrived", 1 / 2),
        ("arrival_date before today", 1 / 2),
    ],
)
def test_every_answer_that_is_told_apart_is_as_likely(likely, text, expected):
    assert likely(text) == pytest.approx(expected)


def test_what_is_known_is_certain(likely):
    assert likely("destination is es and european") == pytest.approx(1 / 6)
    assert likely("destination is es and european", destination="es") == pytest.approx(1 / 3)
    assert likely("destination is es and european", destination="pt") == 0
