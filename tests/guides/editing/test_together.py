"""Who else has an entry open, copies of entries, deleting new ones, and what a search shows first."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guides.editions.mapping import sections
from guides.models import Country, Fact, Procedure, Source, Term
from tests.guides.forms import filled_form, page


@pytest.fixture
def me(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def other(publisher):
    client = Client()
    client.force_login(publisher)
    return client


@pytest.fixture
def nif(working_copy):
    return Procedure.objects.get(key="nif")


def test_the_page_tells_who_else_has_it_open_until_they_save(me, other, nif):
    address = page(Procedure, "change", nif.pk)
    first = other.get(address)
    assert "has had this open" not in first.text
    assert "publisher@example.org has had this open since" in me.get(address).text
    assert "editor@example.org has had this open since" in other.post(page(Procedure, "open", nif.pk)).text
    other.post(address, filled_form(first))
    assert me.post(page(Procedure, "open", nif.pk)).text.strip() == ""


def test_whoever_was_not_seen_for_a_quarter_of_an_hour_is_gone(me, other, nif, monkeypatch):
    address = page(Procedure, "change", nif.pk)
    other.get(address)
    later = timezone.now() + datetime.timedelta(minutes=16)
    monkeypatch.setattr("guides.editing.presence.timezone.now", lambda: later)
    assert "has had this open" not in me.get(address).text


def test_only_editors_of_entries_that_exist_can_say_that_they_are_there(client, me, nif, somebody):
    assert me.get(page(Procedure, "open", nif.pk)).status_code == 405
    assert me.post(page(Procedure, "open", 99999)).status_code == 404
    client.force_login(somebody("staff@example.org", is_staff=True))
    assert client.post(page(Procedure, "open", nif.pk)).status_code == 403


def test_a_procedure_is_copied_with_all_its_parts(me, nif):
    address = page(Procedure, "duplicate", nif.pk)
    assert f'href="{address}"' in me.get(page(Procedure, "change", nif.pk)).text
    assert "Key of the copy" in me.get(address).text
    response = me.post(address, {"key": "nif-online"})
    copy = Procedure.objects.get(key="nif-online")
    assert response.url == page(Procedure, "change", copy.pk)
    mapping = sections()["procedures"]
    assert mapping.read(copy) == {**mapping.read(nif), "key": "nif-online"}
    assert LogEntry.objects.first().is_addition()


@pytest.mark.parametrize(
    ("key", "said"), [("nif", "is there already"), ("", "is required"), ("Not a key", "lower-case")]
)
def test_a_copy_needs_a_key_of_its_own(me, nif, key, said):
    response = me.post(page(Procedure, "duplicate", nif.pk), {"key": key})
    assert response.status_code == 422
    assert Procedure.objects.count() == 2
    assert said in response.text


@pytest.mark.parametrize("model", [Source, Fact, Term])
def test_other_entries_are_copied_too(me, working_copy, model):
    row = model.objects.first()
    assert me.post(page(model, "duplicate", row.pk), {"key": "copy"}).status_code == 302
    assert model.objects.filter(key="copy").exists()


@pytest.fixture
def new_facts(edition):
    country = Country.objects.get()
    return [
        Fact.objects.create(key=f"new.{number}", country=country, statement=f"So {number}.", confidence="guide")
        for number in range(3)
    ]


def delete(me, rows, **sent):
    pks = [row.pk for row in rows]
    return me.post(page(Fact, "changelist"), {"action": "delete_new", "_selected_action": pks, **sent})


def test_new_entries_that_nobody_names_are_shown_and_then_deleted(me, new_facts):
    published = Fact.objects.get(key="nif.fee")
    Procedure.objects.get(key="niss").facts.add(new_facts[2])
    asked = delete(me, [*new_facts, published])
    assert "So 0." in asked.text
    assert "nif.fee: It is in the current edition." in asked.text
    assert "new.2: It is named by: procedures niss" in asked.text
    assert Fact.objects.filter(key__startswith="new.").count() == 3
    done = delete(me, new_facts[:2], _seen=asked.context_data["seen"])
    assert done.status_code == 302
    assert [fact.key for fact in Fact.objects.filter(key__startswith="new.")] == ["new.2"]
    assert LogEntry.objects.filter(action_flag=3).count() == 2


def test_what_changed_after_it_was_shown_is_not_deleted(me, new_facts):
    seen = delete(me, new_facts).context_data["seen"]
    Fact.objects.filter(key="new.0").update(statement="Otherwise.")
    refused = delete(me, new_facts, _seen=seen)
    assert refused.status_code == 409
    assert "Otherwise." in refused.text
    assert Fact.objects.filter(key__startswith="new.").count() == 3


def test_what_a_condition_names_stays(me, edition):
    Term.objects.create(key="new_term", condition="here", phrase="you are there", negative_phrase="you are not")
    Procedure.objects.filter(key="niss").update(optional_when="not new_term")
    rows = {"action": "delete_new", "_selected_action": [Term.objects.get(key="new_term").pk]}
    assert "named by: procedures niss" in me.post(page(Term, "changelist"), rows).text


def test_the_action_takes_the_same_queries_however_many_entries(me, new_facts, django_assert_num_queries):
    delete(me, new_facts[:1])
    with CaptureQueriesContext(connection) as few:
        delete(me, new_facts[:1])
    country = Country.objects.get()
    more = Fact.objects.bulk_create(
        Fact(key=f"more.{number}", country=country, statement="So.", confidence="guide") for number in range(40)
    )
    with django_assert_num_queries(len(few)):
        delete(me, more)


def keys(me, query, model=Fact):
    rows = me.get(page(model, "changelist"), {"q": query}).context_data["cl"].result_list
    return [row.key for row in rows]


def test_the_key_comes_first_then_the_name_then_what_begins_with_it(me, working_copy):
    country = Country.objects.get()
    for key, text in [("aaa", "See zebra."), ("bbb", "Zebra crossing"), ("ccc", "Zebra"), ("zebra", "The rest")]:
        Fact.objects.create(key=key, country=country, statement=text, confidence="guide")
    assert keys(me, "zebra") == ["zebra", "ccc", "bbb", "aaa"]
    sorted_by_hand = me.get(page(Fact, "changelist"), {"q": "zebra", "o": "1"}).context_data["cl"].result_list
    assert next(row.key for row in sorted_by_hand) != "zebra"


@pytest.mark.parametrize("query", ["numbr", "passprt", "Financsa", "authrity"])
def test_a_slip_is_forgiven_and_told(me, working_copy, query):
    response = me.get(page(Procedure, "changelist"), {"q": query})
    found = [row.key for row in response.context_data["cl"].result_list]
    assert found
    assert f"Nothing holds “{query}”. This is found for “" in response.text


@pytest.mark.parametrize("query", ["zzzzzzzz", "nix"])
def test_what_is_like_nothing_finds_nothing(me, working_copy, query):
    assert keys(me, query) == []
