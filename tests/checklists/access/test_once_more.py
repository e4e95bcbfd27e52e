"""A form that was open while its sender was signed out, or signed in in another tab, keeps what was typed in it."""

import json

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from checklists.models import Case, CaseNote, FirmTask, Message, Request
from tests.browser_forms import Forms, form_of

OURS = {"origin": "http://testserver"}
WORDS = "Bring the blue folder.\nAnd “quotes” & <b>signs</b>."
# Each form with what is typed into it, and whether it was kept.
FORMS = {
    "casework:notes": ({"text": WORDS}, lambda: CaseNote.objects.filter(text=WORDS)),
    "casework:messages-with": ({"text": WORDS}, lambda: Message.objects.filter(text=WORDS, from_client=False)),
    "casework:ask": ({"text": WORDS, "due": "2099-01-31"}, lambda: Request.objects.filter(text=WORDS)),
    "casework:add-task": ({"text": "Call the Bank"}, lambda: FirmTask.objects.filter(text="Call the Bank")),
    "cases:edit": ({"name": "Ana de Sousa"}, lambda: Case.objects.filter(name="Ana de Sousa")),
}
EVERY_FORM = pytest.mark.parametrize("name", FORMS)


@pytest.fixture
def browser():
    """One that is asked for tokens, as in production."""
    return Client(enforce_csrf_checks=True, headers=OURS)


@pytest.fixture
def advisor(browser, firm, published):
    browser.force_login(firm.advisor)
    return browser


@pytest.fixture
def case(firm):
    return firm.case(email="ana@client.example")


def address(case, name):
    person = [case.people.get().pk] if name in ("casework:messages-with", "casework:ask", "casework:add-task") else []
    return reverse(name, args=[case.organisation.slug, case.pk, *person])


def open_form(browser, path):
    """The form of a page as it is filled in, with its token."""
    found = Forms(browser.get(path).text).found
    return found[path if path in found else ""]


def sign_out(browser):
    del browser.cookies[settings.SESSION_COOKIE_NAME]


def sign_in_elsewhere(browser, user):
    """In another tab of the same browser: Django changes the token, as with every sign-in."""
    browser.force_login(user)
    del browser.cookies[settings.CSRF_COOKIE_NAME]
    browser.get(reverse("account_login"))


@EVERY_FORM
def test_signed_out_meanwhile(advisor, firm, case, name):
    path, (typed, kept) = address(case, name), FORMS[name]
    sent = open_form(advisor, path) | typed
    sign_out(advisor)
    page = advisor.post(path, sent)
    assert page.status_code == 403
    assert "You are signed out" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    for key, value in typed.items():
        assert form_of(page, path)[key] == [value]
    assert not kept().exists()
    sign_in_elsewhere(advisor, firm.advisor)
    again = advisor.post(path, form_of(page, path))
    assert again.status_code == 403
    assert f"You are signed in as {firm.advisor}." in again.text
    assert not kept().exists()
    assert advisor.post(path, form_of(again, path)).status_code == 302
    assert kept().count() == 1


@EVERY_FORM
def test_signed_in_in_another_tab_meanwhile(advisor, firm, case, name):
    path, (typed, kept) = address(case, name), FORMS[name]
    sent = open_form(advisor, path) | typed
    sign_in_elsewhere(advisor, firm.advisor)
    page = advisor.post(path, sent)
    assert page.status_code == 403
    assert "Send this once more" in page.text
    assert form_of(page, path).keys() >= sent.keys() - {"labels"}
    assert advisor.post(path, form_of(page, path)).status_code == 302
    assert kept().count() == 1


def test_going_on_without_signing_in_keeps_it_too(advisor, case):
    path = address(case, "casework:notes")
    sent = open_form(advisor, path) | {"text": WORDS}
    sign_out(advisor)
    page = advisor.post(path, sent)
    for _time in range(3):
        page = advisor.post(path, form_of(page, path))
        assert form_of(page, path)["text"] == [WORDS]


def test_the_text_is_shown_to_be_copied_and_nothing_in_it_is_markup(advisor, case):
    path = address(case, "casework:notes")
    sent = open_form(advisor, path) | {"text": WORDS}
    sign_out(advisor)
    page = advisor.post(path, sent).text
    assert "Bring the blue folder.\nAnd “quotes” &amp; &lt;b&gt;signs&lt;/b&gt;.</textarea>" in page
    assert "<b>signs" not in page


class TestWithTheLinkAlone:
    def test_a_note_at_a_line(self, browser, firm, freelancer):
        path = reverse("checklists:item", args=[freelancer.token, "document", "passport"])
        sent = open_form(browser, path) | {"note": WORDS}
        sign_in_elsewhere(browser, firm.advisor)
        page = browser.post(path, sent)
        assert page.status_code == 403
        assert "not open to you" not in page.text
        assert browser.post(path, form_of(page, path)).status_code == 302
        assert freelancer.items.get().note == WORDS

    def test_a_message_to_a_firm(self, browser, firm, case):
        person = case.people.get()
        page = browser.get(reverse("sharing:messages", args=[person.checklist.token]))
        path = reverse("sharing:write", args=[person.checklist.token, person.pk])
        sent = form_of(page, path) | {"text": WORDS}
        sign_in_elsewhere(browser, firm.advisor)
        both = browser.post(path, sent)
        assert browser.post(path, form_of(both, path)).status_code == 302
        assert Message.objects.get().text == WORDS

    def test_through_the_door_of_a_case(self, advisor, firm, case):
        person = case.people.get()
        path = reverse("checklists:item", args=[person.door, "document", "passport"])
        sent = open_form(advisor, path) | {"note": WORDS}
        sign_out(advisor)
        page = advisor.post(path, sent)
        assert "You are signed out" in page.text
        assert form_of(page, path)["note"] == [WORDS]

    def test_answers(self, browser, firm, beginner):
        path = reverse("checklists:question", args=[beginner.token, "nationalities"])
        sent = open_form(browser, path) | {"nationalities": ["us", "de"]}
        sign_in_elsewhere(browser, firm.advisor)
        page = browser.post(path, sent)
        assert form_of(page, path)["nationalities"] == ["us", "de"]
        assert browser.post(path, form_of(page, path)).status_code == 302
        beginner.refresh_from_db()
        assert beginner.answers["nationalities"] == ["us", "de"]


