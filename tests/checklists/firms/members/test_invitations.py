"""Invitations: to one address, good once and for a week."""

import datetime
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from checklists.firms.members.invitations import MOST_A_DAY, MOST_TO_AN_ADDRESS
from checklists.models import HistoryEntry, Invitation, Membership

pytestmark = pytest.mark.django_db
NEW = "nina@new.example"


def address(firm, name, *args):
    return reverse(f"firms:{name}", args=[firm.organisation.slug, *args])


def link(invitation):
    return reverse("firms:invitation", args=[invitation.key])


@pytest.fixture
def owner(client, firm):
    client.force_login(firm.owner)
    return client


@pytest.fixture
def invite(owner, firm, django_capture_on_commit_callbacks):
    """Send the owner's form, and the mail that follows."""

    def invite(email=NEW, role="advisor"):
        with django_capture_on_commit_callbacks(execute=True):
            return owner.post(address(firm, "invite-member"), {"email": email, "role": role})

    return invite


@pytest.fixture
def invitation(firm):
    return Invitation.objects.create(organisation=firm.organisation, email=NEW, role="advisor", invited_by=firm.owner)


@pytest.fixture
def invited(somebody, client_of):
    """The browser of the invited, who has an account without a second factor."""
    return client_of(somebody(NEW, second_factor=False))


class TestInviting:
    def test_sends_a_mail_with_a_link(self, owner, invite, firm):
        assert NEW in owner.get(invite(" Nina@New.example").url).text
        [message] = mail.outbox
        assert message.to == [NEW]
        assert message.subject == "You are invited to Move Well"
        assert "Olga Owner invites you" in message.body
        found = Invitation.objects.get()
        assert f"http://localhost:8000{link(found)}" in message.body
        assert found.role == "advisor"
        [html] = message.alternatives
        assert link(found) in html.content
        assert HistoryEntry.objects.first().verb == "member-invited"

    def test_says_the_same_whether_there_is_an_account(self, owner, invite, somebody):
        somebody("known@new.example")
        pages = [owner.get(invite(email).url).text for email in ("known@new.example", "nobody@new.example")]
        said = [re.search(r"The invitation to \w+@new.example is on its way", page) for page in pages]
        assert all(said)
        assert len(mail.outbox) == 2

    def test_again_makes_the_old_link_lead_nowhere(self, invite, invited):
        invite(role="viewer")
        old = Invitation.objects.get()
        invite(role="advisor")
        new = Invitation.objects.get()
        assert (new.pk, new.role) == (old.pk, "advisor")
        assert invited.get(link(old)).status_code == 404
        assert invited.get(link(new)).status_code == 200

    @pytest.mark.parametrize(("email", "role"), [("", "advisor"), ("nina", "advisor"), (NEW, "king"), (NEW, "")])
    def test_keeps_what_was_typed(self, invite, email, role):
        response = invite(email, role)
        assert response.status_code == 422
        assert f'value="{email}"' in response.text or not email
        assert not Invitation.objects.exists()

    def test_somebody_who_belongs_to_the_firm(self, invite, firm):
        response = invite(firm.viewer.email.upper())
        assert response.status_code == 422
        assert "belongs to this firm already" in response.text

    def test_one_address_only_so_often(self, invite):
        answers = [invite().status_code for _number in range(MOST_TO_AN_ADDRESS + 1)]
        assert answers == [302] * MOST_TO_AN_ADDRESS + [422]
        assert len(mail.outbox) == MOST_TO_AN_ADDRESS

    def test_only_so_many_for_a_firm(self, invite):
        for number in range(MOST_A_DAY):
            invite(f"{number}@new.example")
        response = invite("one.more@new.example")
        assert response.status_code == 422
        assert "which is the limit" in response.text
        assert Invitation.objects.count() == MOST_A_DAY

    @pytest.mark.parametrize("who", ["advisor", "viewer"])
    def test_is_for_owners(self, client, firm, who):
        client.force_login(getattr(firm, who))
        assert client.post(address(firm, "invite-member"), {"email": NEW, "role": "owner"}).status_code == 403
        assert not Invitation.objects.exists()

    def test_not_for_other_firms_nor_strangers_nor_by_a_link(self, client, firm, other_firm):
        path, form = address(firm, "invite-member"), {"email": NEW, "role": "owner"}
        assert "/login/" in client.post(path, form).url
        client.force_login(other_firm.owner)
        assert client.post(path, form).status_code == 404
        client.force_login(firm.owner)
        assert client.get(path).status_code == 405
        assert not Invitation.objects.exists()


