"""Who belongs to a firm: seen by its members, changed by its owners."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from checklists.models import Case, HistoryEntry, Invitation, Membership, SavedView
from checklists.seen import seen_of
from tests.checklists.pages import hidden_fields

pytestmark = pytest.mark.django_db
# Queries for the page, and not for the session.
PEOPLE = re.compile('SELECT "checklists_(membership|invitation|organisation)"')


def address(firm, name="members", *args):
    return reverse(f"firms:{name}", args=[firm.organisation.slug, *args])


def place(firm, who):
    return firm.organisation.memberships.get(user=who)


def verbs(firm):
    return list(HistoryEntry.objects.filter(organisation=firm.organisation).values_list("verb", flat=True))


@pytest.fixture
def owner(client, firm):
    client.force_login(firm.owner)
    return client


class TestTheList:
    @pytest.mark.parametrize("who", ["owner", "advisor", "viewer"])
    def test_shows_everybody_to_every_member(self, client, firm, who):
        firm.case(assignee=firm.advisor)
        client.force_login(getattr(firm, who))
        page = client.get(address(firm)).text
        assert all(name in page for name in ("Olga Owner", "Adam Advisor", "Vera Viewer", "1 case"))
        assert ("Send the invitation" in page) == (who == "owner")
        assert ("Change: </span>Adam Advisor</a>" in page) == (who == "owner")

    def test_is_not_there_for_others(self, client, firm, other_firm):
        assert client.get(address(firm)).status_code == 302
        client.force_login(other_firm.owner)
        assert client.get(address(firm)).status_code == 404

    def test_takes_no_form(self, owner, firm):
        assert owner.post(address(firm)).status_code == 405

    def test_asks_the_database_as_often_for_many(self, owner, firm, somebody):
        def join(number):
            user = somebody(f"{number}@move-well.example")
            Membership.objects.create(organisation=firm.organisation, user=user, role="advisor")
            Invitation.objects.create(organisation=firm.organisation, email=f"i{number}@move-well.example")
            firm.case(assignee=user)

        def queries():
            with CaptureQueriesContext(connection) as asked:
                owner.get(address(firm))
            return len([query for query in asked if PEOPLE.match(query["sql"])])

        join(0)
        assert queries() == 3
        for number in range(1, 12):
            join(number)
        assert queries() == 3


class TestRoles:
    def change(self, client, firm, who, role, seen=None):
        member = place(firm, who)
        return client.post(
            address(firm, "member", member.pk), {"role": role, "seen": seen or seen_of(member, ["role"])}
        )

    def test_are_drawn_like_every_choice(self, owner, firm):
        for page in (address(firm), address(firm, "member", place(firm, firm.viewer).pk)):
            assert len(re.findall(r'<label class="choice" for="[^"]+"><input type="radio"', owner.get(page).text)) == 3

    def test_an_owner_changes_a_role(self, owner, firm):
        assert self.change(owner, firm, firm.viewer, "owner").status_code == 302
        assert place(firm, firm.viewer).leads
        assert "role-changed" in verbs(firm)

    def test_the_cases_of_a_new_viewer_are_assigned_to_nobody(self, owner, firm):
        case = firm.case(assignee=firm.advisor)
        response = self.change(owner, firm, firm.advisor, "viewer")
        assert "1 case is assigned to nobody now." in owner.get(response.url).text
        case.refresh_from_db()
        assert case.assignee is None
        assert case.version == 2
        assert "unassigned" in verbs(firm)

    @pytest.mark.parametrize("role", ["", "king"])
    def test_there_are_three(self, owner, firm, role):
        assert self.change(owner, firm, firm.viewer, role).status_code == 422
        assert place(firm, firm.viewer).role == "viewer"

    def test_the_last_owner_stays_one(self, owner, firm):
        response = self.change(owner, firm, firm.owner, "advisor")
        assert response.status_code == 422
        assert "Olga Owner is the only one" in response.text
        assert place(firm, firm.owner).leads

    def test_one_that_was_changed_in_between_is_shown(self, owner, firm):
        response = self.change(owner, firm, firm.advisor, "viewer", seen="owner")
        assert response.status_code == 409
        assert "The role is advisor now." in response.text
        assert place(firm, firm.advisor).role == "advisor"
        assert self.change(owner, firm, firm.advisor, "viewer", **hidden_fields(response)).status_code == 302

    @pytest.mark.parametrize("who", ["advisor", "viewer"])
    def test_are_changed_by_owners_only(self, client, firm, who):
        client.force_login(getattr(firm, who))
        assert client.get(address(firm, "member", place(firm, firm.viewer).pk)).status_code == 403
        assert self.change(client, firm, firm.viewer, "owner").status_code == 403
        assert place(firm, firm.viewer).role == "viewer"

    def test_nobody_reaches_into_another_firm(self, owner, firm, other_firm):
        theirs = place(other_firm, other_firm.viewer)
        for name in ("member", "remove-member"):
            path = address(firm, name, theirs.pk)
            assert owner.get(path).status_code == 404
            assert owner.post(path, {"role": "owner", "seen": "viewer"}).status_code == 404
        assert place(other_firm, other_firm.viewer).role == "viewer"


class TestRemoving:
    def test_says_what_follows_and_does_nothing_yet(self, owner, firm):
        firm.case(assignee=firm.advisor)
        page = owner.get(address(firm, "remove-member", place(firm, firm.advisor).pk))
        assert "1 case is assigned to nobody then." in page.text
        assert place(firm, firm.advisor)

    def test_ends_access_with_the_next_request(self, owner, client_of, firm):
        advisor = client_of(firm.advisor)
        assert advisor.get(address(firm)).status_code == 200
        assert owner.post(address(firm, "remove-member", place(firm, firm.advisor).pk)).status_code == 302
        response = advisor.get(address(firm))
        assert response.status_code == 404
        assert "you do not belong to it, or not any more" in response.text
        assert response.text.count("Move Well") == 0
        assert advisor.post(reverse("cases:new", args=[firm.organisation.slug]), {"name": "Eve"}).status_code == 404

    def test_lets_go_of_what_they_had_here_and_only_here(self, owner, firm, other_firm):
        Membership.objects.create(organisation=other_firm.organisation, user=firm.advisor, role="advisor")
        case, theirs = firm.case(assignee=firm.advisor), other_firm.case(assignee=firm.advisor)
        for one in (case, theirs):
            one.followers.add(firm.advisor)
            SavedView.objects.create(organisation=one.organisation, user=firm.advisor, name="Mine", query="")
        Invitation.objects.create(organisation=firm.organisation, email="a@b.example", invited_by=firm.advisor)
        owner.post(address(firm, "remove-member", place(firm, firm.advisor).pk))
        assert list(Case.objects.filter(assignee=firm.advisor)) == [theirs]
        assert list(firm.advisor.followed_cases.all()) == [theirs]
        assert [view.organisation for view in SavedView.objects.all()] == [other_firm.organisation]
        assert not Invitation.objects.exists()
        assert verbs(firm)[:2] == ["unassigned", "member-removed"]

    def test_is_for_owners_and_by_a_form(self, client, firm):
        path = address(firm, "remove-member", place(firm, firm.viewer).pk)
        client.force_login(firm.advisor)
        assert client.post(path).status_code == 403
        client.force_login(firm.owner)
        assert client.put(path).status_code == 405
        assert place(firm, firm.viewer)

    def test_twice_is_a_404(self, owner, firm):
        path = address(firm, "remove-member", place(firm, firm.viewer).pk)
        assert owner.post(path).status_code == 302
        assert owner.post(path).status_code == 404


class TestLeaving:
    @pytest.mark.parametrize("who", ["advisor", "viewer"])
    def test_everybody_may(self, client, firm, who):
        user = getattr(firm, who)
        client.force_login(user)
        assert "You see nothing of the firm any more" in client.get(address(firm, "leave-members")).text
        response = client.post(address(firm, "leave-members"), follow=True)
        assert "You have left Move Well." in response.text
        assert not firm.organisation.memberships.filter(user=user).exists()
        assert "member-left" in verbs(firm)

    def test_but_not_the_last_owner(self, owner, firm):
        response = owner.post(address(firm, "leave-members"))
        assert response.status_code == 422
        assert "Make somebody else an owner first." in response.text
        assert place(firm, firm.owner)

    def test_an_owner_who_removes_themselves_is_led_there(self, owner, firm):
        path = address(firm, "remove-member", place(firm, firm.owner).pk)
        assert owner.post(path).url == address(firm, "leave-members")

    def test_not_from_another_firm(self, client, firm, other_firm):
        client.force_login(other_firm.owner)
        assert client.post(address(firm, "leave-members")).status_code == 404
