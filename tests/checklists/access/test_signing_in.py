"""Making an account and signing in, in every way; nobody learns who has one."""

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from checklists.models import User
from tests.checklists.access.conftest import PASSWORD, code_in, code_of_app, is_signed_in, sign_in

pytestmark = pytest.mark.django_db

SIGN_UP = "/account/signup/"
CONFIRM = "/account/confirm-email/"


def messages_of(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


class TestSigningUp:
    def test_with_a_code_from_a_mail(self, client, published):
        response = client.post(SIGN_UP, {"email": "Ana@example.org"})
        assert response.url == CONFIRM
        assert not is_signed_in(client)
        assert [message.to for message in mail.outbox] == [["ana@example.org"]]
        assert client.post(CONFIRM, {"code": code_in(mail.outbox[0])}).url == reverse("account_set_password")
        user = User.objects.get()
        assert is_signed_in(client)
        assert not user.has_usable_password()
        assert user.emailaddress_set.get().verified
        assert client.get(reverse("account")).status_code == 200

    def test_a_wrong_code_opens_nothing_and_after_three_none_does(self, client):
        client.post(SIGN_UP, {"email": "ana@example.org"})
        code = code_in(mail.outbox[0])
        for _attempt in range(2):
            response = client.post(CONFIRM, {"code": "AAAAAA"})
            assert response.status_code == 422
            assert "This is not the code" in response.text
        assert client.post(CONFIRM, {"code": "AAAAAA"}).url == reverse("account_login")
        client.post(CONFIRM, {"code": code})
        assert not is_signed_in(client)

    @pytest.mark.parametrize(
        ("fields", "complaint"),
        [
            ({"email": "ana"}, "Enter a valid email address"),
            ({"email": ""}, "This field is required"),
        ],
    )
    def test_bad_input_is_kept_and_explained(self, client, fields, complaint):
        response = client.post(SIGN_UP, fields)
        assert response.status_code == 422
        assert complaint in response.text
        assert f'value="{fields["email"]}"' in response.text or not fields["email"]
        assert not User.objects.exists()

    @pytest.mark.parametrize(
        ("password", "complaint"),
        [("12345678", "entirely numeric"), ("short", "too short"), ("password1", "too common")],
    )
    def test_a_weak_password_is_refused_with_the_reason(self, client, password, complaint):
        client.post(SIGN_UP, {"email": "ana@example.org"})
        page = client.post(CONFIRM, {"code": code_in(mail.outbox[0])}).url
        response = client.post(page, {"password1": password, "password2": password})
        assert response.status_code == 422
        assert complaint in response.text
        assert not User.objects.get().has_usable_password()

    def test_a_known_address_gets_another_mail_and_the_same_page(self, client, person):
        answers = []
        for email in ("new@example.org", person.email):
            first = client.post(SIGN_UP, {"email": email}, follow=True)
            answers.append((first.redirect_chain, first.status_code, without_what_differs(first, email)))
            client.cookies.clear()
        assert answers[0] == answers[1]
        assert [message.subject for message in mail.outbox] == [
            "Your code to confirm your address",
            "You have an account already",
        ]
        assert User.objects.count() == 2

    def test_no_code_confirms_a_known_address_for_a_stranger(self, client, person):
        client.post(SIGN_UP, {"email": person.email})
        assert client.post(CONFIRM, {"code": "AAAAAA"}).status_code == 422
        assert not is_signed_in(client)


def without_what_differs(response, email):
    lines = response.text.replace(email, "…").splitlines()
    return [line for line in lines if "csrf" not in line.lower() and "nonce" not in line]


class TestSigningIn:
    def test_with_a_password(self, client, person):
        assert sign_in(client, person.email.upper()).url == reverse("account")
        assert is_signed_in(client)

    def test_leads_on_to_the_page_that_was_asked_for(self, client, person, firm):
        assert client.get(reverse("firms:new")).url == f"{reverse('account_login')}?next={reverse('firms:new')}"
        assert sign_in(client, person.email, next=reverse("firms:new")).url == reverse("firms:new")

    def test_leads_nowhere_else(self, client, person):
        assert sign_in(client, person.email, next="https://evil.example/").url == reverse("account")

    def test_with_a_code_from_a_mail(self, client, person):
        response = client.post("/account/login/code/", {"email": person.email})
        assert response.url == reverse("account_confirm_login_code")
        client.post(response.url, {"code": code_in(mail.outbox[0])})
        assert is_signed_in(client)

    def test_a_wrong_password_and_an_unknown_address_look_the_same(self, client, person):
        answers = []
        for email in (person.email, "nobody@example.org"):
            response = sign_in(client, email, "wrong")
            answers.append((response.status_code, without_what_differs(response, email)))
        assert answers[0] == answers[1]
        assert answers[0][0] == 422
        assert "do not belong together" in response.text

    @pytest.mark.parametrize("path", ["/account/login/code/", "/account/password/reset/"])
    def test_codes_are_not_a_way_to_find_out_who_has_an_account(self, client, person, path):
        answers = []
        for email in (person.email, "nobody@example.org"):
            response = client.post(path, {"email": email}, follow=True)
            answers.append((response.redirect_chain, response.status_code, without_what_differs(response, email)))
            client.cookies.clear()
        assert answers[0] == answers[1]
        assert [len(message.to) for message in mail.outbox] == [1, 1]
        assert mail.outbox[1].subject == "There is no account with this address"

    def test_with_a_second_step(self, client, somebody):
        advisor = somebody("advisor@example.org", password=PASSWORD)
        response = sign_in(client, advisor.email)
        assert response.url == reverse("mfa_authenticate")
        assert not is_signed_in(client)
        wrong = client.post(response.url, {"code": "000000"})
        assert wrong.status_code == 422
        assert not is_signed_in(client)
        client.post(response.url, {"code": code_of_app(advisor)})
        assert is_signed_in(client)

    def test_a_code_from_a_mail_is_no_way_around_the_second_step(self, client, somebody):
        advisor = somebody("advisor@example.org")
        client.post("/account/login/code/", {"email": advisor.email})
        response = client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[0])})
        assert response.url == reverse("mfa_authenticate")
        assert not is_signed_in(client)

    def test_a_forgotten_password(self, client, person):
        client.post("/account/password/reset/", {"email": person.email})
        code = code_in(mail.outbox[0])
        assert client.post(reverse("account_confirm_password_reset_code"), {"code": code}).status_code == 302
        new = {"password1": "another-sentence-8", "password2": "another-sentence-8"}
        assert client.post(reverse("account_complete_password_reset"), new).status_code == 302
        person.refresh_from_db()
        assert person.check_password("another-sentence-8")

    def test_a_member_of_one_firm_comes_to_its_cases(self, client, firm):
        firm.advisor.set_password(PASSWORD)
        firm.advisor.save()
        sign_in(client, firm.advisor.email)
        response = client.post(reverse("mfa_authenticate"), {"code": code_of_app(firm.advisor)})
        assert response.url == reverse("board:cases", args=[firm.organisation.slug])

    def test_signing_out_needs_a_form(self, client, person):
        client.force_login(person)
        assert client.get("/account/logout/").status_code == 200
        assert is_signed_in(client)
        client.post("/account/logout/")
        assert not is_signed_in(client)


