import pytest
from django.urls import reverse

from checklists.firms.casework.notes import write_note
from checklists.models import CaseNote, HistoryEntry
from checklists.seen import fingerprint
from tests.addresses import addresses
from tests.checklists.pages import hidden_fields


def seen_text(text):
    return fingerprint({"text": text})


@pytest.fixture
def note(firm, case):
    return write_note(case=case, text="Likes tea", by=firm.advisor)


def test_writing_changing_and_deleting(advisor, firm, case, page):
    response = advisor.post(page("notes"), {"text": "Likes tea"}, follow=True)
    assert "Noted. Only your firm can read it." in response.text
    note = CaseNote.objects.get()
    assert (note.author, note.case) == (firm.advisor, case)
    sent = {"text": "Likes coffee", "seen": seen_text("Likes tea")}
    assert "Likes coffee" in advisor.post(page("change-note", note.pk), sent, follow=True).text
    response = advisor.post(page("delete-note", note.pk), {"seen": seen_text("Likes coffee")}, follow=True)
    assert "The note is deleted." in response.text
    assert not CaseNote.objects.exists()
    verbs = HistoryEntry.objects.filter(case_number=case.pk).values_list("verb", flat=True)
    assert list(verbs)[:3] == ["note-deleted", "note-changed", "note-written"]


@pytest.mark.parametrize("text", ["", " ", "x" * 4001])
def test_bad_notes_are_refused_and_kept(advisor, note, page, text):
    for address in (page("notes"), page("change-note", note.pk)):
        response = advisor.post(address, {"text": text, "seen": seen_text("Likes tea")})
        assert response.status_code == 422
        assert text.strip() in response.text
    assert CaseNote.objects.get().text == "Likes tea"


def test_a_note_changed_in_two_windows(advisor, note, page):
    seen = seen_text("Likes tea")
    assert advisor.post(page("change-note", note.pk), {"text": "Likes coffee", "seen": seen}).status_code == 302
    response = advisor.post(page("change-note", note.pk), {"text": "Likes <milk>", "seen": seen})
    assert response.status_code == 409
    assert "Likes coffee" in response.text and "Likes &lt;milk&gt;" in response.text
    assert CaseNote.objects.get().text == "Likes coffee"
    assert advisor.post(page("change-note", note.pk), hidden_fields(response)).status_code == 302
    assert CaseNote.objects.get().text == "Likes <milk>"


def test_a_note_that_was_changed_meanwhile_is_not_deleted(advisor, note, page):
    response = advisor.post(page("delete-note", note.pk), {"seen": seen_text("Something else")})
    assert response.status_code == 409
    assert "Likes tea" in response.text and "you wanted to delete it" in response.text
    assert CaseNote.objects.exists()


def test_a_note_that_was_deleted_meanwhile_can_be_kept_as_a_new_one(advisor, note, page):
    key = note.pk
    note.delete()
    response = advisor.post(page("change-note", key), {"text": "Likes coffee", "seen": seen_text("Likes tea")})
    assert response.status_code == 409
    assert "Keep mine as a new note" in response.text and "Likes coffee" in response.text
    assert f'action="{page("notes")}"' in response.text
    assert advisor.get(page("change-note", key)).status_code == 404


def test_no_page_of_a_client_shows_an_internal_note(client, published, firm, moving, somebody):
    """Every address below the client's link, with and without their account."""
    write_note(case=moving.case, text="CANARY-OF-THE-FIRM", by=firm.advisor)
    moving.checklist.owner = somebody("ana@example.com", password="blue-bicycle-74", second_factor=False)
    moving.checklist.save()
    values = {"key": "empadronamiento", "kind": "procedure", "code": "x", "slug": "x"}
    opened = []
    for user in (None, moving.checklist.owner):
        if user:
            client.force_login(user)
        for address in addresses():
            if "token" not in address.arguments:
                continue
            rest = {name: values.get(name, 1) for name in address.arguments if name != "token"}
            url = reverse(address.name, kwargs={"token": moving.checklist.token, **rest})
            response = client.get(url, follow=True)
            opened.append(response.status_code)
            if not response.streaming:
                assert "CANARY-OF-THE-FIRM" not in response.text, url
    assert opened.count(200) > 10
    client.post(reverse("account_reauthenticate"), {"password": "blue-bicycle-74"})
    copy = client.get(reverse("privacy:json"))
    assert "CANARY-OF-THE-FIRM" not in copy.text
    assert copy.json()["about"]["checklists.CaseNote"][0]["firm"] == firm.organisation.name
