"""What the lists of the working copy tell: what is unpublished or in doubt; and finding by any text."""

import datetime

import pytest
from django.urls import reverse

from guides.editions.publication_state import unpublished
from guides.models import Document, Fact, Guide, Procedure, Source, Step
from tests.guides.forms import page

STALE = datetime.date(2020, 1, 1)


@pytest.fixture
def browser(client, editor):
    client.force_login(editor)
    return client


def keys(browser, model, **query):
    return {row.key for row in browser.get(page(model, "changelist"), query).context_data["cl"].result_list}


def row_of(browser, model, key):
    rows = browser.get(page(model, "changelist")).context_data["cl"].result_list
    return next(row.publication_state for row in rows if row.key == key)


def test_everything_is_new_before_the_first_edition(browser, working_copy):
    assert keys(browser, Procedure, state="new") == {"nif", "niss"}


def test_a_change_in_a_part_is_told_until_it_is_published(browser, edition):
    assert keys(browser, Procedure, state="published") == {"nif", "niss"}
    Step.objects.filter(key="go").update(text="Walk there.")
    assert keys(browser, Procedure, state="changed") == {"nif"}
    assert keys(browser, Procedure, state="unpublished") == {"nif"}
    assert "Changed</span>" in browser.get(page(Procedure, "changelist")).text
    assert unpublished() == 1


def test_what_was_deleted_is_told_above_the_list(browser, edition):
    Guide.objects.get(key="live-in-portugal").delete()
    response = browser.get(page(Guide, "changelist"))
    assert "Deleted here since edition 1, but still published" in response.text
    assert response.context_data["cl"].deleted == ("live-in-portugal",)


def test_facts_to_look_at_again_are_told_wherever_they_are_behind_an_entry(browser, edition):
    Fact.objects.filter(key="nif.what").update(review_due=STALE, verified_on=STALE)
    assert keys(browser, Procedure, evidence="stale") == {"nif", "niss"}
    assert keys(browser, Document, evidence="stale") == {"nif-document"}
    assert keys(browser, Source, evidence="stale") == {"portal", "blog"}
    assert keys(browser, Guide, evidence="stale") == set()
    assert row_of(browser, Fact, "nif.what").stale == {"nif.what"}
    assert "1 review overdue" in browser.get(page(Document, "changelist")).text


def test_facts_that_nobody_verified_are_told(browser, edition):
    assert keys(browser, Procedure, evidence="unverified") == {"nif"}
    assert keys(browser, Guide, evidence="unverified") == {"work-in-portugal"}
    assert "1 fact never verified" in browser.get(page(Procedure, "changelist")).text


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("NUMBER", {"nif", "niss"}),
        ("walk", set()),
        ("agents charge", {"nif"}),
        ("quickest", {"nif"}),
        ("taxpayer", set()),
        ("the tax number.", {"nif", "niss"}),
        ("passport patience", {"nif"}),
        ("financas", {"nif", "niss"}),
        ("FINANÇAS pedir niss", {"niss"}),
        ("stay_months", {"nif"}),
    ],
)
def test_procedures_are_found_by_any_text_in_them_or_behind_them(browser, working_copy, words, found):
    assert keys(browser, Procedure, q=words) == found


def test_lists_take_the_same_queries_however_long_they_are(browser, edition, django_assert_num_queries):
    address = page(Fact, "changelist")
    browser.get(address, {"q": "nif"})
    with django_assert_num_queries(19) as few:
        browser.get(address, {"q": "nif"})
    country = Fact.objects.first().country
    Fact.objects.bulk_create(
        Fact(key=f"nif.{number}", country=country, statement="So it is.", confidence="guide") for number in range(40)
    )
    with django_assert_num_queries(len(few)):
        browser.get(address, {"q": "nif"})


def test_the_start_page_counts_what_is_unpublished(browser, client, publisher, edition):
    start = reverse("admin:index")
    assert "Everything here is published." in browser.get(start).text
    Step.objects.filter(key="go").update(text="Walk there.")
    Guide.objects.get(key="live-in-portugal").delete()
    told = browser.get(start).text
    assert "3 entries differ from the current edition." in told
    assert "See what would be published" in told
    client.force_login(publisher)
    assert "See the changes and publish them" in client.get(start).text
