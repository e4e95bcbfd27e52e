"""Every page of a case, for everybody: works, wrong person, wrong method."""

import re

import pytest
from django.urls import reverse

from checklists.firms.casework.notes import write_note
from checklists.firms.casework.services import add_task, ask
from checklists.models import HistoryEntry
from tests.checklists.pages import attributes

# Name, the row in the address, whether a viewer may look, and what is sent; None where nothing can be sent.
PAGES = {
    "case": (None, True, None),
    "messages": (None, None, None),
    "requests": (None, True, None),
    "tasks": (None, True, None),
    "notes": (None, True, {"text": "A note"}),
    "timeline": (None, True, None),
    "messages-with": ("person", True, {"text": "A message"}),
    "ask": ("person", False, {"text": "A request"}),
    "add-task": ("person", False, {"text": "A task"}),
    "received": ("request", False, {"text": ""}),
    "change-note": ("note", False, {"text": "Another note"}),
    "ask-for-papers": (None, None, {"papers": "1:passport"}),
    "withdraw": ("request", None, {}),
    "tick-task": ("task", None, {"done": "1"}),
    "remove-task": ("task", None, {}),
    "delete-note": ("note", None, {"seen": ""}),
    "change": (None, None, {"stage": "", "assignee": "", "waiting_for": "office"}),
}
CHANGING = [name for name, (_row, _viewer, sent) in PAGES.items() if sent is not None]
LOOKING = [name for name, (_row, viewer, _sent) in PAGES.items() if viewer is not None]
WITH_A_ROW = [name for name, (row, _viewer, _sent) in PAGES.items() if row]


@pytest.fixture
def rows_of(firm):
    """Makes a case with one row of each kind, and gives their keys."""

    def make(of):
        case = of.case("Ana Silva", email="ana@example.org")
        person = case.people.get()
        return case, {
            "person": person.pk,
            "request": ask(person=person, text="Your lease", by=of.advisor).pk,
            "task": add_task(person=person, text="Call the school", by=of.advisor).pk,
            "note": write_note(case=case, text="Likes tea", by=of.advisor).pk,
        }

    return make


@pytest.fixture
def address_of(firm, rows_of):
    case, rows = rows_of(firm)

    def make(name):
        row = PAGES[name][0]
        return reverse(f"casework:{name}", args=[firm.organisation.slug, case.pk, *([rows[row]] if row else [])])

    return make


@pytest.mark.parametrize("name", LOOKING)
def test_members_of_the_firm_may_look(client, firm, address_of, name):
    for user in (firm.owner, firm.advisor):
        client.force_login(user)
        if name == "change-note" and user == firm.owner:
            continue  # It is the advisor's.
        assert client.get(address_of(name)).status_code == 200
    client.force_login(firm.viewer)
    assert client.get(address_of(name)).status_code == (200 if PAGES[name][1] else 403)


@pytest.mark.parametrize("name", CHANGING)
def test_viewers_send_nothing(client, firm, address_of, name):
    address, before = address_of(name), HistoryEntry.objects.count()
    client.force_login(firm.viewer)
    assert client.post(address, PAGES[name][2]).status_code == 403
    assert HistoryEntry.objects.count() == before


@pytest.mark.parametrize("name", PAGES)
def test_for_others_there_is_no_such_case(client, other_firm, somebody, address_of, name):
    address, before = address_of(name), HistoryEntry.objects.count()
    for user in (other_firm.owner, somebody("client@example.com")):
        client.force_login(user)
        assert client.get(address).status_code in (404, 405)
        assert client.post(address, PAGES[name][2] or {}).status_code == 404
    assert HistoryEntry.objects.count() == before


@pytest.mark.parametrize("name", PAGES)
def test_everybody_else_is_asked_to_sign_in(client, address_of, name):
    address, before = address_of(name), HistoryEntry.objects.count()
    for response in (client.get(address), client.post(address, PAGES[name][2] or {})):
        assert response.status_code == 302
        assert "/login/" in response.headers["Location"]
    assert HistoryEntry.objects.count() == before


@pytest.mark.parametrize("name", [name for name in PAGES if name not in CHANGING])
def test_pages_to_look_at_take_no_form(client, firm, address_of, name):
    client.force_login(firm.advisor)
    assert client.post(address_of(name)).status_code == 405


@pytest.mark.parametrize(
    "name", ["change", "ask-for-papers", "withdraw", "tick-task", "remove-task", "delete-note", "seen"]
)
def test_buttons_lead_to_no_page(client, firm, case, address_of, name):
    client.force_login(firm.advisor)
    address = reverse("casework:seen", args=[firm.organisation.slug, case.pk]) if name == "seen" else address_of(name)
    assert client.get(address).status_code == 405


@pytest.mark.parametrize("name", WITH_A_ROW)
def test_rows_of_another_case_are_not_there(client, firm, other_firm, rows_of, name):
    """Neither those of another case of the same firm, nor those of another firm."""
    case, _rows = rows_of(firm)
    row, _viewer, sent = PAGES[name]
    client.force_login(firm.advisor)
    for of in (firm, other_firm):
        _case, others = rows_of(of)
        before = HistoryEntry.objects.count()
        address = reverse(f"casework:{name}", args=[firm.organisation.slug, case.pk, others[row]])
        assert client.post(address, sent).status_code == 404
        assert client.get(address).status_code in (404, 405)
        assert HistoryEntry.objects.count() == before


def test_a_colleagues_note_is_not_changed_by_others(client, firm, address_of):
    client.force_login(firm.owner)
    for name in ("change-note", "delete-note"):
        assert client.post(address_of(name), PAGES[name][2]).status_code == 403


def test_whoever_left_the_firm_sends_nothing_from_an_open_tab(client, firm, address_of):
    client.force_login(firm.advisor)
    assert client.get(address_of("notes")).status_code == 200
    firm.organisation.memberships.filter(user=firm.advisor).delete()
    assert client.post(address_of("notes"), {"text": "Too late"}).status_code == 404


def test_viewers_see_no_form_but_their_own_mark(client, firm, address_of, case):
    client.force_login(firm.viewer)
    for name in LOOKING:
        if PAGES[name][1]:
            forms = map(attributes, re.findall(r"<form[^>]*>", client.get(address_of(name)).text))
            sent = {form["action"] for form in forms if form.get("method") == "post"}
            assert not [address for address in sent if not address.endswith("/seen/")]
