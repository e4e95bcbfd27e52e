"""That an account keeps a checklist is shown on it, and whoever had it before can undo it."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from checklists.models import Checklist
from tests.checklists.access.conftest import sign_in
from tests.checklists.pages import address

pytestmark = pytest.mark.django_db

PAGES = [("checklist",), ("answers",), ("keep",), ("mail",), ("changes",), ("question", "housing"), ("task", "nif")]
OTHERS = "The account of a…@example.org has kept this checklist since"
TAKE_OUT = "Not mine: take it out of that account"


@pytest.fixture
def maker(client, published):
    """The browser that made a checklist, an hour ago."""
    an_hour_ago(client, lambda: client.post(reverse("checklists:start"), {"destination": "es"}))
    return client


@pytest.fixture
def checklist(maker):
    return Checklist.objects.get()


def an_hour_ago(browser, act):
    real = timezone.now
    timezone.now = lambda: real() - datetime.timedelta(hours=1)
    try:
        act()
    finally:
        timezone.now = real


def a_minute_ago():
    """Let the claim be a minute old."""
    Checklist.objects.update(claimed_at=timezone.now() - datetime.timedelta(minutes=1))


@pytest.fixture
def thief(client_of, checklist, person):
    """Somebody who got the link and took the checklist into their account."""
    browser = client_of()
    browser.post(address("remember", checklist))
    sign_in(browser, person.email)
    checklist.refresh_from_db()
    assert checklist.owner == person
    return browser


class TestAClaim:
    @pytest.mark.parametrize("page", [page for page in PAGES if page[0] != "task"])
    def test_is_shown_on_every_page_with_a_masked_address(self, maker, checklist, thief, person, page):
        text = maker.get(address(page[0], checklist, *page[1:])).text
        assert OTHERS in text
        assert TAKE_OUT in text
        assert person.email not in text

    def test_is_shown_to_whoever_made_it_as_their_own(self, thief, checklist):
        text = thief.get(checklist.get_absolute_url()).text
        assert "Your account has kept this checklist since" in text
        assert TAKE_OUT not in text

    def test_is_shown_to_a_stranger_without_a_way_to_undo_it(self, client_of, checklist, thief):
        text = client_of().get(checklist.get_absolute_url()).text
        assert OTHERS in text
        assert TAKE_OUT not in text

    def test_is_undone_by_the_browser_that_made_the_checklist(
        self, maker, checklist, thief, person, django_capture_on_commit_callbacks
    ):
        assert maker.get(address("keep", checklist)).status_code == 200
        assert maker.get(reverse("privacy:checklist-data", args=[checklist.token])).status_code == 403
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            response = maker.post(address("take-out", checklist), follow=True)
        assert "is in no account any more" in response.text
        checklist.refresh_from_db()
        assert (checklist.owner, checklist.claimed_at) == (None, None)
        [message] = [sent for sent in mail.outbox if "taken out of your account" in sent.subject]
        assert message.to == [person.email]
        assert checklist.token not in message.body + message.alternatives[0].content
        assert maker.get(reverse("privacy:checklist-data", args=[checklist.token])).status_code == 200

    def test_is_not_undone_by_whoever_came_later(self, client_of, checklist, thief, person):
        late = client_of()
        late.post(address("remember", checklist))
        a_minute_ago()
        for browser in (late, client_of()):
            assert browser.post(address("take-out", checklist)).status_code == 403
        checklist.refresh_from_db()
        assert checklist.owner == person

    def test_is_not_undone_by_whoever_says_they_were_earlier(self, client_of, checklist, thief):
        forger = client_of()
        forger.cookies["checklist"] = f"{checklist.token}.0"
        assert forger.post(address("take-out", checklist)).status_code == 403

    def test_remembering_again_makes_nobody_younger(self, maker, checklist, thief):
        a_minute_ago()
        maker.post(address("remember", checklist))
        assert maker.post(address("take-out", checklist)).status_code == 302

    def test_without_one_nothing_is_undone(self, maker, checklist):
        assert maker.post(address("take-out", checklist)).status_code == 403
        assert maker.get(address("take-out", checklist)).status_code == 405

    def test_begins_when_somebody_starts_a_checklist_signed_in(self, client, published, person):
        client.force_login(person)
        client.post(reverse("checklists:start"), {"destination": "es"})
        assert Checklist.objects.get().claimed_at


class TestReplacingTheLink:
    """Afterwards nobody has a way in who had one before, but those of whom the reader said so."""

    def test_ends_a_claim_and_so_the_way_by_the_account(self, maker, checklist, thief):
        assert "leave the checklist in that account" in maker.get(address("keep", checklist)).text
        maker.post(address("new-link", checklist))
        checklist.refresh_from_db()
        assert checklist.owner is None
        assert checklist.get_absolute_url() not in thief.get("/account/").text
        assert thief.get("/my-checklist/").url == reverse("checklists:start")

    def test_leaves_it_where_the_reader_says_so(self, maker, checklist, thief, person):
        maker.post(address("new-link", checklist), {"keep_claim": "on"})
        checklist.refresh_from_db()
        assert checklist.owner == person

    def test_leaves_it_where_the_account_was_first(self, client_of, checklist, thief, person):
        late = client_of()
        a_minute_ago()
        assert "and finds the new link too" in late.get(address("keep", checklist)).text
        late.post(address("new-link", checklist))
        checklist.refresh_from_db()
        assert checklist.owner == person

    def test_leaves_the_own_account_as_it_is(self, thief, checklist, person):
        thief.post(address("new-link", checklist))
        checklist.refresh_from_db()
        assert checklist.owner == person

    def test_keeps_since_when_the_browser_has_held_it(self, maker, checklist, thief):
        a_minute_ago()
        maker.post(address("new-link", checklist), {"keep_claim": "on"})
        checklist.refresh_from_db()
        assert TAKE_OUT in maker.get(checklist.get_absolute_url()).text
