"""Conditions and dates in plain words."""

import pytest

from guides.catalogue.schema import Option, Question, Term
from guides.conditions import Vocabulary
from guides.conditions.words import condition_in_words, date_in_words


def question(key, kind, phrase="", **extra):
    return Question(key=key, kind=kind, text=f"{key}?", why="It matters.", order=1, phrase=phrase, **extra)


def options(**phrases):
    return tuple(Option(value=value, label=value, phrase=phrase) for value, phrase in phrases.items())


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary(
        [
            question("work", "choices", options=options(own="you will be self-employed", job="you have a job")),
            question("home", "choice", options=options(lease="you rent and are named", none="you have no address")),
            question("citizen", "countries", "you are a citizen of {value}"),
            question("office", "country"),
            question("here", "yes_no", "you are there", negative_phrase="you are not there yet"),
            question("told", "yes_no"),
            question("months", "integer", "you stay {value} months", minimum=0, maximum=500),
            question("arrival", "date", "you arrive on {value}"),
            question("birthday", "date"),
            question("in_hand", "documents", "you hold {value}"),
        ],
        [Term(key="eu", condition="citizen has de", phrase="you are European", negative_phrase="you are from afar")],
        documents={"passport": "Passport", "lease": "Lease"},
        countries={code: code.upper() for code in ("at", "de", "es", "fr", "it", "pt", "us")},
        procedures=["visa"],
        tables=[("ages", "age")],
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "in every case"),
        ("always", "in every case"),
        ("never", "in no case"),
        ("not never", "in every case"),
        ("here", "you are there"),
        ("not here", "you are not there yet"),
        ("not not here", "you are there"),
        ("told", "the answer to “told?” is yes"),
        ("not told", "it is not so that the answer to “told?” is yes"),
        ("eu", "you are European"),
        ("not eu", "you are from afar"),
        ("work has own", "you will be self-employed"),
        ("not work has own", "you will not be self-employed"),
        ("not work has job", "it is not so that you have a job"),
        ("work has any of (own, job)", "you will be self-employed, or you have a job"),
        ("not work has any of (own, job)", "none of this is so: you will be self-employed; you have a job"),
        ("home is lease", "you rent and are named"),
        ("home is not lease", "it is not so that you rent and are named"),
        ("home not in (lease, none)", "none of this is so: you rent and are named; you have no address"),
        ("citizen has any of (de, fr)", "you are a citizen of DE or FR"),
        ("not citizen has any of (de, fr)", "you are not a citizen of DE or FR"),
        ("office in (es)", "the answer to “office?” is ES"),
        (
            "citizen has any of (at, de, es, fr, it, pt, us)",
            "you are a citizen of AT, DE, ES, FR, IT or one of 2 more",
        ),
        ("in_hand has any of (passport, lease)", "you hold Passport or Lease"),
        ("not in_hand has passport", "you do not hold Passport yet"),
        ("months >= 6", "you stay at least 6 months"),
        ("not months >= 6", "you stay less than 6 months"),
        ("months is 3", "you stay exactly 3 months"),
        ("months is not 3", "you stay not exactly 3 months"),
        ("arrival before 2025-06-30", "you arrive before 30 June 2025"),
        ("not arrival before today", "you arrive on or after today"),
        ("birthday on or before today", "the answer to “birthday?” is on or before today"),
        ("eu and not here", "you are European, and you are not there yet"),
        ("eu or here and told", "you are European, or (you are there, and the answer to “told?” is yes)"),
        ("eu and (here or told)", "you are European, and (you are there, or the answer to “told?” is yes)"),
        ("(eu or here) or told", "you are European, or you are there, or the answer to “told?” is yes"),
        ("not (eu and here)", "you are from afar, or you are not there yet"),
        ("not (eu or here)", "you are from afar, and you are not there yet"),
    ],
)  # fmt: skip
def test_conditions(vocabulary, text, words):
    assert condition_in_words(vocabulary.parse(text), vocabulary) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025-06-30", "30 June 2025"),
        ("today - 1 week", "7 days before today"),
        ("arrival", "the day on which you arrive"),
        ("birthday", "the answer to “birthday?”"),
        ("arrival + 3 months", "3 months after the day on which you arrive"),
        ("arrival + 3 months + 30 days", "3 months and 30 days after the day on which you arrive"),
        ("arrival + 3 months - 1 day", "3 months after the day on which you arrive, less 1 day"),
        ("finish(visa) + 1 year", "1 year after the day on which “visa” can be finished"),
        ("birthday + by_year(ages, age)", "“age” of “ages” after the answer to “birthday?”"),
        ("latest(arrival, today)", "the latest of the day on which you arrive and today"),
        ("first_of_month(arrival)", "the first day of the month of the day on which you arrive"),
        ("known_latest(arrival, today)", "the latest known of the day on which you arrive and today"),
    ],
)
def test_dates(vocabulary, text, words):
    assert date_in_words(vocabulary.parse_date(text), vocabulary) == words
