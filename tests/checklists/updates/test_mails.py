"""Mail that is owed is sent: at least once, under one Message-ID, and not again once it was sent."""

import datetime

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from checklists.mail.outbox import queue_confirmation, queue_letter
from checklists.mail.sending import forget_unconfirmed, pause_after, send_owed
from checklists.models import OutgoingMail, Subscription
from tests.checklists.mail.server import MailServer
from tests.checklists.publishing import SECOND, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(subscription, told):
    return OutgoingMail.objects.get()


@pytest.fixture
def server(monkeypatch):
    server = MailServer()
    server.install(monkeypatch)
    return server


def later(owed):
    OutgoingMail.objects.filter(pk=owed.pk).update(next_try_at=timezone.now())


class TestMessage:
    def test_says_what_changed_as_text_and_like_the_site(self, owed, checklist):
        send_owed()
        [message] = mail.outbox
        html = message.alternatives[0].content
        for part in (message.body, html):
            assert "Get a Social Security number" in part
            assert "because you are there" in part.lower()
            assert f"http://localhost:8000{checklist.get_absolute_url()}" in part
        assert message.to == ["ana@example.org"]
        assert "<style>" in html
        assert f"{checklist.get_absolute_url()}#procedure-niss" in html

    def test_text_is_not_escaped(self, owed):
        owed.notice.changes["new"][0]["name"] = "Fill in “A & B”"
        owed.notice.save()
        send_owed()
        assert "Fill in “A & B”" in mail.outbox[0].body
        assert "Fill in “A &amp; B”" in mail.outbox[0].alternatives[0].content

    def test_can_be_stopped_from_the_mail_program(self, owed, subscription):
        send_owed()
        headers = mail.outbox[0].message()
        assert headers["List-Unsubscribe"] == f"<http://localhost:8000/mail/{subscription.key}/stop/>"
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert headers["Message-ID"] == owed.message_id


class TestSending:
    def test_once(self, owed):
        assert (send_owed(), send_owed()) == (1, 0)
        assert len(mail.outbox) == 1
        later(owed)
        assert send_owed() == 0

    def test_what_fails_stays_owed_and_is_tried_after_a_pause(self, owed, server):
        server.refuse(owed.address, code=451)
        assert (send_owed(), send_owed()) == (0, 0)
        owed.refresh_from_db()
        assert (len(server.tried), owed.tries, owed.sent_at) == (1, 1, None)
        later(owed)
        send_owed()
        server.faults.clear()
        later(owed)
        assert send_owed() == 1
        ids = {message.message()["Message-ID"] for message in server.tried}
        assert (len(server.tried), ids) == (3, {owed.message_id})

    def test_killed_after_sending_is_sent_again_under_the_same_id(self, owed, monkeypatch):
        send = EmailBackend.send_messages

        def killed(self, messages):
            send(self, messages)
            raise KeyboardInterrupt

        monkeypatch.setattr(EmailBackend, "send_messages", killed)
        with pytest.raises(KeyboardInterrupt):
            send_owed()
        monkeypatch.undo()
        assert send_owed() == 0
        later(owed)
        assert send_owed() == 1
        assert [message.message()["Message-ID"] for message in mail.outbox] == [owed.message_id] * 2

    def test_pauses_grow_up_to_half_a_day(self):
        pauses = [pause_after(tries) for tries in range(12)]
        assert pauses[:3] == [datetime.timedelta(minutes=minutes) for minutes in (5, 10, 20)]
        assert max(pauses) == pauses[-1] == datetime.timedelta(hours=12)

    def test_unconfirmed_addresses_get_nothing_else(self, owed, subscription):
        Subscription.objects.update(confirmed_at=None)
        assert send_owed() == 0

    def test_nothing_is_owed_to_an_erased_address(self, owed, subscription):
        subscription.delete()
        assert not OutgoingMail.objects.exists()
        assert send_owed() == 0


class TestOutbox:
    def test_a_notice_is_told_by_mail_at_most_once(self, owed):
        with pytest.raises(IntegrityError), transaction.atomic():
            OutgoingMail.objects.create(kind="changes", subscription=owed.subscription, notice=owed.notice)

    @pytest.mark.parametrize(
        ("kind", "columns"),
        [
            ("invitation", []),
            ("invitation", ["subscription"]),
            ("invitation", ["to", "notice"]),
            ("confirm", ["to"]),
            ("confirm", ["to", "subscription"]),
            ("confirm", ["subscription", "notice"]),
            ("changes", ["to", "notice"]),
            ("changes", ["subscription"]),
        ],
    )
    def test_a_mail_goes_to_one_place_and_says_what_its_kind_says(self, told, subscription, kind, columns):
        OutgoingMail.objects.all().delete()
        values = {"to": "ben@example.org", "subscription": subscription, "notice": told}
        with pytest.raises(IntegrityError), transaction.atomic():
            OutgoingMail.objects.create(kind=kind, **{column: values[column] for column in columns})

    def test_an_unconfirmed_address_is_asked_and_told_nothing(self, owed, subscription):
        Subscription.objects.update(confirmed_at=None)
        queue_confirmation(subscription)
        assert send_owed() == 1
        assert "Please confirm" in mail.outbox[0].subject
        assert [left.kind for left in OutgoingMail.objects.filter(sent_at=None)] == ["changes"]

    def test_one_that_cannot_be_written_holds_up_no_other(self, owed, caplog):
        strange = queue_letter(kind="unheard-of", to="ben@example.org")
        assert send_owed() == 1
        strange.refresh_from_db()
        assert (strange.tries, strange.sent_at) == (1, None)
        assert "(unheard-of) could not be sent" in caplog.text


def test_unconfirmed_addresses_are_forgotten_after_a_week(subscription, first):
    Subscription.objects.update(agreed_at=timezone.now() - datetime.timedelta(days=8))
    forget_unconfirmed()
    assert Subscription.objects.exists()
    Subscription.objects.update(confirmed_at=None)
    forget_unconfirmed()
    assert not Subscription.objects.exists()


class TestCommand:
    def test_does_whatever_is_owed(self, checklist, subscription, capsys):
        publish(SECOND)
        call_command("tell_changes")
        assert capsys.readouterr().out == "Told 1 checklists, sent 1 emails.\n"
        assert len(mail.outbox) == 1

    def test_says_what_stays_owed(self, checklist, subscription, server, capsys):
        server.is_away = True
        publish(SECOND)
        call_command("tell_changes")
        assert "1 emails are still owed" in capsys.readouterr().out

    def test_says_nothing_of_what_waits_for_its_time(self, first, capsys):
        later = timezone.now() + datetime.timedelta(minutes=15)
        queue_letter(kind="invitation", to="ben@example.org", not_before=later)
        call_command("tell_changes")
        assert "owed" not in capsys.readouterr().out
