"""What a condition says while it is typed, and how many it matches."""

import pytest
from django.urls import reverse

from checklists.models import Checklist, Persona
from guides.editions.loading import load
from tests.guides.small import small_catalogue

ADDRESS = "admin:check-condition"


@pytest.fixture
def browser(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def people(db):
    """Four personas and three live checklists; one more checklist is a preview."""
    load(small_catalogue())
    for number, answers in enumerate([{"here": True}, {"here": False}, {}, {"here": True, "stay_months": 3}]):
        Persona.objects.create(name=f"Persona {number}", answers=answers)
    for answers in [{"here": True}, {"here": True}, {"arrival_date": "2026-12-01", "here": None}]:
        Checklist.objects.create(answers=answers)
    Checklist.objects.create(answers={"here": True}, preview=True)


def said(browser, text, *, kind="condition", empty="always", **more):
    query = {"text": text, "kind": kind, "empty": empty, "fragment": "1", **more}
    return " ".join(browser.get(reverse(ADDRESS), query).text.split())


def test_words_and_numbers(browser, people):
    told = said(browser, "here")
    assert "If you are there." in told
    assert "It matches 2 of 4 personas (perhaps 1 more), 2 of 3 live checklists (perhaps 1 more)" in told


def test_an_unanswered_part_is_perhaps_only_where_it_still_matters(browser, people):
    assert "1 of 4 personas (perhaps 2 more), 0 of 3 live checklists (perhaps 3 more)" in said(
        browser, "here and stay_months < 6"
    )


def test_what_an_empty_field_means(browser, people):
    assert "In every case." in said(browser, "")
    assert "4 of 4 personas, 3 of 3 live checklists." in said(browser, "")
    assert "In no case." in said(browser, " ", empty="never")
    assert said(browser, "", empty="nothing") == ""


def test_a_mistake_is_shown_at_its_word_with_a_suggestion(browser, people):
    told = said(browser, "not heere")
    assert "not <mark>heere</mark>" in told
    assert "There is no question or term of this name." in told
    assert 'data-start="4" data-end="9">here</button>' in told


def test_a_date(browser, people):
    told = said(browser, "arrival_date + 3 months", kind="date", empty="nothing")
    assert "3 months after the answer to “When?”." in told
    assert "It can be counted for 0 of 4 personas (perhaps 4 more), 1 of 3 live checklists (perhaps 2 more)" in told
    assert "can be counted for" not in said(browser, "finish(nif)", kind="date", empty="nothing")


def test_what_was_typed_is_shown_as_text(browser, people):
    assert "<script>" not in said(browser, "<script>alert(1)</script>")


def test_without_scripts_it_is_a_page(browser, people):
    response = browser.get(reverse(ADDRESS), {"text": "here", "kind": "condition", "empty": "always"})
    assert "<title>" in response.text
    assert "If you are there." in response.text


def test_people_are_asked_for_once(browser, people, django_assert_max_num_queries):
    Checklist.objects.bulk_create(Checklist(answers={"here": True}) for _ in range(50))
    with django_assert_max_num_queries(20):
        assert "52 of 53 live checklists" in said(browser, "here")


@pytest.mark.parametrize("query", [{}, {"kind": "spell", "empty": "always"}, {"kind": "date", "empty": "sometimes"},
                                   {"kind": "date", "empty": "always", "text": "a" * 4001}])  # fmt: skip
def test_bad_input(browser, people, query):
    assert browser.get(reverse(ADDRESS), query).status_code == 400


def test_only_those_who_may_change_something_ask(client, people, somebody):
    query = {"text": "here", "kind": "condition", "empty": "always"}
    assert client.get(reverse(ADDRESS), query).status_code == 302
    client.force_login(somebody("somebody@example.org"))
    assert client.get(reverse(ADDRESS), query).status_code == 302
    client.force_login(somebody("staff@example.org", is_staff=True))
    assert client.get(reverse(ADDRESS), query).status_code == 403


def test_wrong_method(browser, people):
    assert browser.post(reverse(ADDRESS)).status_code == 405
