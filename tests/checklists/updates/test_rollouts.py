"""Everybody affected by an edition is told: once, whatever happens in between, and nobody else."""

import pytest
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from checklists.access.access import Access
from checklists.client.services import save_answers, save_item
from checklists.models import ChangeNotice, Checklist, OutgoingMail, Rollout, Subscription
from checklists.seen import fingerprint
from checklists.updates import rollouts
from checklists.updates.rollouts import tell_everybody
from guides.editions.loading import load
from guides.editions.publishing import publish as publish_working_copy
from guides.models import Procedure
from tests.checklists.publishing import FIRST, SECOND, THIRD, publish, somebody
from tests.guides.small import changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(rollouts, "LOOKED_AT", 3)
    monkeypatch.setattr(rollouts, "PLANNED", 2)


def notices():
    return sorted(ChangeNotice.objects.values_list("checklist", "edition"))


class TestWhoIsTold:
    def test_only_those_whose_plan_changes(self, first):
        affected, spared = somebody(), somebody(here=False)
        publish(SECOND)
        assert tell_everybody() == 1
        assert notices() == [(affected.pk, 2)]
        [line] = affected.notices.get().changes["new"]
        assert (line["key"], line["because"]) == ("niss", ["you are there"])
        assert Checklist.objects.get(pk=affected.pk).edition == 2
        assert not spared.notices.exists()

    def test_nobody_of_a_quiet_edition_now_or_later(self, first):
        checklist = somebody()
        Subscription.objects.create(checklist=checklist, email="ana@example.org", confirmed_at=timezone.now())
        publish(SECOND, quiet=True)
        assert tell_everybody() == 0
        assert (notices(), OutgoingMail.objects.count()) == ([], 0)
        assert Checklist.objects.get().edition == 2
        publish(THIRD)
        assert tell_everybody() == 1
        changes = checklist.notices.get().changes
        assert (changes["new"], len(changes["changed"])) == ([], 1)

    def test_again_tells_nobody_twice(self, first):
        somebody()
        publish(SECOND)
        tell_everybody()
        assert tell_everybody() == 0
        assert ChangeNotice.objects.count() == 1

    def test_ticks_notes_and_dates_are_kept(self, first):
        checklist = somebody()
        save_item(access=Access(checklist), kind="document", key="passport", done=True, note="In the drawer")
        before = list(checklist.items.values())
        updated = Checklist.objects.get().updated_at
        publish(SECOND)
        tell_everybody()
        assert list(checklist.items.values()) == before
        assert Checklist.objects.get().updated_at == updated

    def test_every_edition_in_its_order(self, first):
        checklist = somebody()
        publish(SECOND)
        publish(THIRD)
        assert tell_everybody() == 2
        assert notices() == [(checklist.pk, 2), (checklist.pk, 3)]
        newest, _oldest = checklist.notices.all()
        assert newest.changes["changed"][0]["differences"][0]["before"] == "Get a Social Security number"
        assert [rollout.told for rollout in Rollout.objects.all()] == [1, 1]

    def test_who_answered_after_the_publication_has_seen_it(self, first):
        early, late = somebody(), somebody(here=False)
        publish(SECOND)
        new = {**late.answers, "here": True}
        # The process that saves has not noticed the edition yet.
        save_answers(access=Access(late), answers=new, seen=fingerprint(1), edition=1)
        begun = somebody()
        tell_everybody()
        assert notices() == [(early.pk, 2)]
        assert begun.edition == 2

    def test_previews_are_nobody(self, first):
        preview = somebody()
        Checklist.objects.filter(pk=preview.pk).update(preview=True)
        publish(SECOND)
        assert tell_everybody() == 0

    def test_a_tick_can_make_somebody_affected(self, first):
        """The documents in hand are those of the answer and those that are ticked."""
        unaffected, affected = somebody(here=False), somebody(here=False)
        save_item(access=Access(affected), kind="document", key="passport", done=True)
        publish(changed(FIRST, "procedures", "niss", required_when="in_hand has passport"))
        tell_everybody()
        told = {notice.checklist_id: notice.changes["new"][0] for notice in ChangeNotice.objects.all()}
        assert told[affected.pk]["because"] != told[unaffected.pk]["because"]

    def test_nothing_to_plan_where_only_evidence_changes(self, first, django_assert_max_num_queries):
        for _number in range(5):
            somebody()
        publish(changed(FIRST, "facts", "nif.fee", note="Seen again."))
        with django_assert_max_num_queries(11):
            assert tell_everybody() == 0
        assert Rollout.objects.get().finished_at


