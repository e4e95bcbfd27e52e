"""Mail about changes: asked for on the checklist, confirmed by a link, stopped with one click."""

import datetime
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from checklists.models import Checklist, OutgoingMail, Subscription
from tests.checklists.publishing import somebody

pytestmark = pytest.mark.django_db
ADDRESS = {"email": "Ana@Example.org", "agreed": "on"}


@pytest.fixture
def ask(client, django_capture_on_commit_callbacks):
    """Send the form of a checklist, and do what follows in the background."""

    def ask(checklist, data=ADDRESS, **request):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("checklists:mail", args=[checklist.token]), data, **request)

    return ask


def link_in(message, page):
    return re.search(rf"http://localhost:8000(/mail/[\w-]+/{page}/)", message.body)[1]


class TestAsking:
    def test_sends_a_link_that_confirms(self, client, checklist, ask):
        assert ask(checklist).url == checklist.get_absolute_url()
        [message] = mail.outbox
        assert message.to == ["ana@example.org"]
        link = link_in(message, "confirm")
        assert client.get(link).status_code == 200
        assert Subscription.objects.get().confirmed_at is None
        response = client.post(link, follow=True)
        assert "You will get an email when the rules change your list." in response.text
        assert Subscription.objects.get().confirmed_at

    @pytest.mark.parametrize("data", [{}, {"email": "ana", "agreed": "on"}, {"email": "ana@example.org"}])
    def test_without_address_or_consent_nothing_is_kept(self, checklist, ask, data):
        response = ask(checklist, data)
        assert response.status_code == 422
        assert "Nothing was saved yet" in response.text
        assert not Subscription.objects.exists()

    def test_answer_is_the_same_whether_the_address_is_known(self, client, checklist, ask):
        other = somebody()
        known, again, unknown = ask(checklist), ask(checklist), ask(other, ADDRESS | {"email": "new@example.org"})
        pages = [client.get(response.url).text for response in (known, again, unknown)]
        assert all("Check your email" in page for page in pages[:1])
        assert {response.status_code for response in (known, again, unknown)} == {302}

    def test_address_is_never_shown(self, client, checklist, subscription):
        for page in ("checklists:checklist", "checklists:mail", "checklists:changes"):
            assert "ana@example.org" not in client.get(reverse(page, args=[checklist.token])).text

    def test_no_address_gets_more_than_three_a_day(self, checklist, ask):
        for number in range(5):
            response = ask(somebody())
            assert response.status_code == (302 if number < 3 else 429)
        assert len(mail.outbox) == 3
        assert "No email was sent: this was asked for too often. Try again in 24 hours." in response.text
        assert 'value="Ana@Example.org"' in response.text
        assert int(response.headers["Retry-After"]) > 86000

    def test_no_checklist_asks_more_than_three_addresses_a_day(self, checklist, ask):
        for number in range(5):
            ask(checklist, ADDRESS | {"email": f"{number}@example.org"})
        assert len(mail.outbox) == 3
        assert Subscription.objects.get().email == "2@example.org"

    def test_confirmed_address_cannot_be_replaced(self, client, checklist, subscription, ask):
        response = ask(checklist, ADDRESS | {"email": "eve@example.org"})
        assert Subscription.objects.get() == subscription
        assert mail.outbox == []
        assert "No email was sent: those about this list are wanted and confirmed already." in (
            client.get(response.url).text
        )

    def test_a_day_is_a_day(self, checklist, ask, monkeypatch):
        start = timezone.now()
        for _time in range(3):
            ask(checklist)
        for seconds, sent in [(300, 3), (24 * 3600 - 60, 3), (24 * 3600 + 60, 4)]:
            monkeypatch.setattr(timezone, "now", lambda later=seconds: start + datetime.timedelta(seconds=later))
            ask(checklist)
            assert len(mail.outbox) == sent

    def test_behind_the_proxy_readers_do_not_share_a_limit(self, checklist, ask, settings):
        settings.CLIENT_ADDRESS = "HTTP_X_FORWARDED_FOR"
        for number in range(26):
            proxy = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": f"10.0.0.1, 198.51.100.{number}"}
            assert ask(somebody(), ADDRESS | {"email": f"{number}@example.org"}, **proxy).status_code == 302
        assert len(mail.outbox) == 26

    @pytest.mark.parametrize(
        ("address", "served"), [("2001:db8:1:2::{:x}", 20), ("2001:db8:1:{:x}::1", 22), ("198.51.100.{}", 22)]
    )
    def test_of_the_new_addresses_the_network_counts(self, checklist, ask, address, served):
        for number in range(22):
            ask(somebody(), ADDRESS | {"email": f"{number}@example.org"}, REMOTE_ADDR=address.format(number + 1))
        assert len(mail.outbox) == served

    def test_previews_ask_nobody(self, checklist, ask):
        Checklist.objects.update(preview=True)
        ask(checklist)
        assert not Subscription.objects.exists()

    def test_wrong_link_and_wrong_method(self, client, checklist):
        assert client.post(reverse("checklists:mail", args=["A" * 22]), ADDRESS).status_code == 404
        assert client.put(reverse("checklists:mail", args=[checklist.token])).status_code == 405


class TestConfirming:
    def test_wrong_key_explains_itself(self, client, db):
        response = client.get(reverse("checklists:confirm-mail", args=["A" * 22]))
        assert response.status_code == 404
        assert "This link no longer works." in response.text

    def test_wrong_method(self, client, subscription):
        assert client.put(reverse("checklists:confirm-mail", args=[subscription.key])).status_code == 405


class TestStopping:
    @pytest.fixture
    def url(self, subscription):
        return reverse("checklists:stop-mail", args=[subscription.key])

    def test_looking_stops_nothing(self, client, url):
        assert "Stop these emails?" in client.get(url).text
        assert Subscription.objects.exists()

    def test_one_click_erases_the_address_and_what_is_owed(self, url, told):
        assert OutgoingMail.objects.exists()
        response = Client(enforce_csrf_checks=True).post(url, {"List-Unsubscribe": "One-Click"})
        assert "Your address is deleted." in response.text
        assert not Subscription.objects.exists()
        assert not OutgoingMail.objects.exists()
        assert told.checklist.notices.exists()

    def test_again_says_the_same(self, client, url):
        client.post(url)
        assert "No more emails" in client.post(url).text
        assert "No more emails" in client.get(url).text

    def test_wrong_method(self, client, url):
        assert client.put(url).status_code == 405
