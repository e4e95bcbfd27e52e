"""``manage.py keep_house`` on the days on which something is due, and on those before."""

import datetime
import io

import pytest
from allauth.usersessions.models import UserSession
from dateutil.relativedelta import relativedelta
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from checklists.access.access import Access
from checklists.client.services import save_item
from checklists.firms.cases.services import archive, restore
from checklists.firms.history.verifying import verify
from checklists.models import (
    Case,
    CaseImport,
    CasePerson,
    Checklist,
    Invitation,
    OutgoingMail,
    ShareCode,
    Subscription,
    User,
    Visit,
)
from checklists.privacy import keeping
from checklists.privacy.keeping import deletion_day
from tests.checklists.pages import sentence

from .canary import CANARY, canary_case, canary_checklist, places_of

START = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)


class Clock:
    def __init__(self, patch):
        self.patch = patch
        self.set(START)

    def set(self, moment):
        self.moment = moment
        self.patch.setattr(timezone, "now", lambda: moment)

    def later(self, **span):
        self.set(self.moment + datetime.timedelta(**span))


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def keep_house():
    """What the command prints, without its last line and what it says of limits: whoever starts a firm is counted."""
    out = io.StringIO()
    call_command("keep_house", stdout=out)
    lines = out.getvalue().removesuffix("The house is kept.\n").splitlines()
    return [line for line in lines if "limits" not in line]


@pytest.fixture
def checklist(clock, published):
    return Checklist.objects.start(answers={"destination": "es"}, edition=1)


class TestAbandonedChecklists:
    def test_go_after_180_days(self, clock, checklist):
        clock.later(days=180)
        assert keep_house() == []
        clock.later(seconds=1)
        assert keep_house() == ["1 abandoned checklists deleted"]
        assert not Checklist.objects.exists()
        assert keep_house() == []

    def test_a_tick_counts_and_a_look_does_not(self, clock, checklist, client):
        clock.later(days=179)
        client.get(checklist.get_absolute_url())
        other = Checklist.objects.start(answers={"destination": "es"}, edition=1)
        clock.later(days=2)
        assert keep_house() == ["1 abandoned checklists deleted"]
        clock.later(days=170)
        save_item(access=Access(other), kind="document", key="photo", done=True)
        clock.later(days=20)
        assert keep_house() == []

    def test_stay_with_an_account(self, clock, checklist, somebody):
        Checklist.objects.update(owner=somebody("ana@example.org"))
        clock.later(days=1000)
        keep_house()
        assert Checklist.objects.exists()

    def test_stay_while_mail_about_them_is_wanted(self, clock, checklist):
        subscription = Subscription.objects.create(
            checklist=checklist, email="ana@example.org", confirmed_at=timezone.now()
        )
        clock.later(days=1000)
        assert keep_house() == []
        subscription.delete()
        assert keep_house() == ["1 abandoned checklists deleted"]

    def test_stay_while_a_firm_keeps_a_case_for_them(self, clock, checklist, firm):
        case = firm.case()
        case.people.update(checklist=checklist)
        Checklist.objects.exclude(pk=checklist.pk).delete()
        clock.later(days=200)
        assert keep_house() == []
        CasePerson.objects.update(revoked_at=timezone.now())
        assert keep_house() == ["1 abandoned checklists deleted"]
        assert case.people.get().checklist is None

    def test_previews_go_after_a_day(self, clock, published):
        Checklist.objects.start_preview(answers={}, edition=1)
        clock.later(days=1, seconds=1)
        assert keep_house() == ["1 previews deleted"]

    def test_go_in_batches_and_the_rest_with_the_next_run(self, clock, published, monkeypatch):
        monkeypatch.setattr(keeping, "AT_ONCE", 2)
        for _number in range(5):
            Checklist.objects.start(answers={"destination": "es"}, edition=1)
        clock.later(days=181)
        with monkeypatch.context() as patch:
            patch.setattr(keeping, "_all_of", killed_after_one)
            with pytest.raises(KeyboardInterrupt):
                keep_house()
        assert Checklist.objects.count() == 3
        assert keep_house() == ["3 abandoned checklists deleted"]


