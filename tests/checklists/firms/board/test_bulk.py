"""Doing one thing to many cases: what is asked, what is done, and for whom nothing at all."""

import dataclasses
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from checklists.firms.board.bulk.verbs import VERBS
from checklists.models import Case, CasePerson, HistoryEntry, Message
from tests.checklists.firms.board.conftest import in_days


@pytest.fixture
def bulk(client, firm, board):
    """Sends the form of the list; ``sure``: also the page that asks, as it came."""

    def send(verb, cases=(), *, sure=True, query="?", everything=False, **fields):
        address = reverse("board:bulk", args=[firm.organisation.slug])
        data = {"verb": verb, "query": query, "cases": [case.pk for case in cases]}
        data |= {"everything": "1"} if everything else {}
        asked = client.post(address, data)
        if not sure or asked.status_code != 200:
            return asked
        page = asked.content.decode()
        hidden = re.findall(r'type="hidden" name="(seen|verb|query|everything|cases)" value="([^"]*)"', page)
        again = {name: [value.replace("&amp;", "&") for key, value in hidden if key == name] for name, _value in hidden}
        return client.post(address, again | fields)

    return send


def text_of(client, response):
    return client.get(response["Location"]).content.decode()


@pytest.fixture
def three(having):
    return [having("Ana", next_deadline=in_days(1)), having("Bo"), having("Carla", waiting_for="client")]


def fresh(cases):
    return list(Case.objects.filter(pk__in=[case.pk for case in cases]).order_by("pk"))


def test_assign(bulk, client, firm, three):
    asked = bulk("assign", three[:2], sure=False).content.decode()
    assert "Assign 2 cases" in asked
    assert "Ana, Bo" in asked
    assert all(case.assignee is None for case in fresh(three))
    response = bulk("assign", three[:2], assignee=firm.owner.pk)
    assert "2 cases were assigned." in text_of(client, response)
    assert [case.assignee for case in fresh(three)] == [firm.owner, firm.owner, None]
    assert HistoryEntry.objects.filter(verb="assigned").count() == 2
    again = text_of(client, bulk("assign", three, assignee=firm.owner.pk))
    assert "1 case was assigned." in again and "2 were so already." in again
    bulk("assign", three, assignee="nobody")
    assert not any(case.assignee for case in fresh(three))


def test_move_wait_prioritise_label_archive_and_restore(bulk, client, firm, three):
    stage = firm.organisation.stages.last()
    label = firm.organisation.labels.create(name="Family")
    bulk("move", three, stage=stage.pk)
    bulk("wait", three, waiting="office")
    bulk("prioritise", three, priority="3")
    bulk("label", three, label=label.pk)
    for case in fresh(three):
        assert (case.stage, case.waiting_for, case.priority, list(case.labels.all())) == (stage, "office", 3, [label])
    bulk("unlabel", three, label=label.pk)
    bulk("wait", three[:1], waiting="nobody")
    response = bulk("archive", three[:2])
    assert "2 cases are in the archive." in text_of(client, response)
    assert [case.archived_at is not None for case in fresh(three)] == [True, True, False]
    assert not label.cases.exists()
    bulk("restore", three[:1], query="?archived=1")
    assert fresh(three)[0].archived_at is None


def test_everything_means_what_the_filters_leave(bulk, client, firm, three, having):
    having("Dora", waiting_for="client")
    response = bulk("assign", query="?waiting=client", everything=True, assignee=firm.advisor.pk)
    assert response["Location"].endswith("?waiting=client")
    assert set(Case.objects.filter(assignee=firm.advisor).values_list("name", flat=True)) == {"Carla", "Dora"}


def test_who_saw_other_cases_counted_looks_again(bulk, client, firm, three, having):
    page = bulk("assign", everything=True, sure=False).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    having("Dora")
    address = reverse("board:bulk", args=[firm.organisation.slug])
    data = {"verb": "assign", "query": "?", "everything": "1", "seen": seen, "assignee": firm.owner.pk}
    response = client.post(address, data)
    assert response.status_code == 409
    page = response.content.decode()
    assert "The list has changed since you looked" in page
    assert "Assign 4 cases" in page
    assert f'value="{firm.owner.pk}" selected' in page
    assert not Case.objects.exclude(assignee=None).exists()