class TestInPlace:
    """With htmx the form stays open: it only gets a word beside it, and the token that is good now."""

    HEADERS = OURS | {"hx-request": "true"}

    def test_signed_in_in_another_tab(self, browser, firm, freelancer):
        path = reverse("checklists:item", args=[freelancer.token, "document", "passport"])
        sent = open_form(browser, path) | {"note": WORDS}
        sign_in_elsewhere(browser, firm.advisor)
        answer = browser.post(path, sent, headers=self.HEADERS)
        assert answer.status_code == 403
        assert answer.headers["HX-Retarget"] == "#status"
        assert "save it once more" in answer.text
        assert "<main" not in answer.text
        token = json.loads(answer.headers["HX-Trigger"])["token-renewed"]
        sent["csrfmiddlewaretoken"] = token
        assert browser.post(path, sent, headers=self.HEADERS).status_code == 302
        assert freelancer.items.get().note == WORDS

    def test_signed_out(self, advisor, case):
        path = reverse("checklists:item", args=[case.people.get().door, "document", "passport"])
        sent = open_form(advisor, path) | {"note": WORDS}
        sign_out(advisor)
        answer = advisor.post(path, sent, headers=self.HEADERS)
        assert answer.status_code == 403
        assert "Sign in in a new tab" in answer.text

    def test_somebody_who_may_not_is_told_beside_the_page(self, client, firm, case, published):
        client.force_login(firm.viewer)
        path = reverse("checklists:tick", args=[case.people.get().door, "document", "passport"])
        answer = client.post(path, {"done": "1"}, headers={"hx-request": "true"})
        assert answer.status_code == 403
        assert answer.headers["HX-Retarget"] == "#status"
        assert "As a viewer you can look" in answer.text


class TestWhatIsNotCarried:
    @pytest.mark.parametrize(
        "headers",
        [
            {"origin": "https://evil.example"},
            {"origin": "null"},
            {"origin": "http://testserver.evil.example"},
            {"sec-fetch-site": "cross-site"},
            {},
        ],
    )
    def test_what_another_site_made_up(self, firm, case, headers):
        """Else one click on our own page would do what no other site may do."""
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(firm.advisor)
        path = address(case, "casework:notes")
        page = browser.post(path, {"text": WORDS}, headers=headers)
        assert page.status_code == 403
        assert "Bring the blue folder" not in page.text
        assert path not in page.text.partition("<main")[2]
        assert "Nothing was changed" in page.text

    def test_what_another_site_made_up_for_somebody_signed_out(self, case):
        path = address(case, "casework:notes")
        answer = Client().post(path, {"text": WORDS}, headers={"origin": "https://evil.example"})
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("account_login"))

    def test_old_browsers_that_name_no_origin_say_it_otherwise(self, case):
        path = address(case, "casework:notes")
        answer = Client().post(path, {"text": WORDS}, headers={"sec-fetch-site": "same-origin"})
        assert form_of(answer, path)["text"] == [WORDS]

    @pytest.mark.parametrize("page", ["account_login", "account_signup", "account_reset_password"])
    def test_passwords_and_codes(self, browser, db, page):
        path = reverse(page)
        browser.get(path)
        answer = browser.post(path, {"login": "ana@example.org", "password": "Secret-7", "password1": "Secret-7"})
        assert answer.status_code == 403
        assert "Secret-7" not in answer.text
        assert "ana@example.org" not in answer.text

    def test_passwords_elsewhere(self, browser, db):
        answer = browser.post("/admin/password_change/", {"old_password": "Secret-7", "new_password1": "Secret-8"})
        assert answer.status_code == 403
        assert "Secret" not in answer.text

    def test_files_are_left_out_and_that_is_said(self, advisor, firm):
        path = reverse("cases:import", args=[firm.organisation.slug])
        token = open_form(advisor, path)["csrfmiddlewaretoken"]
        sign_in_elsewhere(advisor, firm.advisor)
        page = advisor.post(
            path, {"csrfmiddlewaretoken": token, "file": SimpleUploadedFile("a.csv", b"name\nEva Luna\n")}
        )
        assert page.status_code == 403
        assert "A file cannot be kept" in page.text
        assert "Eva Luna" not in page.text

    def test_nothing_is_stored(self, advisor, case):
        path = address(case, "casework:notes")
        sent = open_form(advisor, path) | {"text": WORDS}
        sign_out(advisor)
        before = Session.objects.count()
        page = advisor.post(path, sent)
        assert Session.objects.count() == before
        assert settings.SESSION_COOKIE_NAME not in page.cookies


def test_looking_still_leads_to_signing_in(client, case):
    answer = client.get(address(case, "casework:notes"), headers=OURS)
    assert answer.headers["Location"].startswith(reverse("account_login"))
