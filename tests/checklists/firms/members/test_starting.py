"""Starting a firm, and finding one's firms again."""

import pytest
from django.urls import reverse

from checklists.firms.members.services import MOST_A_DAY
from checklists.models import Organisation

pytestmark = pytest.mark.django_db
NEW = {"name": "Move Well", "time_zone": "Europe/Lisbon"}


@pytest.fixture
def person(client, somebody):
    client.force_login(somebody("olga@new.example"))
    return client


def test_whoever_starts_a_firm_owns_it(person):
    response = person.post(reverse("firms:new"), NEW)
    firm = Organisation.objects.get()
    assert response.url == reverse("board:cases", args=[firm.slug])
    assert (firm.slug, firm.time_zone, firm.stages.count()) == ("move-well", "Europe/Lisbon", 5)
    assert firm.memberships.get().leads
    assert "you are owner" in person.get(reverse("firms:mine")).text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Enter the name of your firm"),
        ({"name": "  "}, "Enter"),
        ({"time_zone": "Spain"}, "no time zone"),
    ],
)
def test_bad_values_are_named(person, changes, words):
    response = person.post(reverse("firms:new"), NEW | changes)
    assert response.status_code == 422
    assert words in response.text
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("name", "slug"), [("New", "new-2"), ("Invitation", "invitation-2"), ("日本", "firm"), ("x" * 120, "x" * 50)]
)
def test_addresses_stand_in_nobodys_way(person, name, slug):
    person.post(reverse("firms:new"), NEW | {"name": name})
    assert Organisation.objects.get().slug == slug
    assert person.get(reverse("firms:members", args=[slug])).status_code == 200


def test_only_so_many_a_day(person):
    answers = [person.post(reverse("firms:new"), NEW).status_code for _number in range(MOST_A_DAY + 1)]
    assert answers == [302] * MOST_A_DAY + [422]
    assert Organisation.objects.count() == MOST_A_DAY


def test_somebody_without_a_firm_is_told_how_to_get_into_one(person):
    page = person.get(reverse("firms:mine")).text
    assert "You belong to no firm yet." in page
    assert reverse("firms:new") in page


@pytest.mark.parametrize("name", ["firms:mine", "firms:new"])
def test_strangers_sign_in_first(client, name):
    assert "/login/" in client.get(reverse(name)).url


def test_my_firms_take_no_form(person):
    assert person.post(reverse("firms:mine")).status_code == 405
    assert person.delete(reverse("firms:new")).status_code == 405
