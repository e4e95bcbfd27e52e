"""Mail that cannot be sent: it holds up no other, is tried for a stated time, given up, told and deleted."""

import datetime
import smtplib

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from checklists.firms.casework.services import write_message
from checklists.firms.members.invitations import invite
from checklists.mail import letters
from checklists.mail.letters import Content, letter
from checklists.mail.outbox import queue_letter
from checklists.mail.sending import MOST_TRIES, pause_after, send_owed
from checklists.models import CasePerson, OutgoingMail, Subscription
from tests.checklists.mail.server import MailServer, send_now, send_until_given_up
from tests.checklists.pages import hidden_fields
from tests.checklists.publishing import FIRST, publish, somebody

pytestmark = pytest.mark.django_db

ANA, BEN = "ana@client.example", "ben@client.example"


@pytest.fixture
def server(monkeypatch):
    server = MailServer()
    server.install(monkeypatch)
    return server


@letter("greeting")
def greeting(owed):
    if owed.about.get("broken"):
        raise ValueError
    if owed.about.get("needless"):
        return None
    return Content(owed.about.get("subject", "Hello"), "acted", {"firm": "Move Well", "link": ""})


def owe(to=ANA, **about):
    return queue_letter(kind="greeting", to=to, **about)


class TestPoison:
    def test_thirty_that_cannot_be_written_keep_an_honest_one_waiting_for_no_run(self, server):
        honest = owe(BEN)
        for number in range(30):
            owe(f"{number}@evil.example", broken=True)
        assert send_owed() == 1
        assert [message.to for message in mail.outbox] == [[BEN]]
        honest.refresh_from_db()
        assert honest.sent_at
        assert OutgoingMail.objects.owed().filter(tries=1).count() == 30

    @pytest.mark.parametrize(
        "fault", [smtplib.SMTPServerDisconnected(), smtplib.SMTPSenderRefused(552, b"", ""), TimeoutError()]
    )
    def test_nor_do_thirty_that_the_server_breaks_at(self, server, fault):
        owe(BEN)
        for number in range(30):
            server.faults[f"{number}@evil.example"] = fault
            owe(f"{number}@evil.example")
        assert send_owed() == 1

    def test_the_log_tells_the_code_and_not_whose_mailbox_it_is(self, server, caplog):
        server.faults[ANA] = smtplib.SMTPRecipientsRefused({ANA: (550, b"5.1.1 no mailbox for ana here")})
        owed = owe()
        assert send_owed() == 0
        assert f"Email {owed.pk} (greeting) could not be sent: its recipient was refused, [550]" in caplog.text
        assert "ana" not in caplog.text

    def test_a_name_of_two_lines_is_no_header_and_no_fault(self, server):
        owe(subject="Evil\nSubject: x\u2028\u202e  y")
        assert send_owed() == 1
        assert mail.outbox[0].subject == "Evil Subject: x y"

    def test_invitations_of_a_firm_that_was_called_so_before_still_go(self, server, firm):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE checklists_organisation SET name = %s", ["Evil\nSubject: x"])
        firm.organisation.refresh_from_db()
        invite(organisation=firm.organisation, email=BEN, role="viewer", by=firm.owner)
        assert send_owed() == 1
        assert mail.outbox[0].subject == "You are invited to Evil Subject: x"

    def test_what_was_tried_least_goes_first_and_of_that_the_newest(self, server):
        for address, tries in (("old@a.example", 0), ("new@a.example", 0), ("tried@a.example", 3)):
            OutgoingMail.objects.filter(pk=owe(address).pk).update(tries=tries)
        send_owed()
        assert [message.to[0][:3] for message in mail.outbox] == ["new", "old", "tri"]


class TestNobodyAnswers:
    def test_the_run_ends_and_no_try_is_counted(self, server):
        for number in range(10):
            owe(f"{number}@client.example")
        server.is_away = True
        assert send_owed() == 0
        assert server.asked == 3
        assert set(OutgoingMail.objects.values_list("tries", "given_up_at")) == {(0, None)}
        server.is_away = False
        assert send_owed() == 10

    def test_a_server_that_is_away_for_a_week_loses_nothing(self, server):
        owe()
        server.is_away = True
        for _try in range(100):
            send_now()
        server.is_away = False
        assert send_now() == 1


