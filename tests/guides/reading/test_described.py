"""About: which answers no procedure is made for, and whom to ask then."""

import pytest

from guides.catalogue import schema
from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.described import not_described
from tests.guides.reading_pages import publish, reading_catalogue
from tests.guides.small import changed
from tests.shipped import shipped_catalogue

WORK = schema.Question.model_validate(
    {
        "key": "activities",
        "kind": "choices",
        "title": "About you",
        "text": "What will you do?",
        "why": "It matters.",
        "order": 60,
        "options": [
            {"value": "employee", "label": "Have a job", "phrase": "you have a job"},
            {"value": "artist", "label": "Paint", "phrase": "you paint"},
            {"value": "sailor", "label": "Sail", "phrase": "you sail"},
        ],
    }
)
ALERT = schema.Alert.model_validate(
    {
        "key": "painters",
        "country": "pt",
        "kind": "not_covered",
        "when": "to_portugal and activities has artist",
        "text": "Painters are not described.",
        "action": "Ask the academy.",
    }
)


def with_work(**fields):
    """The catalogue to read, with a procedure for those who have a job."""
    catalogue = changed(
        reading_catalogue(), "procedures", "nif", required_when="to_portugal and activities has employee"
    )
    return catalogue.model_copy(update={"questions": (*catalogue.questions, WORK), **fields})


def part_of(page):
    return page[page.index('id="not-described"') : page.index('id="editions"')]


@pytest.mark.django_db
def test_answers_without_a_procedure_are_named_with_whom_to_ask(client):
    publish(with_work(alerts=(ALERT,)))
    told = part_of(client.get("/about/").text)
    assert "About you: <b>Paint</b>" in told
    assert "Ask the academy." in told
    assert "About you: <b>Sail</b>" in told
    assert "Have a job" not in told


@pytest.mark.django_db
def test_where_each_answer_has_one_it_says_so(client):
    described = with_work()
    described = changed(described, "procedures", "niss", optional_when="activities has any of (artist, sailor)")
    publish(described)
    assert "Every kind of permit and activity that you can choose has a procedure." in part_of(
        client.get("/about/").text
    )


def test_what_a_condition_excludes_is_not_described_by_it():
    catalogue = changed(with_work(), "procedures", "niss", optional_when="not activities has artist")
    found = [(option.value, alert) for _question, option, alert in not_described(CompiledCatalogue(catalogue), "pt")]
    assert found == [("artist", None), ("sailor", None)]


def test_au_pairs_are_described_in_spain():
    told = {(question.key, option.value) for question, option, _alert in not_described(shipped_catalogue(), "es")}
    assert ("permit_purpose", "au_pair") not in told
    assert not any(key == "activities" and value in ("student", "intern") for key, value in told)


def test_whoever_is_not_described_is_told_so_and_whom_to_ask():
    compiled = shipped_catalogue()
    alone = [
        (country, question.key, option.value)
        for country in compiled.countries
        for question, option, alert in not_described(compiled, country)
        if alert is None or not alert.action
    ]
    assert alone == []