def killed_after_one(batch):
    if batch():
        raise KeyboardInterrupt
    return 0


class TestArchive:
    """A firm that keeps archived cases for 24 months."""

    @pytest.fixture
    def case(self, clock, firm, published):
        case = canary_case(firm, canary_checklist())
        archive(cases=[case], by=firm.advisor)
        case.refresh_from_db()
        return case

    def due(self, case):
        return case.archived_at + relativedelta(months=24)

    def test_the_owners_are_told_30_days_before_and_then_it_goes(self, clock, case, firm):
        OutgoingMail.objects.all().delete()
        clock.set(self.due(case) - datetime.timedelta(days=31))
        keep_house()
        case.refresh_from_db()
        assert case.deletion_told_at is None
        clock.later(days=1)
        assert "1 archived cases announced for deletion" in keep_house()
        case.refresh_from_db()
        assert deletion_day(case) == datetime.date(2028, 11, 22)
        assert OutgoingMail.objects.get(kind="deletion").to == firm.owner.email
        clock.later(days=29)
        keep_house()
        assert Case.objects.exists()
        clock.later(days=1)
        assert "1 archived cases deleted" in keep_house()
        assert not Case.objects.exists()

    def delete(self, clock, case):
        clock.set(self.due(case))
        keep_house()
        clock.later(days=30)
        keep_house()

    def test_nothing_of_the_client_is_left_but_their_own_checklist(self, clock, case, firm):
        checklist = case.people.get().checklist
        self.delete(clock, case)
        assert not Case.objects.exists()
        Checklist.objects.filter(pk=checklist.pk).delete()
        assert places_of(CANARY) == []
        assert verify(firm.organisation).broken is None
        assert sentence(firm.organisation.history.first()) == "The site deleted the case for good."

    def test_clients_keep_checklists_and_those_never_handed_out_go(self, clock, firm, published):
        kept, never = firm.case("Kept"), firm.case("Never")
        kept.people.update(sent_at=timezone.now())
        for place in CasePerson.objects.all():
            Checklist.objects.filter(pk=place.checklist_id).update(created_at=place.granted_at)
        archive(cases=[kept, never], by=firm.owner)
        kept.refresh_from_db()
        checklist = kept.people.get().checklist
        clock.set(kept.archived_at + relativedelta(months=24))
        keep_house()
        clock.later(days=30)
        keeping.delete_archived(timezone.now())
        assert Checklist.objects.get() == checklist

    def test_restoring_takes_it_back(self, clock, case, firm):
        clock.set(self.due(case))
        keep_house()
        restore(cases=[case], by=firm.advisor)
        clock.later(days=31)
        keep_house()
        case.refresh_from_db()
        assert case.deletion_told_at is None
        archive(cases=[case], by=firm.advisor)
        clock.later(days=31)
        keep_house()
        assert Case.objects.filter(pk=case.pk, deletion_told_at=None).exists()

    def test_keeping_cases_longer_takes_it_back(self, clock, case, firm):
        clock.set(self.due(case))
        keep_house()
        firm.organisation.keep_months = 48
        firm.organisation.save()
        assert keep_house() == ["1 deletions taken back"]
        clock.later(days=31)
        keep_house()
        assert Case.objects.exists()

    def test_keeping_cases_shorter_still_gives_30_days(self, clock, case, firm):
        firm.organisation.keep_months = 1
        firm.organisation.save()
        clock.later(days=300)
        assert "1 archived cases announced for deletion" in keep_house()
        assert Case.objects.exists()
        case.refresh_from_db()
        assert deletion_day(case) == timezone.localdate() + datetime.timedelta(days=30)
        clock.later(days=30)
        keep_house()
        assert not Case.objects.exists()

    def test_the_letter_names_the_day_and_no_client(self, clock, case, django_capture_on_commit_callbacks):
        clock.set(self.due(case) - datetime.timedelta(days=30))
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            keep_house()
        (letter,) = [message for message in mail.outbox if "archived" in message.subject]
        assert letter.subject == "Move Well: archived cases will be deleted on 22 November 2028"
        assert CANARY not in letter.body + str(letter.alternatives)
        assert "/firms/move-well/?archived=1" in letter.body

    def test_no_letter_once_all_were_restored(self, clock, case, firm, django_capture_on_commit_callbacks):
        clock.set(self.due(case))
        with django_capture_on_commit_callbacks(execute=False):
            keep_house()
        restore(cases=[case], by=firm.advisor)
        mail.outbox.clear()
        from checklists.mail.sending import send_owed

        send_owed()
        assert not [message for message in mail.outbox if "archived" in message.subject]

    def test_the_case_page_says_the_day(self, clock, case, client, firm):
        clock.set(self.due(case))
        keep_house()
        client.force_login(firm.advisor)
        assert "It will be deleted on 22 December 2028" in client.get(case.get_absolute_url()).text

    def test_another_firms_cases_stay(self, clock, case, other_firm):
        other = other_firm.case("Not Yours")
        self.delete(clock, case)
        assert Case.objects.get() == other


