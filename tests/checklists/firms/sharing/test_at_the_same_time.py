"""Two people at once: a code is used by one, and a save that comes after taking back does not land."""

import threading
import time

import pytest
from django.db import connection, transaction

from checklists.access.access import Access
from checklists.access.doors import DoorClosed
from checklists.client.services import save_item
from checklists.firms.members.members import remove_member
from checklists.firms.sharing.services import AlreadyOpen, CodeGone, take_back, take_code
from checklists.models import CasePerson, Checklist
from checklists.privacy.erasing import erase_account
from checklists.seen import seen_of

pytestmark = pytest.mark.django_db(transaction=True)


def together(*doings):
    """Do these at the same time, each on a connection of its own; the exceptions that they raised."""
    start, raised = threading.Barrier(len(doings)), []

    def run(doing):
        try:
            start.wait()
            doing()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[doing]) for doing in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def let_wait(thread):
    """Until the thread's connection waits for what this one holds."""
    waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        while thread.is_alive() and not cursor.execute(waiting).fetchone():
            time.sleep(0.02)


def test_two_firms_use_one_code(checklist, code_of, firm, other_firm):
    code = code_of(checklist)
    raised = together(
        *(
            lambda taker=taker: take_code(
                code=code, organisation=taker.organisation, by=taker.advisor, name=taker.organisation.name
            )
            for taker in (firm, other_firm)
        )
    )
    assert [type(error) for error in raised] == [CodeGone]
    assert CasePerson.objects.count() == 1


def test_two_advisors_of_a_firm_use_two_codes(checklist, code_of, firm):
    raised = together(
        *(
            lambda code=code, by=by: take_code(code=code, organisation=firm.organisation, by=by, name="Ana")
            for code, by in ((code_of(checklist), firm.advisor), (code_of(checklist), firm.owner))
        )
    )
    assert [type(error) for error in raised] == [AlreadyOpen]
    assert CasePerson.objects.count() == 1
    assert checklist.codes.open().count() == 1


def test_a_save_that_waits_for_the_taking_back_does_not_land(checklist, place, firm):
    opened = Checklist.objects.get(pk=checklist.pk)
    begun, raised = threading.Event(), []

    def save():
        try:
            begun.set()
            save_item(access=Access(opened, place, firm.advisor), kind="document", key="photo", done=True)
        except DoorClosed as error:
            raised.append(str(error))
        finally:
            connection.close()

    with transaction.atomic():
        take_back(place=place)
        saving = threading.Thread(target=save)
        saving.start()
        begun.wait()
    saving.join()
    assert raised == ["Ana Silva has taken the access to this checklist back."]
    assert not checklist.items.exists()


@pytest.mark.parametrize("leaves", ["is removed", "only looks from now on"])
def test_a_save_of_somebody_who_has_left_does_not_land(checklist, place, firm, leaves):
    opened = Checklist.objects.get(pk=checklist.pk)
    membership = firm.organisation.memberships.filter(user=firm.advisor)
    if leaves == "is removed":
        membership.delete()
    else:
        membership.update(role="viewer")
    with pytest.raises(DoorClosed):
        save_item(access=Access(opened, place, firm.advisor), kind="document", key="photo", done=True)
    assert not checklist.items.exists()


def test_taking_back_while_the_advisor_ticks_ends_without_a_ring(checklist, place, firm):
    access = Access(Checklist.objects.get(pk=checklist.pk), place, firm.advisor)

    def tick():
        seen = ""
        for _number in range(5):
            seen = seen_of(save_item(access=access, kind="document", key="photo", seen=seen, done=True))

    raised = together(tick, lambda: take_back(place=place))
    assert all(isinstance(error, DoorClosed) for error in raised)
    place.refresh_from_db()
    assert place.revoked_at


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time.")
@pytest.mark.parametrize("ends", ["is removed", "erases the account"])
def test_an_advisor_who_ticks_while_they_leave_waits_in_no_ring(checklist, place, firm, ends):
    opened = Checklist.objects.get(pk=checklist.pk)
    raised = []

    def tick():
        try:
            save_item(access=Access(opened, place, firm.advisor), kind="document", key="photo", done=True)
        except DoorClosed as error:
            raised.append(str(error))
        finally:
            connection.close()

    with transaction.atomic():
        firm.organisation.lock()
        ticking = threading.Thread(target=tick)
        ticking.start()
        let_wait(ticking)
        if ends == "is removed":
            remove_member(membership=firm.organisation.memberships.get(user=firm.advisor), by=firm.owner)
        else:
            erase_account(user=firm.advisor)
    ticking.join()
    assert raised == ["You can no longer change anything for clients of this firm."]
    assert not checklist.items.exists()
