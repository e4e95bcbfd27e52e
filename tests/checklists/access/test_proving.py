"""Whoever opens an account for somebody else's address has nothing of it once its owner proves the address."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import global_settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.urls import reverse

from checklists.firms.members.invitations import invite
from checklists.models import Checklist, Membership, User
from relocation import settings as shipped
from tests.checklists.access.conftest import PASSWORD, code_in, is_signed_in, sign_in

pytestmark = pytest.mark.django_db

VICTIM = "ana@example.org"
ATTACKERS = "Attackers-Pw-9"
SIGN_UP, CONFIRM = "/account/signup/", "/account/confirm-email/"


def with_a_code(browser):
    browser.post("/account/login/code/", {"email": VICTIM})
    browser.post("/account/login/code/confirm/", {"code": code_in(mail.outbox[-1])})


def with_a_reset(browser):
    """Proves the address, and stops before a new password is chosen."""
    browser.post("/account/password/reset/", {"email": VICTIM})
    browser.post(reverse("account_confirm_password_reset_code"), {"code": code_in(mail.outbox[-1])})


def with_the_attackers_password(browser):
    sign_in(browser, VICTIM, ATTACKERS)
    browser.post(CONFIRM, {"code": code_in(mail.outbox[-1])})


PROOFS = [with_a_code, with_a_reset]


@pytest.fixture
def waiting(db):
    """An account as it could be before: with a password, factors and all, for an address that nobody has proven."""
    user = User.objects.create_user("waiting", email=VICTIM, password=ATTACKERS)
    EmailAddress.objects.create(user=user, email=VICTIM, primary=True)
    return user


@pytest.fixture
def attacker(client_of):
    return client_of()


class TestTheAttack:
    """As it was seen: one signs up and waits, the firm invites, the victim signs in by code, the other by password."""

    @pytest.mark.parametrize("passkey", ["", "passkey/"])
    def test_does_not_open_the_firm(self, client, attacker, firm, passkey, django_capture_on_commit_callbacks):
        attacker.post(f"{SIGN_UP}{passkey}", {"email": VICTIM, "password1": ATTACKERS})
        with django_capture_on_commit_callbacks(execute=True):
            invitation = invite(organisation=firm.organisation, email=VICTIM, role="advisor", by=firm.owner)
        page = reverse("firms:invitation", args=[invitation.key])
        with_a_code(client)
        assert is_signed_in(client)
        assert client.post(page).status_code == 302
        assert Membership.objects.filter(organisation=firm.organisation, user__email=VICTIM).exists()

        assert sign_in(attacker, VICTIM, ATTACKERS).status_code in (302, 422)
        for path in ("", "2fa/totp/activate/", "2fa/webauthn/signup/", "password/set/"):
            assert attacker.get(f"/account/{path}").status_code == 302, path
        assert attacker.get(reverse("board:cases", args=[firm.organisation.slug])).status_code == 302
        assert not is_signed_in(attacker)

    def test_does_not_open_the_account_of_a_private_person(self, client, attacker, published):
        attacker.post(SIGN_UP, {"email": VICTIM, "password1": ATTACKERS})
        client.post(reverse("checklists:start"), {"destination": "es"})
        with_a_code(client)
        assert Checklist.objects.get().owner.email == VICTIM
        sign_in(attacker, VICTIM, ATTACKERS)
        assert not is_signed_in(attacker)

    def test_the_code_that_the_attacker_asked_for_is_no_use_later(self, client, attacker):
        attacker.post(SIGN_UP, {"email": VICTIM})
        with_a_code(client)
        assert attacker.get(CONFIRM).status_code == 200
        assert attacker.post(CONFIRM, {"code": "AAAAAA"}).status_code == 422
        assert not is_signed_in(attacker)


class TestNothingIsKeptBeforeTheProof:
    def test_no_password(self, client):
        client.post(SIGN_UP, {"email": VICTIM, "password1": ATTACKERS, "password2": ATTACKERS, "password": ATTACKERS})
        assert not User.objects.get().has_usable_password()

    def test_the_page_asks_for_none(self, client):
        assert "password" not in client.get(SIGN_UP).context_data["form"].fields

    def test_no_checklist(self, attacker, published):
        attacker.post(reverse("checklists:start"), {"destination": "es"})
        attacker.post(SIGN_UP, {"email": VICTIM})
        assert Checklist.objects.get().owner is None


@pytest.mark.parametrize("prove", PROOFS)
class TestTheFirstProofEnds:
    def test_the_password(self, client, attacker, waiting, prove):
        prove(client)
        assert EmailAddress.objects.get().verified
        assert "do not belong together" in sign_in(attacker, VICTIM, ATTACKERS).text

    @pytest.mark.parametrize("kind", Authenticator.Type.values)
    def test_factors(self, client, waiting, prove, kind):
        Authenticator.objects.create(user=waiting, type=kind, data={"secret": "JBSWY3DPEHPK3PXP"})
        prove(client)
        assert not Authenticator.objects.exists()

    def test_sessions(self, client, attacker, waiting, prove):
        attacker.force_login(waiting)
        assert attacker.get("/account/").status_code == 200
        prove(client)
        assert attacker.get("/account/").status_code == 302


class TestWhatIsLeftAlone:
    def test_a_password_that_was_typed_in_the_browser_of_the_proof(self, client, waiting):
        Authenticator.objects.create(user=waiting, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
        with_the_attackers_password(client)
        assert is_signed_in(client)
        waiting.refresh_from_db()
        assert waiting.check_password(ATTACKERS)
        assert not Authenticator.objects.exists()

    def test_everything_when_a_proven_address_is_used_again(self, client, person):
        Authenticator.objects.create(user=person, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
        with_a_code(client)
        person.refresh_from_db()
        assert person.check_password(PASSWORD)
        assert Authenticator.objects.exists()

    def test_everything_when_somebody_changes_their_address(self, client, person):
        sign_in(client, person.email)
        client.post("/account/reauthenticate/", {"password": PASSWORD})
        client.post("/account/email/", {"email": "new@example.org", "action_add": "1"})
        client.post(CONFIRM, {"code": code_in(mail.outbox[-1])})
        person.refresh_from_db()
        assert person.email == "new@example.org"
        assert person.check_password(PASSWORD)
        assert is_signed_in(client)


class TestChoosingAPassword:
    @pytest.mark.parametrize("way", [{}, {"next": "/account/"}])
    def test_comes_after_the_proof_and_may_be_left_out(self, client, published, way):
        client.post(SIGN_UP, {"email": VICTIM, **way})
        response = client.post(CONFIRM, {"code": code_in(mail.outbox[0])})
        assert response.url == reverse("account_set_password")
        page = client.get(response.url)
        assert "Go on without a password" in page.text
        fields = {"password1": PASSWORD, "password2": PASSWORD}
        assert client.post(response.url, fields).url == reverse("account")
        assert User.objects.get().check_password(PASSWORD)
        assert is_signed_in(client)

    def test_waits_where_somebody_was_going_somewhere(self, client, published):
        client.post(SIGN_UP, {"email": VICTIM, "next": "/firms/new/"})
        response = client.post(CONFIRM, {"code": code_in(mail.outbox[0])})
        assert response.url == "/firms/new/"


def test_signing_up_hashes_as_often_for_a_known_address_as_for_a_new_one(client, person, monkeypatch):
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args, **more: hashed.append(1) or encode(*args, **more))
    counts = []
    for email in (person.email, "new@example.org"):
        hashed.clear()
        client.post(SIGN_UP, {"email": email, "password1": PASSWORD})
        counts.append(len(hashed))
    assert counts == [0, 0]


def test_an_old_hash_is_accepted_and_made_anew(client, person, settings):
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS[:1]
    person.set_password(PASSWORD)
    person.save()
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS
    assert shipped.PASSWORD_HASHERS[0].endswith("Argon2")
    assert person.password.startswith("pbkdf2_sha256$")
    sign_in(client, person.email)
    assert is_signed_in(client)
    person.refresh_from_db()
    assert person.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