class TestMail:
    def test_is_owed_to_confirmed_addresses_only(self, first):
        confirmed, waiting, _none = somebody(), somebody(), somebody()
        published = first.published_at
        Subscription.objects.create(checklist=confirmed, email="a@example.org", confirmed_at=published)
        Subscription.objects.create(checklist=waiting, email="b@example.org")
        publish(SECOND)
        tell_everybody()
        [mail] = OutgoingMail.objects.all()
        assert (mail.subscription.email, mail.notice.checklist) == ("a@example.org", confirmed)


class TestInterruptions:
    def people(self):
        """Seven affected checklists and as many others, all with an address."""
        people = [somebody(here=bool(number % 2)) for number in range(14)]
        for number, checklist in enumerate(people):
            Subscription.objects.create(
                checklist=checklist, email=f"{number}@example.org", confirmed_at=checklist.created_at
            )
        return [checklist.pk for checklist in people if checklist.answers["here"]]

    def is_whole(self, affected):
        assert notices() == sorted((key, edition) for key in affected for edition in (2, 3))
        assert sorted(OutgoingMail.objects.values_list("notice__checklist", "notice__edition")) == notices()
        assert [rollout.told for rollout in Rollout.objects.all()] == [7, 7]

    @pytest.mark.parametrize("batches", range(12))
    def test_between_any_two_batches(self, first, small_batches, monkeypatch, batches):
        affected = self.people()
        publish(SECOND)
        publish(THIRD)
        left = iter(range(batches))
        work = rollouts.Work.next_batch

        def crash(self):
            next(left)
            return work(self)

        monkeypatch.setattr(rollouts.Work, "next_batch", crash)
        with pytest.raises(StopIteration):
            tell_everybody()
        monkeypatch.undo()
        tell_everybody()
        self.is_whole(affected)

    @pytest.mark.parametrize("batches", range(4))
    def test_in_the_middle_of_a_batch(self, first, small_batches, monkeypatch, batches):
        affected = self.people()
        publish(SECOND)
        publish(THIRD)
        left, owe = iter(range(batches)), rollouts._queue_mail

        def crash(notices):
            next(left)
            owe(notices)

        monkeypatch.setattr(rollouts, "_queue_mail", crash)
        with pytest.raises(StopIteration):
            tell_everybody()
        told = Rollout.objects.aggregate(told=Sum("told"))["told"]
        assert OutgoingMail.objects.count() == ChangeNotice.objects.count() == told
        monkeypatch.undo()
        tell_everybody()
        self.is_whole(affected)


def test_an_edition_that_can_no_longer_be_read_holds_up_nobody(first, caplog):
    checklist = somebody()
    publish(SECOND)
    publish(THIRD)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE guides_edition SET content = '{\"countries\": 7}' WHERE number = 1")
    tell_everybody()
    assert notices() == [(checklist.pk, 3)]
    assert "cannot be compared" in caplog.text


class TestPublishing:
    def test_promises_in_the_same_transaction_and_tells_on_commit(self, django_capture_on_commit_callbacks):
        load(changed(FIRST, "procedures", "niss", requires=()))
        publish_working_copy(actor=None, note="", word="It is only an example.")
        assert not Rollout.objects.exists()
        checklist = somebody()
        Procedure.objects.filter(key="niss").update(required_when="here")
        with django_capture_on_commit_callbacks(execute=True):
            edition = publish_working_copy(actor=None, note="", word="It is only an example.")
            assert Rollout.objects.get(edition=2, since=1, finished_at=None).published_at == edition.published_at
            assert notices() == []
        assert notices() == [(checklist.pk, 2)]
        assert Rollout.objects.get().finished_at