class TestLimits:
    def test_wrong_passwords(self, client, person):
        for _attempt in range(5):
            assert "do not belong together" in sign_in(client, person.email, "wrong").text
        response = sign_in(client, person.email)
        assert response.status_code == 422
        assert "wrong too often" in response.text
        assert not is_signed_in(client)

    @pytest.mark.parametrize(
        ("path", "fields", "most", "how_long"),
        [
            ("/account/login/", {"login": "a@example.org", "password": "x"}, 8, "Wait 10 seconds, then try again."),
            ("/account/signup/", {"email": "no"}, 20, "Wait a few minutes, then try again."),
            ("/account/password/reset/", {"email": "a@example.org"}, 5, "Wait a few minutes, then try again."),
        ],
    )
    def test_too_many_requests_get_a_page_that_says_so(self, client, path, fields, most, how_long, monkeypatch):
        now = timezone.now()
        monkeypatch.setattr(timezone, "now", lambda: now)
        for _attempt in range(most):
            assert client.post(path, fields).status_code in (302, 422)
        response = client.post(path, fields)
        assert response.status_code == 429
        assert "That was too often" in response.text
        assert how_long in response.text

    def test_codes_for_one_address(self, client, person):
        for _attempt in range(3):
            assert Client().post("/account/login/code/", {"email": person.email}).status_code == 302
        response = client.post("/account/login/code/", {"email": person.email})
        assert response.status_code == 422
        assert len(mail.outbox) == 3

    def test_behind_a_proxy_each_address_is_counted_by_itself(self, client, settings):
        settings.CLIENT_ADDRESS = "HTTP_X_FORWARDED_FOR"
        for number in range(25):
            headers = {"X-Forwarded-For": f"198.51.100.7, 203.0.113.{number}"}
            assert client.post(SIGN_UP, {"email": "no"}, headers=headers).status_code == 422
        for number in range(21):
            headers = {"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.7"}
            last = client.post(SIGN_UP, {"email": "no"}, headers=headers)
        assert last.status_code == 429


def test_mails_are_plain_text_and_the_same_as_html(client, person):
    client.post("/account/login/code/", {"email": person.email})
    message = mail.outbox[0]
    assert message.subject == "Your code to sign in"
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "&" not in message.body
    (html,) = message.alternatives
    assert code_in(message) in html.content
    assert "Relocation Checklist" in html.content
