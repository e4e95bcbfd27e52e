"""The head of every page knows who is there: their own list first, or the cases of their clients."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from checklists.models import Checklist
from tests.people import Firm, somebody

pytestmark = pytest.mark.usefixtures("published")


def head_of(page):
    return page.text.partition("</header>")[0]


def links(page):
    """The ways around the site, each as often as it stands there."""
    return re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', head_of(page).partition("<nav")[2])


def names(page):
    """The same, once."""
    found = [name for _, name in links(page)]
    half = len(found) // 2
    # In a row on a wide page, and in the menu of a phone.
    assert found[:half] == found[half:]
    return found[:half]


@pytest.fixture
def remembered(client, today):
    """A checklist that this browser remembers."""
    client.post(reverse("checklists:start"), {"destination": "es"})
    return Checklist.objects.get()


class TestAStranger:
    def test_starts(self, client):
        assert names(client.get("/")) == ["Home", "Guides", "Search", "Sign in"]

    def test_needs_no_query(self, client, django_assert_num_queries):
        client.get("/")
        with django_assert_num_queries(0):
            client.get("/")

    def test_sees_the_same_on_a_page_that_broke(self):
        assert ">Home</a>" in render_to_string("500.html")


class TestAReader:
    def test_goes_back_to_their_list_first(self, client, remembered):
        page = client.get("/")
        assert names(page) == ["My list", "Guides", "Search", "Sign in"]
        assert client.get(links(page)[0][0]).url == remembered.get_absolute_url()
        assert "Go on with my list" in page.text

    def test_is_told_when_they_are_there(self, client, remembered):
        assert 'aria-current="true">My list<' in head_of(client.get(remembered.get_absolute_url()))
        assert 'aria-current="true">My list<' not in head_of(client.get("/guides/"))

    def test_with_an_account_needs_no_cookie(self, client):
        client.force_login(somebody("ana@client.example"))
        assert names(client.get("/")) == ["My list", "Guides", "Search", "Account"]

    def test_is_not_taken_for_another(self, client, remembered):
        """What is drawn once is shown again only to those who see the same."""
        assert "My list" in names(client.get("/guides/"))
        client.cookies.clear()
        assert "My list" not in names(client.get("/guides/"))
        assert "Cookie" in client.get("/guides/").headers["Vary"]


class TestAMemberOfAFirm:
    @pytest.fixture
    def firm(self, client):
        firm = Firm()
        client.force_login(firm.advisor)
        return firm

    def test_goes_to_the_cases(self, client, firm):
        page = client.get("/guides/")
        assert names(page) == ["Cases", "Guides", "Search", "Account"]
        assert links(page)[0][0] == reverse("board:cases", args=[firm.organisation.slug])

    def test_of_two_firms_stays_in_the_one_that_is_open(self, client, firm):
        other = Firm("Other Movers").organisation
        other.memberships.create(user=firm.advisor, role="advisor")
        there = reverse("board:cases", args=[other.slug])
        assert links(client.get(there))[0] == (there, "Cases")

    def test_is_among_cases_at_a_client_s_list(self, client, firm):
        place = firm.case().people.get()
        place.checklist = Checklist.objects.start(answers={"destination": "es"}, edition=1)
        place.save()
        head = head_of(client.get(reverse("checklists:calendar", args=[place.door])))
        assert 'aria-current="true">Cases<' in head

    def test_keeps_a_list_of_their_own_beside_them(self, client, firm, remembered):
        assert names(client.get("/"))[:2] == ["My list", "Cases"]

    def test_costs_no_further_query(self, client, firm, django_assert_num_queries):
        client.get("/")
        # The session and the account.
        with django_assert_num_queries(2):
            client.get("/")


def test_staff_have_no_list(client, db):
    client.force_login(somebody("editor@example.org", is_staff=True))
    assert names(client.get("/")) == ["Home", "Guides", "Search", "Account"]
