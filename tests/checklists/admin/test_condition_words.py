"""The list of words that conditions and dates are written with."""

import pytest
from django.urls import reverse

from guides.editions.loading import load
from guides.models import Term
from tests.guides.small import small_catalogue

ADDRESS = "admin:condition-words"


@pytest.fixture
def browser(client, editor):
    load(small_catalogue())
    client.force_login(editor)
    return client


def listed(browser, **headers):
    return browser.get(reverse(ADDRESS), {"data": "1"}, headers=headers)


def test_questions_come_with_their_values_in_plain_words(browser):
    found = listed(browser).json()
    asked = {question["key"]: question for question in found["questions"]}
    assert asked["destination"]["text"] == "Where to?"
    assert asked["destination"]["values"] == [["pt", "Portugal"], ["es", "Spain"]]
    assert asked["in_hand"]["values"] == "documents"
    assert ["passport", "Passport"] in found["documents"]
    assert ["de", "Germany"] in found["countries"]


def test_terms_and_what_days_are_counted_from(browser):
    found = listed(browser).json()
    assert found["terms"] == [["to_portugal", "you move to Portugal"]]
    assert ["nif", "Get a tax number"] in found["procedures"]
    assert ["by_year(pension-age, age)", "pension-age"] in found["yearly"]


def test_it_is_sent_again_only_after_something_in_it_changed(browser):
    tag = listed(browser)["ETag"]
    assert listed(browser, if_none_match=tag).status_code == 304
    Term.objects.update(phrase="you go to Portugal")
    changed = listed(browser, if_none_match=tag)
    assert changed.status_code == 200
    assert changed.json()["terms"] == [["to_portugal", "you go to Portugal"]]


def test_without_scripts_it_is_a_page(browser):
    page = browser.get(reverse(ADDRESS))
    for said in ("How they are written", "<code>to_portugal</code> you move to Portugal", "Are you there?", "Germany"):
        assert said in page.text


def test_every_condition_and_date_leads_to_it(browser):
    page = browser.get(reverse("admin:guides_term_change", args=[Term.objects.get().pk]))
    assert f'href="{reverse(ADDRESS)}"' in page.text


def test_only_editors_see_it(client, somebody):
    assert client.get(reverse(ADDRESS)).status_code == 302
    client.force_login(somebody("staff@example.org", is_staff=True))
    assert client.get(reverse(ADDRESS)).status_code == 403


def test_wrong_method(browser):
    assert browser.post(reverse(ADDRESS)).status_code == 405
