"""Two editors on one entry never overwrite each other silently."""

import re
import threading
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connections
from django.test import Client

from guides.editions.loading import load
from guides.editions.working_copy import snapshot
from guides.models import Document, Fact, Procedure, Requirement, Step
from tests.guides.forms import filled_form, page
from tests.guides.small import changed, small_catalogue

TAG = re.compile("<.*?>")
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


def words(markup):
    return " ".join(unescape(TAG.sub(" ", markup)).split())


def told(response):
    """The collisions on the page: by place, what is stored now and what was sent."""
    return {
        words(asked.partition("</legend>")[0]): tuple(
            words(side.partition("</b>")[2].partition("</label>")[0]) for side in asked.split("<label>")[1:3]
        )
        for asked in response.text.split("<legend>")[1:]
    }


def choose(response, take):
    """The form of the page with this choice everywhere, or by the end of the collision's name."""
    chosen = {
        name: take if isinstance(take, str) else next(word for end, word in take.items() if name.endswith(end))
        for name in re.findall('name="(_take:[^"]+)"', unescape(response.text))
    }
    return {**fields_of(response), **chosen}


def save(client, address, **changes):
    return client.post(address, {**filled_form(client.get(address)), **changes})


def in_turn(me, other, address, theirs, mine):
    """I open the page, the other one changes it, I save."""
    drawn = filled_form(me.get(address))
    assert save(other, address, **theirs).status_code == 302
    return me.post(address, {**drawn, **mine})


def test_what_only_one_of_two_changed_is_kept_from_both(me, other, address, procedure):
    theirs = {"name": "Ask for a NIF", "steps-1-text": "Ask there."}
    response = in_turn(me, other, address, theirs, {"steps-0-text": "Walk there.", "reason": "So it is."})
    assert response.status_code == 302
    procedure.refresh_from_db()
    assert (procedure.name, procedure.reason) == ("Ask for a NIF", "So it is.")
    assert [step.text for step in procedure.steps.all()] == ["Walk there.", "Ask there."]
    page_after = unescape(me.get(response.url).text)
    before = "After you opened this entry, publisher@example.org changed: "
    kept = page_after.partition(before)[2].partition(". That stays, beside what you changed.")[0]
    assert set(kept.split("; ")) == {"Name", "Step ask › text"}
    said = LogEntry.objects.first().get_change_message()
    assert "Reason" in said
    assert "Name" not in said


def test_only_what_both_changed_is_asked_and_nothing_is_saved(me, other, address, procedure):
    theirs = {"name": "Ask for a NIF", "steps-0-text": "Go there soon.", "summary": "Theirs."}
    response = in_turn(me, other, address, theirs, {"steps-0-text": "Walk there.", "reason": "So it is."})
    assert response.status_code == 409
    assert told(response) == {"Step go › text": ("Go there soon.", "Walk there.")}
    assert "When you opened it:" in response.text
    assert "stays so: Name; Summary." in words(response.text)
    assert "publisher@example.org" in response.text
    procedure.refresh_from_db()
    assert (procedure.reason != "So it is.", procedure.steps.first().text) == (True, "Go there soon.")


@pytest.mark.parametrize(("take", "text"), [("mine", "Walk there."), ("theirs", "Go there soon.")])
def test_what_is_chosen_is_saved_with_all_the_rest(me, other, address, procedure, take, text):
    theirs = {"name": "Ask for a NIF", "steps-0-text": "Go there soon."}
    response = in_turn(me, other, address, theirs, {"steps-0-text": "Walk there.", "reason": "So it is."})
    assert me.post(address, choose(response, take)).status_code == 302
    procedure.refresh_from_db()
    assert (procedure.name, procedure.reason, procedure.steps.first().text) == ("Ask for a NIF", "So it is.", text)


def test_a_choice_for_each_place_and_lists_of_both(me, other, address, procedure):
    fact = {name: str(Fact.objects.get(key=f"nif.{name}").pk) for name in ("what", "fee")}
    procedure.facts.clear()
    theirs = {"name": "Ask for a NIF", "facts": [fact["what"]]}
    response = in_turn(me, other, address, theirs, {"name": "NIF", "facts": [fact["fee"]]})
    assert set(told(response)) == {"Name", "Facts"}
    assert me.post(address, choose(response, {"name": "theirs", "facts": "both"})).status_code == 302
    procedure.refresh_from_db()
    assert procedure.name == "Ask for a NIF"
    assert {found.key for found in procedure.facts.all()} == {"nif.what", "nif.fee"}


def test_without_a_choice_nothing_is_saved(me, other, address, procedure):
    response = in_turn(me, other, address, {"name": "Ask for a NIF"}, {"name": "NIF"})
    asked = me.post(address, fields_of(response))
    assert asked.status_code == 409
    assert told(asked) == {"Name": ("Ask for a NIF", "NIF")}
    assert "needs a choice" in asked.text


