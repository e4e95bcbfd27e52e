"""Two editors on one entry never overwrite each other silently."""

import re
import threading
from html import unescape

import pytest
from django.db import connections
from django.test import Client

from guides.editions.loading import load
from guides.editions.working_copy import snapshot
from guides.models import Document, Procedure, Requirement, Step
from tests.guides.forms import filled_form, page
from tests.guides.small import changed, small_catalogue

ROW, CELL, TAG = re.compile("<tr>(.*?)</tr>", re.S), re.compile("<(t[hd]).*?>(.*?)</\\1>", re.S), re.compile("<.*?>")
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def procedure(working_copy):
    return Procedure.objects.get(key="nif")


@pytest.fixture
def address(procedure):
    return page(Procedure, "change", procedure.pk)


@pytest.fixture
def me(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def other(publisher):
    client = Client()
    client.force_login(publisher)
    return client


def fields_of(response):
    """What the form of the page would send, with several values for one name."""
    found = {}
    for name, value in HIDDEN.findall(response.text):
        found.setdefault(unescape(name), []).append(unescape(value))
    return found


def told(response):
    """The comparison on the page: by place, what is stored now and what was sent."""
    table = response.text.partition('<table class="conflict">')[2].partition("</table>")[0]
    rows = [
        [" ".join(unescape(TAG.sub(" ", cell)).split()) for _, cell in CELL.findall(row)] for row in ROW.findall(table)
    ]
    return {place: (theirs, mine) for place, theirs, mine in rows[1:]}


def save(client, address, **changes):
    return client.post(address, {**filled_form(client.get(address)), **changes})


def in_turn(me, other, address, theirs, mine):
    """I open the page, the other one changes it, I save."""
    drawn = filled_form(me.get(address))
    assert save(other, address, **theirs).status_code == 302
    return me.post(address, {**drawn, **mine})


def test_both_versions_are_shown_and_nothing_is_saved(me, other, address, procedure):
    response = in_turn(me, other, address, {"name": "Ask for a NIF"}, {"steps-0-text": "Walk there."})
    assert response.status_code == 409
    assert told(response) == {
        "Name": ("Ask for a NIF", "Get a tax number"),
        "Step go › text": ("Go there.", "Walk there."),
    }
    assert "publisher@example.org" in response.text
    procedure.refresh_from_db()
    assert (procedure.name, procedure.steps.first().text) == ("Ask for a NIF", "Go there.")


def test_mine_can_be_saved_over_theirs(me, other, address, procedure):
    response = in_turn(me, other, address, {"name": "Ask for a NIF"}, {"steps-0-text": "Walk there."})
    assert me.post(address, fields_of(response)).status_code == 302
    procedure.refresh_from_db()
    assert (procedure.name, procedure.steps.first().text) == ("Get a tax number", "Walk there.")


def test_a_third_change_in_between_is_not_overwritten_either(me, other, address):
    response = in_turn(me, other, address, {"name": "Ask for a NIF"}, {"reason": "So it is."})
    save(other, address, name="Ask for the NIF")
    assert me.post(address, fields_of(response)).status_code == 409


def test_rows_that_came_and_went_there_are_told_and_undone(me, other, address, procedure, small):
    drawn = filled_form(me.get(address))
    Step.objects.get(key="go").delete()
    Requirement.objects.get().alternatives.last().delete()
    procedure.steps.create(key="sit", text="Sit down.")
    procedure.requirements.create(key="money", name="Money").alternatives.create().documents.set(Document.objects.all())
    response = me.post(address, {**drawn, "steps-1-DELETE": "on", "local_name": "NIF"})
    assert response.status_code == 409
    assert told(response) == {
        "Local name": ("Pedir o NIF", "NIF"),
        "Requirement money": (
            "Key: money Name: Money Alternative 1 › documents: nif-document, passport",
            "Not in your version.",
        ),
        "Requirement identity › alternative 2": ("Not there.", "Documents: passport"),
        "Step ask": ("Key: ask Text: Ask. Facts: nif.fee", "Not in your version."),
        "Step sit": ("Key: sit Text: Sit down.", "Not in your version."),
        "Step go": ("Not there.", "Key: go Text: Go there. When: here Links: portal-page Facts: nif.what"),
    }
    saved = me.post(address, fields_of(response))
    assert saved.status_code == 302
    nif = snapshot().procedures[0]
    assert nif.requirements == small.procedures[0].requirements
    assert ([step.text for step in nif.steps], nif.local_name) == (["Go there."], "NIF")


def test_another_order_and_what_does_not_fit_the_schema_yet_are_told(me, other, address, procedure):
    drawn = filled_form(me.get(address))
    save(other, address, **{"steps-0-position": "9"})
    procedure.requirements.create(key="money", name="Money")
    assert told(me.post(address, drawn)) == {
        "Requirement money": ("Key: money Name: Money Alternative:", "Not in your version."),
        "Step go": ("In another place.", "In the first place"),
    }


def test_what_an_import_made_anew_is_replaced_too(me, other, address, small):
    drawn = filled_form(me.get(address))
    load(changed(small, "procedures", "nif", name="Ask for a NIF"))
    response = me.post(address, {**drawn, "steps-0-text": "Walk there."})
    assert response.status_code == 409
    assert me.post(address, fields_of(response)).status_code == 302
    nif = snapshot().procedures[0]
    assert (nif.name, [step.text for step in nif.steps]) == ("Get a tax number", ["Walk there.", "Ask."])
    assert [sorted(way.documents) for way in nif.requirements[0].alternatives] == [
        ["nif-document", "passport"],
        ["passport"],
    ]


def test_a_page_that_is_refused_deletes_nothing(me, address, procedure):
    drawn = filled_form(me.get(address))
    procedure.steps.create(key="sit", text="Sit down.")
    assert me.post(address, {**drawn, "required_when": "heere"}).status_code == 200
    assert procedure.steps.filter(key="sit").exists()


def test_the_same_change_twice_is_no_conflict(me, other, address):
    assert in_turn(me, other, address, {"name": "NIF"}, {"name": "NIF"}).status_code == 302


def test_a_page_that_says_nothing_of_its_base_is_not_trusted(me, address):
    form = filled_form(me.get(address))
    del form["_seen"]
    assert me.post(address, {**form, "name": "NIF"}).status_code == 409


def test_bad_input_keeps_its_base(me, other, address):
    drawn = filled_form(me.get(address))
    refused = me.post(address, {**drawn, "required_when": "heere"})
    assert refused.status_code == 200
    save(other, address, name="Ask for a NIF")
    assert me.post(address, {**filled_form(refused), "required_when": "here"}).status_code == 409


def test_what_was_written_into_a_deleted_entry_can_be_made_again(me, other, procedure, address):
    drawn = filled_form(me.get(address))
    procedure.required_by.all().delete()
    procedure.delete()
    response = me.post(address, {**drawn, "name": "Ask for a NIF"})
    assert response.status_code == 409
    assert told(response)["Name"] == ("—", "Ask for a NIF")
    assert me.post(page(Procedure, "add"), fields_of(response)).status_code == 302
    made = Procedure.objects.get(key="nif")
    assert made.name == "Ask for a NIF"
    assert [step.text for step in made.steps.all()] == ["Go there.", "Ask."]
    assert made.requirements.get().alternatives.count() == 2


def test_bad_input_for_a_deleted_entry_is_mended_on_the_page_of_a_new_one(me, other, procedure, address):
    drawn = filled_form(me.get(address))
    procedure.required_by.all().delete()
    procedure.delete()
    refused = me.post(address, {**drawn, "required_when": "heere"})
    assert "Somebody deleted this entry after you opened it." in refused.text
    assert f'action="{page(Procedure, "add")}"' in refused.text
    assert me.post(page(Procedure, "add"), {**filled_form(refused), "required_when": "here"}).status_code == 302
    assert Procedure.objects.get(key="nif").steps.count() == 2


def test_deleting_what_changed_meanwhile_is_refused_until_said_again(me, other, working_copy):
    row = Procedure.objects.get(key="niss")
    address, delete = page(Procedure, "change", row.pk), page(Procedure, "delete", row.pk)
    row.guides.clear()
    base = {"post": "yes", "_seen": fields_of(me.get(delete))["_seen"]}
    save(other, address, name="NISS")
    response = me.post(delete, base)
    assert response.status_code == 409
    assert Procedure.objects.filter(key="niss").exists()
    assert me.post(delete, fields_of(response)).status_code == 302
    assert not Procedure.objects.filter(key="niss").exists()


def test_several_entries_are_not_deleted_at_once(me, working_copy):
    assert "delete_selected" not in me.get(page(Procedure, "changelist")).text


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_is_refused(somebody):
    load(small_catalogue())
    address = page(Procedure, "change", Procedure.objects.get(key="nif").pk)
    clients, forms, statuses = [Client(), Client()], [], []
    for number, client in enumerate(clients):
        client.force_login(somebody(f"editor-{number}@example.org", is_staff=True, is_superuser=True))
        forms.append({**filled_form(client.get(address)), "name": f"NIF {number}"})
    start = threading.Barrier(2)

    def send(client, form):
        try:
            start.wait()
            statuses.append(client.post(address, form).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=pair) for pair in zip(clients, forms, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [302, 409]
