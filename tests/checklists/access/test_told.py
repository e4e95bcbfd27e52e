"""What the owner of an address is told of their account, and through whichever way it happened."""

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse

from tests.checklists.access.conftest import PASSWORD, app_code, code_in, sign_in

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SUBJECT = "A new browser signed in to your account"


def subjects():
    return [(message.subject, *message.to) for message in mail.outbox]


@pytest.fixture
def signing_in(django_capture_on_commit_callbacks):
    """Sign in with this browser, and do what follows in the background."""

    def signing_in(browser, email):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            return sign_in(browser, email)

    return signing_in


@pytest.mark.django_db
class TestABrowser:
    def test_that_is_new_is_told_once(self, client, person, signing_in):
        signing_in(client, person.email)
        assert subjects() == [(SUBJECT, person.email)]
        client.post("/account/logout/")
        signing_in(client, person.email)
        assert mail.outbox == []

    def test_is_told_by_its_name_and_address(self, client_of, person, signing_in):
        signing_in(client_of(headers={"user-agent": FIREFOX}, REMOTE_ADDR="203.0.113.7"), person.email)
        body = mail.outbox[0].body
        assert "Firefox, Windows" in body
        assert "203.0.113.7" in body
        assert reverse("usersessions_list") in body

    def test_is_new_to_each_account_and_known_to_several(self, client, person, somebody, signing_in):
        other = somebody("bo@example.org", second_factor=False, password=PASSWORD)
        for count in (1, 0):
            for user in (person, other):
                signing_in(client, user.email)
                assert len(mail.outbox) == count, user
                client.post("/account/logout/")

    def test_with_a_forged_mark_is_new(self, client, person, signing_in):
        client.cookies[settings.BROWSER_COOKIE] = f"{person.pk}.x.."
        signing_in(client, person.email)
        assert subjects() == [(SUBJECT, person.email)]

    def test_with_which_somebody_signs_up_is_not_told(self, client, published, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            client.post("/account/signup/", {"email": "ana@example.org"})
            client.post("/account/confirm-email/", {"code": code_in(mail.outbox[0])})
        assert [subject for subject, _to in subjects()] == ["Your code to confirm your address"]

    def test_tells_nobody_whose_account_it_was(self, client, person, signing_in):
        signing_in(client, person.email)
        cookie = client.cookies[settings.BROWSER_COOKIE]
        assert cookie["httponly"] and cookie["samesite"] == "Lax"
        assert person.email not in cookie.value


@pytest.mark.django_db
def test_a_changed_address_is_told_to_the_old_and_to_the_new(client, person):
    sign_in(client, person.email)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.post("/account/email/", {"email": "new@example.org", "action_add": "1"})
    code = code_in(mail.outbox[-1])
    mail.outbox.clear()
    client.post("/account/confirm-email/", {"code": code})
    told = ("Your email address was changed", "ana@example.org"), ("Your email address was changed", "new@example.org")
    assert sorted(subjects()) == sorted(told)


@pytest.mark.django_db(transaction=True)
def test_a_first_second_factor_is_told(client, person):
    sign_in(client, person.email)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/")
    mail.outbox.clear()
    client.post("/account/2fa/totp/activate/", {"code": app_code(page.context_data["form"].secret)})
    assert ("An authenticator app was set up", person.email) in subjects()