def test_a_third_change_in_between_is_asked_again(me, other, address):
    response = in_turn(me, other, address, {"name": "Ask for a NIF"}, {"name": "NIF"})
    save(other, address, name="Ask for the NIF")
    again = me.post(address, choose(response, "mine"))
    assert again.status_code == 409
    assert told(again) == {"Name": ("Ask for the NIF", "NIF")}
    assert me.post(address, choose(again, "mine")).status_code == 302
    assert Procedure.objects.get(key="nif").name == "NIF"


def test_rows_that_came_and_went_on_either_side_are_kept_from_both(me, other, address, procedure):
    drawn = filled_form(me.get(address))
    Step.objects.get(key="go").delete()
    Requirement.objects.get().alternatives.last().delete()
    procedure.steps.create(key="sit", text="Sit down.")
    procedure.requirements.create(key="money", name="Money").alternatives.create().documents.set(Document.objects.all())
    response = me.post(address, {**drawn, "steps-1-DELETE": "on", "local_name": "NIF"})
    assert response.status_code == 302
    nif = snapshot().procedures[0]
    assert [step.key for step in nif.steps] == ["sit"]
    assert [found.key for found in nif.requirements] == ["identity", "money"]
    assert ([len(found.alternatives) for found in nif.requirements], nif.local_name) == ([1, 1], "NIF")


@pytest.mark.parametrize(("take", "texts"), [("mine", ["Walk there.", "Ask."]), ("theirs", ["Ask."])])
def test_a_row_that_one_took_out_and_the_other_changed_is_asked(me, other, address, procedure, take, texts):
    response = in_turn(me, other, address, {"steps-0-DELETE": "on"}, {"steps-0-text": "Walk there."})
    assert response.status_code == 409
    (theirs, mine) = told(response)["Step go"]
    assert theirs == "It is not there."
    assert "Text: Walk there." in mine
    assert me.post(address, choose(response, take)).status_code == 302
    assert [step.text for step in procedure.steps.all()] == texts


def test_another_order_is_kept_beside_other_changes(me, other, address, procedure):
    response = in_turn(me, other, address, {"steps-0-position": "9"}, {"steps-0-text": "Walk there."})
    assert response.status_code == 302
    assert [step.text for step in procedure.steps.all()] == ["Ask.", "Walk there."]


def test_what_does_not_fit_the_schema_yet_is_kept_too(me, address, procedure):
    drawn = filled_form(me.get(address))
    procedure.requirements.create(key="money", name="Money")
    assert me.post(address, {**drawn, "name": "NIF"}).status_code == 302
    assert procedure.requirements.filter(key="money").exists()


def test_what_an_import_made_anew_is_put_together_too(me, address, small):
    drawn = filled_form(me.get(address))
    load(changed(small, "procedures", "nif", name="Ask for a NIF"))
    assert me.post(address, {**drawn, "steps-0-text": "Walk there."}).status_code == 302
    nif = snapshot().procedures[0]
    assert (nif.name, [step.text for step in nif.steps]) == ("Ask for a NIF", ["Walk there.", "Ask."])
    assert [sorted(way.documents) for way in nif.requirements[0].alternatives] == [
        ["nif-document", "passport"],
        ["passport"],
    ]


def test_two_changes_that_cannot_go_together_are_refused_by_the_form(me, other, address, procedure):
    save(me, address, **{"channels-0-processing_min_days": "2", "channels-0-processing_max_days": "9"})
    theirs, mine = {"channels-0-processing_max_days": "5"}, {"channels-0-processing_min_days": "7"}
    response = in_turn(me, other, address, theirs, mine)
    assert response.status_code == 200
    assert "comes second" in response.text
    assert procedure.channels.first().processing_min_days == 2
    mended = {**filled_form(response), "channels-0-processing_min_days": "4"}
    assert me.post(address, mended).status_code == 302


@pytest.mark.parametrize("spoilt", ["", "{}", "nonsense:1:2"])
def test_a_page_whose_base_cannot_be_read_asks_for_all_that_differs(me, other, address, spoilt):
    drawn = filled_form(me.get(address))
    save(other, address, name="Ask for a NIF")
    response = me.post(address, {**drawn, "_base": spoilt, "reason": "So it is."})
    assert response.status_code == 409
    assert set(told(response)) == {"Name", "Reason"}


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
    assert me.post(address, {**filled_form(refused), "required_when": "here", "name": "NIF"}).status_code == 409


def test_what_was_written_into_a_deleted_entry_can_be_made_again(me, other, procedure, address):
    drawn = filled_form(me.get(address))
    procedure.required_by.all().delete()
    procedure.delete()
    response = me.post(address, {**drawn, "name": "Ask for a NIF"})
    assert response.status_code == 409
    assert "<dt>Name</dt><dd>Ask for a NIF</dd>" in response.text
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