class TestGivingUp:
    def test_a_refusal_for_good_after_three_tries(self, server, caplog):
        owed = owe()
        server.refuse(ANA)
        send_until_given_up()
        owed.refresh_from_db()
        assert (owed.given_up_for, owed.tries, owed.sent_at) == ("refused", 3, None)
        assert owed.given_up_at

    @pytest.mark.parametrize(
        "fault",
        [
            smtplib.SMTPRecipientsRefused({ANA: (451, b"later")}),
            smtplib.SMTPDataError(451, b"later"),
            smtplib.SMTPSenderRefused(550, b"not you", "us@example.org"),
            TimeoutError(),
        ],
    )
    def test_all_else_after_five_days(self, server, fault):
        owed = owe()
        server.faults[ANA] = fault
        send_until_given_up()
        owed.refresh_from_db()
        assert (owed.given_up_for, owed.tries) == ("unreached", MOST_TRIES)
        waited = sum(map(pause_after, range(MOST_TRIES - 1)), datetime.timedelta())
        assert datetime.timedelta(days=4) < waited < datetime.timedelta(days=5)

    def test_also_what_cannot_be_written(self, server):
        owed = owe(broken=True)
        send_until_given_up()
        owed.refresh_from_db()
        assert owed.given_up_for == "unreached"

    def test_a_refused_content_is_refused_for_good(self, server):
        owed = owe()
        server.faults[ANA] = smtplib.SMTPDataError(554, b"5.7.1 spam")
        send_until_given_up()
        owed.refresh_from_db()
        assert owed.given_up_for == "refused"

    def test_what_has_nothing_left_to_say_was_never_sent(self, server):
        owed = owe(needless=True)
        assert send_owed() == 0
        owed.refresh_from_db()
        assert (owed.given_up_for, owed.sent_at, mail.outbox) == ("needless", None, [])

    @pytest.mark.parametrize(
        "columns",
        [
            {"given_up_at": timezone.now()},
            {"given_up_for": "refused"},
            {"given_up_at": timezone.now(), "given_up_for": "mood"},
            {"given_up_at": timezone.now(), "given_up_for": "refused", "sent_at": timezone.now(), "tries": 1},
        ],
    )
    def test_the_database_knows_why(self, columns):
        with pytest.raises(IntegrityError), transaction.atomic():
            OutgoingMail.objects.create(kind="greeting", to=ANA, **columns)

    def test_is_told_by_the_command_and_deleted_in_its_time(self, server, capsys):
        owed = owe()
        server.refuse(ANA)
        for _try in range(3):
            OutgoingMail.objects.owed().update(next_try_at=timezone.now())
            call_command("tell_changes")
        told = capsys.readouterr().out
        assert told.count("1 emails are still owed") == 2
        assert told.count("1 emails could not be delivered and were given up.") == 1
        call_command("keep_house")
        assert OutgoingMail.objects.filter(pk=owed.pk).exists()
        OutgoingMail.objects.update(given_up_at=timezone.now() - datetime.timedelta(days=31))
        call_command("keep_house")
        assert "1 letters deleted that were sent or given up" in capsys.readouterr().out
        assert not OutgoingMail.objects.exists()

    def test_what_follows_may_fail_and_nothing_is_sent_twice(self, server, firm, monkeypatch, published):
        person = firm.case(email=ANA).people.get()
        queue_letter(kind="questionnaire", to=ANA, organisation=firm.organisation, person=person)
        monkeypatch.setitem(letters._followers, "questionnaire", lambda _mail: 1 / 0)
        assert (send_now(), send_now()) == (1, 0)