def test_too_many_or_none_are_refused_in_words(bulk, client, three, monkeypatch):
    assert "No case is ticked" in text_of(client, bulk("archive"))
    monkeypatch.setitem(VERBS, "archive", dataclasses.replace(VERBS["archive"], most=2))
    assert "More than 2 cases match" in text_of(client, bulk("archive", everything=True))
    assert not Case.objects.archived().exists()


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("assign", {"assignee": "999999"}),
        ("assign", {}),
        ("move", {"stage": "x"}),
        ("wait", {"waiting": "godot"}),
        ("label", {"label": "1"}),
        ("message", {}),
        ("message", {"text": "Dear {nickname}"}),
        ("message", {"text": "x" * 4001}),
    ],
)
def test_bad_input_is_said_and_nothing_done(bulk, three, verb, fields):
    before = HistoryEntry.objects.count()
    response = bulk(verb, three, **fields)
    assert response.status_code == 422
    for text in fields.values():
        assert verb != "message" or text in response.content.decode()
    assert HistoryEntry.objects.count() == before


def test_stages_labels_and_people_of_another_firm_are_no_choices(bulk, other_firm, three):
    label = other_firm.organisation.labels.create(name="Theirs")
    for verb, fields in (
        ("move", {"stage": other_firm.organisation.stages.first().pk}),
        ("assign", {"assignee": other_firm.advisor.pk}),
        ("label", {"label": label.pk}),
    ):
        assert bulk(verb, three, **fields).status_code == 422


@pytest.mark.parametrize("verb", ["assign", "archive", "message"])
def test_one_case_of_another_firm_among_them_and_nothing_is_done(bulk, other_firm, having, three, verb):
    theirs = having("Theirs", of=other_firm)
    response = bulk(verb, [*three, theirs])
    assert response.status_code == 404
    assert "No case was changed" in response.content.decode()
    assert not Case.objects.archived().exists()


def test_messages_are_filled_in_for_each_who_shares_their_checklist(bulk, client, firm, three):
    page = bulk("message", three, sure=False).content.decode()
    assert "3 people get the message" in page
    CasePerson.objects.filter(case=three[1]).update(revoked_at=timezone.now())
    response = bulk("message", three, text="Dear {client}, yours, {advisor}")
    assert "2 messages were written." in text_of(client, response)
    texts = set(Message.objects.values_list("text", flat=True))
    assert texts == {"Dear Ana, yours, Adam Advisor", "Dear Carla, yours, Adam Advisor"}


def test_messages_from_a_template(bulk, firm, three):
    template = firm.organisation.templates.create(name="Hello", text="Hello {client}")
    assert bulk("message", three, template=template.pk, text="Both").status_code == 422
    bulk("message", three[:1], template=template.pk)
    assert Message.objects.get().text == "Hello Ana"


def test_nobody_gets_a_message_with_a_gap_in_it(bulk, three):
    response = bulk("message", three, text="It is due on {deadline}")
    assert response.status_code == 422
    assert "not known of Bo and Carla" in response.content.decode()
    assert not Message.objects.exists()


def test_viewers_strangers_and_whoever_is_not_signed_in_do_nothing(bulk, client, firm, other_firm, three):
    client.force_login(firm.viewer)
    assert bulk("archive", three).status_code == 403
    assert 'name="verb"' not in client.get(reverse("board:cases", args=[firm.organisation.slug])).content.decode()
    client.force_login(other_firm.owner)
    assert bulk("archive", three).status_code == 404
    client.logout()
    assert "/account/login/" in bulk("archive", three)["Location"]
    assert not Case.objects.archived().exists()


def test_only_what_there_is_and_only_sent_as_a_form(bulk, board, client, firm, three):
    assert bulk("explode", three).status_code == 404
    assert client.get(reverse("board:bulk", args=[firm.organisation.slug])).status_code == 405


def test_as_many_queries_for_many_as_for_one(bulk, client, firm, having, django_assert_max_num_queries):
    cases = [having(f"Case {number}") for number in range(30)]
    with django_assert_max_num_queries(50):
        bulk("assign", cases, assignee=firm.owner.pk)


def test_history_tells_apart_what_was_changed(bulk, firm, three):
    Case.objects.filter(pk=three[0].pk).update(assignee=firm.owner)
    bulk("assign", three, assignee=firm.owner.pk)
    assert HistoryEntry.objects.filter(verb="assigned").count() == 2
