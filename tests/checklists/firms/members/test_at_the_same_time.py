"""Two people do the same at the same moment: one of them is told that it is too late, and a firm keeps an owner."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from checklists.firms.members.invitations import Over, accept, invite
from checklists.firms.members.members import change_role, leave, remove_member
from checklists.firms.members.services import Refused, start_firm
from checklists.models import Invitation, Membership, Organisation
from checklists.seen import seen_of

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts):
    """What came of each: True, or the kind of its refusal. Any other error fails the test."""
    start, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        try:
            start.wait()
            act()
            outcomes[number] = True
        except (Over, PermissionDenied, Refused, Membership.DoesNotExist) as refused:
            outcomes[number] = type(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.fixture
def owners(firm):
    """The memberships of two people who both own the firm."""
    firm.organisation.memberships.filter(user=firm.advisor).update(role="owner")
    return list(firm.organisation.memberships.filter(role="owner").select_related("user", "organisation"))


def owners_left(firm):
    return firm.organisation.memberships.filter(role="owner").count()


def test_an_invitation_is_accepted_once(firm, somebody):
    nina = somebody("nina@new.example")
    invitation = Invitation.objects.create(organisation=firm.organisation, email=nina.email, role="viewer")
    outcomes = together(*[lambda: accept(invitation=invitation, by=nina)] * 3)
    assert sorted(map(str, outcomes)) == sorted(map(str, [True, Over, Over]))
    assert Membership.objects.filter(user=nina).count() == 1


def test_two_owners_take_each_others_role(firm, owners):
    one, two = owners
    outcomes = together(
        lambda: change_role(membership=two, role="advisor", seen=seen_of(two, ["role"]), by=one.user),
        lambda: change_role(membership=one, role="advisor", seen=seen_of(one, ["role"]), by=two.user),
    )
    assert set(outcomes) == {True, PermissionDenied}
    assert owners_left(firm) == 1


def test_two_owners_remove_each_other(firm, owners):
    one, two = owners
    outcomes = together(
        lambda: remove_member(membership=two, by=one.user), lambda: remove_member(membership=one, by=two.user)
    )
    assert set(outcomes) == {True, PermissionDenied}
    assert owners_left(firm) == 1


def test_two_owners_leave(firm, owners):
    one, two = owners
    outcomes = together(lambda: leave(membership=one), lambda: leave(membership=two))
    assert set(outcomes) == {True, Refused}
    assert owners_left(firm) == 1


def test_two_owners_invite_the_same_person(firm, owners):
    def by(owner):
        return lambda: invite(organisation=firm.organisation, email="nina@new.example", role="viewer", by=owner.user)

    assert together(*map(by, owners)) == [True, True]
    assert Invitation.objects.count() == 1


def test_two_firms_of_one_name(somebody):
    people = [somebody(f"{number}@new.example") for number in range(3)]
    assert together(*[lambda user=user: start_firm(name="Move Well", by=user) for user in people]) == [True] * 3
    assert sorted(Organisation.objects.values_list("slug", flat=True)) == ["move-well", "move-well-2", "move-well-3"]