class TestQuestionnaire:
    @pytest.fixture
    def case(self, firm, published):
        return firm.case(email=ANA, destination="es")

    @pytest.fixture
    def advisor(self, client, firm):
        client.force_login(firm.advisor)
        return client

    def send(self, advisor, case):
        page = reverse("cases:send-questionnaire", args=[case.organisation.slug, case.pk, case.people.get().pk])
        return advisor.post(page, follow=True).text

    def correct(self, advisor, case, email):
        page = reverse("cases:edit-person", args=[case.organisation.slug, case.pk, case.people.get().pk])
        sent = {**hidden_fields(advisor.get(page)), "name": "Ana Silva", "email": email}
        assert advisor.post(page, sent).status_code == 302

    def page(self, advisor, case):
        return advisor.get(case.get_absolute_url()).text

    def test_is_owed_then_sent(self, server, advisor, case):
        assert "questionnaire on its way, not sent yet" in self.send(advisor, case)
        assert "questionnaire sent on" not in self.page(advisor, case)
        send_now()
        assert "questionnaire sent on" in self.page(advisor, case)
        assert "not sent yet" not in self.page(advisor, case)
        assert case.people.get().sent_at == OutgoingMail.objects.get().sent_at

    def test_that_is_refused_is_told_with_what_to_do(self, server, firm, advisor, case):
        server.refuse(ANA)
        self.send(advisor, case)
        send_until_given_up()
        page = self.page(advisor, case)
        assert f"An email to {ANA} was refused on" in page
        assert "Correct the address, and it is sent again." in page
        assert "questionnaire sent on" not in page
        assert "did not get an email: it could not be delivered" in page, "in what is new"
        case.refresh_from_db()
        assert (case.waiting_for, case.people.get().sent_at) == ("firm", None)

    def test_goes_again_to_the_corrected_address_and_once(self, server, advisor, case):
        server.refuse(ANA)
        for _time in range(2):
            self.send(advisor, case)
            send_until_given_up()
        self.correct(advisor, case, BEN)
        assert "questionnaire on its way" in self.page(advisor, case)
        assert send_now() == 1
        assert mail.outbox[0].to == [BEN]
        assert "was refused" not in self.page(advisor, case)

    def test_can_be_sent_again_to_the_same_address(self, server, advisor, case):
        server.refuse(ANA)
        self.send(advisor, case)
        send_until_given_up()
        server.faults.clear()
        self.send(advisor, case)
        assert send_now() == 1
        assert "was refused" not in self.page(advisor, case)

    def test_so_is_any_other_email_to_them(self, server, firm, advisor, case):
        server.refuse(ANA)
        write_message(person=case.people.get(), text="Hello", by=firm.advisor)
        send_until_given_up()
        conversation = reverse("casework:messages-with", args=[firm.organisation.slug, case.pk, case.people.get().pk])
        for page in (case.get_absolute_url(), conversation):
            assert f"An email to {ANA} was refused on" in advisor.get(page).text
        self.correct(advisor, case, BEN)
        assert send_now() == 1

    def test_the_address_of_an_account_stays_unknown_to_the_firm(self, server, firm, advisor, case, somebody):
        checklist = case.people.get().checklist
        checklist.owner = somebody("private@client.example")
        checklist.save()
        server.refuse("private@client.example")
        write_message(person=case.people.get(), text="Hello", by=firm.advisor)
        send_until_given_up()
        page = self.page(advisor, case)
        assert "An email to the address of their account was refused" in page
        assert "private@client.example" not in page

    def test_nothing_is_told_of_mail_to_the_firm_itself(self, server, firm, advisor, case):
        server.refuse(firm.owner.email)
        write_message(person=case.people.get(), text="Hello", by=None)
        send_until_given_up()
        assert CasePerson.objects.get().letters.get().is_undelivered
        assert "was refused" not in self.page(advisor, case)


class TestMembers:
    @pytest.fixture
    def page(self, client, firm):
        client.force_login(firm.owner)
        return lambda: client.get(reverse("firms:members", args=[firm.organisation.slug])).text

    def test_an_invitation_that_reached_nobody(self, server, firm, page):
        server.refuse(BEN)
        invite(organisation=firm.organisation, email=BEN, role="viewer", by=firm.owner)
        assert "the email is not sent yet" in page()
        send_until_given_up()
        assert f"The email could not be delivered to {BEN}" in page()
        server.faults.clear()
        invite(organisation=firm.organisation, email=BEN, role="viewer", by=firm.owner)
        send_now()
        assert "could not be delivered" not in page()
        assert "not sent yet" not in page()

    def test_a_member_whom_no_email_reaches(self, server, firm, page):
        server.refuse(firm.owner.email)
        write_message(person=firm.case(email=ANA).people.get(), text="Hello", by=None)
        send_until_given_up()
        assert "The last email could not be delivered there." in page()


class TestSubscription:
    @pytest.fixture
    def checklist(self, db):
        publish(FIRST)
        return somebody()

    @pytest.fixture
    def page(self, client, checklist):
        address = reverse("checklists:mail", args=[checklist.token])

        def page(**data):
            if data:
                client.post(address, data)
            return client.get(address).text

        return page

    def test_says_whether_the_link_was_sent(self, server, page):
        server.refuse(ANA)
        assert "the email with the link to a…@client.example is on its way" in page(email=ANA, agreed="on")
        send_until_given_up()
        assert "could not be delivered to a…@client.example" in page()
        page(email=BEN, agreed="on")
        assert send_now() == 1
        assert "open the link in the email we sent" in page()

    def test_says_when_the_emails_no_longer_arrive(self, server, checklist, page):
        subscription = Subscription.objects.create(checklist=checklist, email=ANA, confirmed_at=timezone.now())
        notice = checklist.notices.create(edition=1, published_at=timezone.now(), changes={})
        subscription.mails.create(
            kind="changes", notice=notice, tries=3, given_up_at=timezone.now(), given_up_for="refused"
        )
        assert "Our last email could not be delivered there." in page()
        assert ANA not in page()
