"""Sessions end: without use, at last, or by a superuser; and their key changes with each proof."""

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from checklists.access.accounts.middleware import BEGAN, NOTED
from tests.checklists.access.conftest import PASSWORD, is_signed_in, sign_in

pytestmark = pytest.mark.django_db

ACCOUNT = "/account/"
HOUR = 3600


def older(client, *, unused=0, lasted=0):
    """As if the session had been left alone, or begun, so many hours ago."""
    session = client.session
    session[NOTED] -= unused * HOUR
    session[BEGAN] -= max(lasted, unused) * HOUR
    session.save()


@pytest.fixture
def staff(person):
    person.is_staff = True
    person.save()
    return person


class TestEnds:
    @pytest.mark.parametrize(
        ("times", "opens"),
        [
            ({"unused": 11}, True),
            ({"unused": 13}, False),
            ({"lasted": 13 * 24}, True),
            ({"lasted": 15 * 24}, False),
        ],
    )
    def test_of_staff(self, client, staff, times, opens):
        sign_in(client, staff.email)
        older(client, **times)
        assert (client.get(ACCOUNT).status_code == 200) is opens
        assert is_signed_in(client) is opens

    def test_of_members_of_firms(self, client, firm):
        firm.advisor.authenticator_set.all().delete()
        firm.advisor.set_password(PASSWORD)
        firm.advisor.save()
        sign_in(client, firm.advisor.email)
        older(client, unused=13)
        assert client.get(ACCOUNT).status_code == 302

    @pytest.mark.parametrize(
        ("times", "opens"),
        [
            ({"unused": 13 * 24}, True),
            ({"unused": 15 * 24}, False),
            ({"lasted": 179 * 24}, True),
            ({"lasted": 181 * 24}, False),
        ],
    )
    def test_of_everybody_else(self, client, person, times, opens):
        sign_in(client, person.email)
        older(client, **times)
        assert (client.get(ACCOUNT).status_code == 200) is opens

    def test_what_was_typed_meanwhile_is_kept(self, firm, published):
        browser = Client(headers={"origin": "http://testserver"})
        case = firm.case()
        browser.force_login(firm.advisor)
        session = browser.session
        session[NOTED] = session[BEGAN] = 0
        session.save()
        page = browser.post(reverse("casework:notes", args=[firm.organisation.slug, case.pk]), {"text": "A long note"})
        assert page.status_code == 403
        assert "You are signed out" in page.text
        assert "A long note" in page.text

    def test_one_from_before_begins_when_it_is_next_used(self, client, person):
        sign_in(client, person.email)
        session = client.session
        del session[BEGAN]
        session[NOTED] -= HOUR
        session.save()
        client.get(ACCOUNT)
        assert client.session[BEGAN] == client.session[NOTED]


def test_proving_again_changes_the_key(client, person):
    sign_in(client, person.email)
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    after = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert after != before
    assert client.get(ACCOUNT).status_code == 200
    assert [session.session_key for session in UserSession.objects.all()] == [after]
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    assert client.get(ACCOUNT).status_code == 302


class TestSuperuser:
    ACTION = {"action": "end_sessions"}

    def end(self, client, person):
        return client.post(reverse("admin:checklists_user_changelist"), self.ACTION | {"_selected_action": person.pk})

    def test_ends_all_sessions_of_one_person(self, client, client_of, admin_client, person, somebody):
        other = somebody("other@example.org", second_factor=False, password=PASSWORD)
        browsers = [client_of(), client_of()]
        for browser in browsers:
            sign_in(browser, person.email)
        sign_in(client, other.email)
        self.end(admin_client, person)
        assert [browser.get(ACCOUNT).status_code for browser in browsers] == [302, 302]
        assert client.get(ACCOUNT).status_code == 200
        assert not UserSession.objects.filter(user=person).exists()

    def test_nobody_else_can(self, client, client_of, person, somebody):
        browser = client_of()
        sign_in(browser, person.email)
        staff = somebody("staff@example.org", is_staff=True)
        staff.user_permissions.set(Permission.objects.filter(content_type__model="user"))
        client.force_login(staff)
        assert client.get(reverse("admin:checklists_user_changelist")).status_code == 200
        self.end(client, person)
        assert browser.get(ACCOUNT).status_code == 200