class TestTheRest:
    def test_invitations_and_codes_go_a_month_after_they_ran_out(self, clock, firm, checklist):
        Invitation.objects.create(organisation=firm.organisation, email="x@example.org")
        ShareCode.objects.create(checklist=checklist)
        clock.later(days=37)
        assert keep_house() == []
        clock.later(seconds=1)
        assert keep_house() == ["1 spent invitations deleted", "1 spent codes deleted"]

    def test_sent_letters_go_after_a_month_and_owed_ones_stay(self, clock, firm):
        OutgoingMail.objects.create(to="a@example.org", kind="invitation", sent_at=timezone.now(), tries=1)
        OutgoingMail.objects.create(to="b@example.org", kind="invitation")
        clock.later(days=31)
        assert keep_house() == ["1 letters deleted that were sent or given up"]
        assert OutgoingMail.objects.get().to == "b@example.org"

    def test_the_mail_about_a_notice_stays_so_that_it_is_told_once(self, clock, checklist):
        now = timezone.now()
        subscription = Subscription.objects.create(checklist=checklist, email="a@example.org", confirmed_at=now)
        notice = checklist.notices.create(edition=1, published_at=now, changes={})
        subscription.mails.create(kind="changes", notice=notice, sent_at=now, tries=1)
        clock.later(days=31)
        assert keep_house() == []
        assert notice.mail.sent_at

    def test_visits_go_after_two_years(self, clock, firm, published):
        Visit.objects.create(
            person=firm.case().people.get(), user=firm.advisor, name="Adam", what="checklist", at=START
        )
        clock.later(days=730)
        assert keep_house() == []
        clock.later(days=1)
        assert keep_house() == ["1 old visits deleted"]

    def test_files_of_clients_go_after_a_day(self, clock, firm):
        CaseImport.objects.create(
            organisation=firm.organisation, user=firm.owner, name="x.csv", content=b"x", uploaded_at=START
        )
        clock.later(days=1, seconds=1)
        assert keep_house() == ["1 files of clients deleted"]

    def test_addresses_that_were_never_confirmed_go(self, clock, checklist):
        Subscription.objects.create(checklist=checklist, email="ana@example.org", agreed_at=START)
        clock.later(days=8)
        assert keep_house() == ["1 unconfirmed addresses and accounts deleted"]

    def test_accounts_that_were_never_confirmed_go(self, clock, somebody, firm):
        never = somebody("never@example.org")
        never.emailaddress_set.update(verified=False)
        confirmed = somebody("confirmed@example.org")
        User.objects.update(date_joined=timezone.now())
        clock.later(days=31)
        assert keep_house() == ["1 unconfirmed addresses and accounts deleted"]
        assert not User.objects.filter(pk=never.pk).exists()
        assert User.objects.filter(pk__in=[confirmed.pk, firm.owner.pk]).count() == 2

    def test_ended_sessions_go(self, clock, somebody):
        session = SessionStore()
        session.create()
        user = somebody("ana@example.org")
        UserSession.objects.create(user=user, ip="10.0.0.1", user_agent="x", session_key=session.session_key)
        assert keep_house() == []
        clock.later(days=15)
        assert keep_house() == ["1 ended sessions deleted"]
        assert not Session.objects.exists()
        assert not UserSession.objects.exists()
