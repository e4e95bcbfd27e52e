"""What is said in words and as a value: fees, deadlines and ages of papers that do not agree, and what nothing uses."""

import datetime

import pytest

from guides.catalogue.checks import check
from tests.guides.small import NIF, changed, small_catalogue, without

TODAY = datetime.date(2026, 11, 22)


def told(catalogue, kind="two_truths"):
    return [(problem.where, problem.text) for problem in check(catalogue, TODAY) if problem.kind == kind]


def with_fee(**fields):
    return changed(small_catalogue(), "procedures", "nif", fees=[{"key": "fee", "facts": ["nif.fee"], **fields}])


def with_deadline(text, date, kind="recommended"):
    deadline = {"key": "day", "kind": kind, "text": text, "date": date, "facts": ["nif.what"]}
    return changed(small_catalogue(), "procedures", "nif", deadlines=[deadline])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": "About 9.45 to 12 euros.", "amount": 9.84}, "Its amount is 9.84, and its text names 9.45, 12."),
        ({"text": "12 EUR for the card.", "amount": 13}, "Its amount is 13, and its text names 12."),
        ({"text": "It costs € 1,200.", "amount": 1300}, "names 1200"),
        ({"text": "Paid with form 790-012: 9,45.", "amount": 9.84}, "names 9.45"),
        (
            {"text": "10 to 12 euros.", "amount": 10, "amount_to": 15},
            "Its amount is 10 to 15, and its text names 10, 12.",
        ),
        ({"text": "It is free.", "amount": 12}, "its text says that it costs nothing"),
        ({"text": "12 euros at the desk.", "amount": 0}, "names 12"),
        ({"text": "190 dollars.", "amount": 190}, "Its currency is EUR, and its text says USD."),
    ],
)
def test_a_fee_whose_text_names_another_amount(fields, words):
    ((where, text),) = told(with_fee(**fields))
    assert where == "procedures nif › fees fee"
    assert words in text


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "12 EUR for the card (fee 790-012). The renewal costs 16.40 EUR.", "amount": 12},
        {"text": "First residence permit (number 2.6 in the fee order), since 2024.", "amount": 21.87},
        {"text": "Without the reduction you pay 31.5 percent of a base.", "amount": 80},
        {"text": "At most 21.40% of it.", "amount": 80},
        {"text": "From 1,166.70 to 1,300 EUR a month.", "amount": 1166.7, "amount_to": 1300},
        {"text": "Free. Others pay 12 euros.", "amount": 0},
        {"text": "Most likely 133 euros. No amount is sure.", "amount": None},
        {"text": "From 7.50 to 15 dollars.", "amount": 7.5, "amount_to": 15, "currency": "USD"},
        {"text": "90 euros, or 190 dollars.", "amount": 190, "currency": "USD"},
    ],
)
def test_a_fee_that_agrees_with_its_text(fields):
    assert told(with_fee(**fields)) == []


@pytest.mark.parametrize(
    ("text", "date", "words"),
    [
        ("There is no deadline. Do it soon.", "arrival_date + 3 months", "no deadline, and it has a date"),
        ("Within three months.", "arrival_date + 60 days", "its text says three months"),
        ("Within 30 days.", "arrival_date + 3 months", "its text says 30 days"),
        ("Two to three weeks later.", "latest(arrival_date, today) + 2 months", "its text says Two to three weeks"),
        ("Until 30 June 2027.", "2027-05-31", "its text names another day"),
    ],
)
def test_a_deadline_whose_text_names_another_time(text, date, words):
    ((where, said),) = told(with_deadline(text, date))
    assert where == "procedures nif › deadlines day"
    assert words in said


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("There is no deadline.", ""),
        ("Before the 90 days of a visit end.", "arrival_date + 89 days"),
        ("For four months.", "arrival_date + 120 days"),
        ("Two weeks before your journey.", "arrival_date - 15 days"),
        ("Ten working days before your journey.", "arrival_date - 15 days"),
        ("The day before. Your visa is good for four months.", "arrival_date - 1 day"),
        ("Within 30 days after the first three months.", "arrival_date + 3 months + 30 days"),
        ("Until 30 June 2027.", "2027-06-30"),
        ("Cards that ended up to 30 June 2025 are good until this day.", "2027-04-15"),
    ],
)
def test_a_deadline_that_agrees_with_its_text(text, date):
    assert told(with_deadline(text, date)) == []


def with_age(validity, age):
    catalogue = changed(small_catalogue(), "documents", "passport", validity=validity)
    need = NIF["requirements"][0]
    ways = [need["alternatives"][0] | {"max_age": age}, need["alternatives"][1]]
    return changed(catalogue, "procedures", "nif", requirements=[need | {"alternatives": ways}])


def test_a_paper_that_is_good_for_another_time_than_its_document_says():
    ((where, text),) = told(with_age("No older than six months", "3 months"))
    assert where == "procedures nif › requirements identity"
    assert "“passport” up to 3 months old, and that document says six months" in text


@pytest.mark.parametrize("validity", ["", "For ever", "Three to six months", "90 days"])
def test_a_paper_that_agrees_with_its_document(validity):
    assert told(with_age(validity, "3 months")) == []


def test_a_fact_that_nothing_cites():
    catalogue = small_catalogue()
    lone = catalogue.facts[0].model_copy(update={"key": "nif.lone"})
    catalogue = catalogue.model_copy(update={"facts": (*catalogue.facts, lone)})
    assert [where for where, _ in told(catalogue, "unused_fact")] == ["facts nif.lone"]
    listed = changed(catalogue, "procedures", "nif", facts=["nif.what", "nif.fee", "nif.lone"])
    assert told(listed, "unused_fact") == []
    written = changed(catalogue, "guides", "live-in-portugal", body="Enjoy it.[^nif.lone]")
    assert told(written, "unused_fact") == []


def test_a_term_that_nothing_uses():
    catalogue = small_catalogue()
    assert told(catalogue, "unused_term") == []
    lone = catalogue.terms[0].model_copy(update={"key": "lone"})
    user = lone.model_copy(update={"key": "user", "condition": "not lone"})
    catalogue = catalogue.model_copy(update={"terms": (*catalogue.terms, lone, user)})
    assert [where for where, _ in told(catalogue, "unused_term")] == ["terms user"]
    assert told(without(catalogue, "terms", "user"), "unused_term") == [
        ("terms lone", "No condition uses it. Use it somewhere, or take it out.")
    ]
    hinted = changed(catalogue, "pointers", "bank", when="user")
    assert told(hinted, "unused_term") == []