class TestWithdrawing:
    def test_makes_the_link_lead_nowhere(self, owner, firm, invitation, invited):
        owner.post(address(firm, "withdraw-member-invitation", invitation.pk))
        response = invited.post(link(invitation))
        assert response.status_code == 404
        assert "It was withdrawn" in response.text

    def test_of_another_firm(self, client, firm, other_firm, invitation):
        client.force_login(other_firm.owner)
        assert client.post(address(other_firm, "withdraw-member-invitation", invitation.pk)).status_code == 404
        assert Invitation.objects.exists()

    def test_by_an_advisor(self, client, firm, invitation):
        client.force_login(firm.advisor)
        assert client.post(address(firm, "withdraw-member-invitation", invitation.pk)).status_code == 403

    def test_one_that_was_accepted(self, owner, firm, invitation, invited):
        invited.post(link(invitation))
        assert owner.post(address(firm, "withdraw-member-invitation", invitation.pk)).status_code == 404
        assert firm.organisation.memberships.count() == 4

    def test_before_the_mail_is_sent(self, owner, firm):
        owner.post(address(firm, "invite-member"), {"email": NEW, "role": "advisor"})
        owner.post(address(firm, "withdraw-member-invitation", Invitation.objects.get().pk))
        from checklists.mail.sending import send_owed

        send_owed()
        assert mail.outbox == []


class TestAccepting:
    def test_lets_somebody_in(self, invited, firm, invitation):
        assert "Join Move Well" in invited.get(link(invitation)).text
        assert invited.post(link(invitation)).url == reverse("board:cases", args=[firm.organisation.slug])
        membership = Membership.objects.get(user__email=NEW)
        assert (membership.organisation, membership.role) == (firm.organisation, "advisor")
        assert HistoryEntry.objects.first().verb == "invitation-accepted"

    def test_a_stranger_is_told_and_led_to_sign_in(self, client, firm, invitation):
        response = client.get(link(invitation))
        assert response.status_code == 200
        assert f"{reverse('account_login')}?next={link(invitation)}" in response.text
        assert f"{reverse('account_signup')}?next={link(invitation)}" in response.text
        assert client.post(link(invitation)).status_code == 403
        assert firm.organisation.memberships.count() == 3

    def test_another_account_is_refused(self, client_of, somebody, firm, invitation):
        other = client_of(somebody("other@new.example"))
        for response in (other.get(link(invitation)), other.post(link(invitation))):
            assert response.status_code == 403
            assert "This invitation is for another address" in response.text
        assert firm.organisation.memberships.count() == 3
        assert Invitation.objects.open().exists()

    @pytest.mark.parametrize(("verified", "status"), [(True, 302), (False, 403)])
    def test_a_further_address_counts_once_confirmed(self, client_of, somebody, invitation, verified, status):
        user = somebody("other@new.example")
        EmailAddress.objects.create(user=user, email="Nina@New.Example", verified=verified)
        assert client_of(user).post(link(invitation)).status_code == status

    def test_only_once(self, invited, firm, invitation, owner):
        invited.post(link(invitation))
        owner.post(address(firm, "remove-member", Membership.objects.get(user__email=NEW).pk))
        for response in (invited.get(link(invitation)), invited.post(link(invitation))):
            assert response.status_code == 410
            assert "This invitation was used" in response.text
        assert firm.organisation.memberships.count() == 3

    def test_only_for_a_week(self, invited, firm, invitation):
        Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
        for response in (invited.get(link(invitation)), invited.post(link(invitation))):
            assert response.status_code == 410
            assert "This invitation is too old" in response.text
        assert firm.organisation.memberships.count() == 3

    def test_a_member_keeps_their_role(self, client_of, firm):
        invitation = Invitation.objects.create(organisation=firm.organisation, email=firm.viewer.email, role="owner")
        viewer = client_of(firm.viewer)
        for response in (viewer.get(link(invitation)), viewer.post(link(invitation))):
            assert "You belong to Move Well already" in response.text
        assert firm.organisation.memberships.get(user=firm.viewer).role == "viewer"

    @pytest.mark.parametrize("key", ["nothing", "x" * 300])
    def test_a_link_that_nobody_made(self, client, key):
        assert client.get(f"/firms/invitation/{key}/").status_code == 404

    def test_not_by_another_method(self, client, invitation):
        assert client.delete(link(invitation)).status_code == 405
