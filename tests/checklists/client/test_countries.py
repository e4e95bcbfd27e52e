"""Countries as text, without scripts: taken where they are clear, asked back where they are not."""

import re

import pytest

from checklists.models import Checklist
from tests.checklists.pages import address, hidden_fields, not_sure


def stored(checklist):
    return Checklist.objects.get(pk=checklist.pk).answers


def send(client, checklist, page="question", key="nationalities", **given):
    url = address(page, checklist, *([key] if page != "all-answers" else []))
    before = client.get(url)
    return client.post(url, {**hidden_fields(before), **not_sure(before, given), **given})


def offered(response):
    """The countries that the page asks back, by the name of their row."""
    cards = re.findall(r'<input type="radio" id="[^"]*" name="(\w+-\d+)" value="(\w\w)"', response.text)
    return {row: [code for other, code in cards if other == row] for row, _ in cards}


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        (["USA"], ["us"]),
        (["de"], ["de"]),
        (["uk", "Elfenbeinküste", ""], ["gb", "ci"]),
        (["Deutschland", "", "Alemania"], ["de"]),
        ([" Brasil "], ["br"]),
    ],
)
def test_name_that_is_clear_is_taken(client, beginner, written, codes):
    assert send(client, beginner, nationalities=written).status_code == 302
    assert stored(beginner)["nationalities"] == codes


@pytest.mark.parametrize(
    ("written", "message", "codes"),
    [
        ("Korea", "“Korea” can mean several countries", ["kr", "kp"]),
        ("Brazl", "We know no country called “Brazl”. Did you mean Brazil?", ["br"]),
        ("Atlantis", "We know no country called “Atlantis”. Try another name", []),
        ("<b>x</b>", "“&lt;b&gt;x&lt;/b&gt;”", []),
    ],
)
def test_name_that_is_not_clear_is_asked_back(client, beginner, written, message, codes):
    response = send(client, beginner, nationalities=["Spain", written])
    assert response.status_code == 422
    assert message in response.text
    assert 'href="#id_nationalities_1"' in response.text
    assert offered(response) == ({"nationalities-1": codes} if codes else {})
    assert 'value="Spain"' in response.text
    assert "nationalities" not in stored(beginner)


def test_choice_among_those_asked_back_is_taken(client, beginner):
    given = {"nationalities": ["Korea", "Congo", "Spain"], "nationalities-0": "kr", "nationalities-1": "cd"}
    assert send(client, beginner, **given).status_code == 302
    assert stored(beginner)["nationalities"] == ["kr", "cd", "es"]


def test_choice_counts_for_what_was_asked_back_only(client, beginner):
    assert send(client, beginner, **{"nationalities": ["Portugal"], "nationalities-0": "kr"}).status_code == 302
    assert stored(beginner)["nationalities"] == ["pt"]
    assert send(client, beginner, **{"nationalities": ["Congo"], "nationalities-0": "kr"}).status_code == 422


def test_another_row_keeps_what_was_typed(client, beginner):
    page = send(client, beginner, nationalities=["Korea"], more="nationalities")
    assert page.status_code == 200
    assert 'value="Korea"' in page.text
    assert offered(page) == {"nationalities-0": ["kr", "kp"]}
    assert re.search(r'<input [^>]*id="id_nationalities_1"[^>]* autofocus', page.text)


def test_single_country_is_asked_back_too(client, freelancer):
    freelancer.answers |= {"activities": ["remote_employee"]}
    freelancer.save()
    page = send(client, freelancer, key="employer_country", employer_country="Guinea")
    assert offered(page) == {"employer_country-0": ["gn", "gw", "gq", "pg"]}
    send(client, freelancer, key="employer_country", **{"employer_country": "Guinea", "employer_country-0": "gw"})
    assert stored(freelancer)["employer_country"] == "gw"


def test_choice_survives_the_preview_of_a_change(client, freelancer):
    given = {"nationalities": ["Korea"], "nationalities-0": "kr"}
    page = send(client, freelancer, "change-answer", **given)
    assert "South Korea" in page.text
    client.post(address("change-answer", freelancer, "nationalities"), hidden_fields(page))
    assert stored(freelancer)["nationalities"] == ["kr"]


def test_choice_survives_somebody_elses_change(client, beginner):
    url = address("question", beginner, "nationalities")
    seen = hidden_fields(client.get(url))
    client.post(url, {**seen, "nationalities": ["Spain"]})
    both = client.post(url, {**seen, "nationalities": ["Korea"], "nationalities-0": "kr"})
    assert both.status_code == 409
    client.post(url, hidden_fields(both))
    assert stored(beginner)["nationalities"] == ["kr"]


def test_on_the_page_of_all_answers(client, beginner):
    given = {"destination": "es", "activities": ["remote_employee"]}
    page = send(client, beginner, "all-answers", **given, nationalities=["USA", "Korea", ""], employer_country="Spian")
    assert page.status_code == 422
    assert offered(page) == {"nationalities-1": ["kr", "kp"], "employer_country-0": ["es"]}
    given |= {"nationalities": ["USA", "Korea", ""], "nationalities-1": "kp"}
    given |= {"employer_country": "Spian", "employer_country-0": "es"}
    assert send(client, beginner, "all-answers", **given).status_code == 302
    assert stored(beginner)["nationalities"] == ["us", "kp"]
    assert stored(beginner)["employer_country"] == "es"


@pytest.mark.parametrize(
    ("typed", "first"),
    [("alem", {"name": "Germany", "called": "Alemania"}), ("germ", {"name": "Germany", "called": ""})],
)
def test_suggestions_need_no_checklist(client, db, typed, first):
    response = client.get("/countries/", {"q": typed})
    assert response.json()["countries"][0] == first


def test_no_suggestion_for_nothing(client, db):
    assert client.get("/countries/").json() == {"countries": []}
    assert client.get("/countries/", {"q": "ü" * 9000}).json() == {"countries": []}
    assert client.post("/countries/").status_code == 405
