"""Staff and members of firms need a second factor; everybody else may have one."""

from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from checklists.firms.members.services import start_firm
from checklists.models import Membership
from tests.checklists.access.conftest import PASSWORD, app_code, code_of_app, sign_in

pytestmark = pytest.mark.django_db

INDEX = "/account/2fa/"


def board_of(firm):
    return reverse("board:cases", args=[firm.organisation.slug])


@pytest.fixture
def newcomer(firm, person):
    """A member of the firm who has not set up a second factor yet."""
    Membership.objects.create(organisation=firm.organisation, user=person, role="advisor")
    return person


def set_up_an_app(client):
    """What somebody does on the pages that they are led to; the password was just asked for."""
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/")
    return client.post("/account/2fa/totp/activate/", {"code": app_code(page.context_data["form"].secret)})


class TestRequired:
    def test_a_newcomer_is_led_through_and_on_to_the_page_they_wanted(self, client, firm, newcomer):
        sign_in(client, newcomer.email)
        assert client.get(board_of(firm)).url == INDEX
        page = client.get(INDEX)
        assert "can see other people's data" in page.text
        assert 'href="/account/2fa/totp/activate/"' in page.text
        assert "Continue" not in page.text
        assert set_up_an_app(client).url == reverse("mfa_view_recovery_codes")
        codes = client.get(reverse("mfa_view_recovery_codes"))
        assert codes.text.count("<li><code>") == 10
        assert client.get(reverse("account-go-on")).url == board_of(firm)
        assert client.get(board_of(firm)).status_code == 200
        assert client.get(reverse("account-go-on")).url == reverse("account")

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_nothing_but_the_account_opens_before(self, client, published, newcomer, firm, method):
        client.force_login(newcomer)
        for path in ("/", board_of(firm), reverse("cases:new", args=[firm.organisation.slug]), "/admin/"):
            assert getattr(client, method)(path).url == INDEX
        assert client.get(reverse("account")).status_code == 200
        assert client.get(reverse("privacy:data")).url.startswith(reverse("account_reauthenticate"))

    def test_staff_too(self, client, somebody):
        client.force_login(somebody("staff@example.org", is_staff=True, second_factor=False))
        assert client.get("/admin/").url == INDEX

    def test_not_those_who_only_have_a_checklist(self, client, published, person):
        client.force_login(person)
        assert client.get("/").status_code == 200

    def test_from_the_moment_on_that_somebody_starts_a_firm(self, client, published, person):
        client.force_login(person)
        organisation = start_firm(name="New Ways", by=person)
        assert client.get(reverse("board:cases", args=[organisation.slug])).url == INDEX

    def test_a_passkey_counts_and_recovery_codes_alone_do_not(self, client, firm, newcomer):
        client.force_login(newcomer)
        Authenticator.objects.create(user=newcomer, type="recovery_codes", data={"seed": "x", "used_mask": 0})
        assert client.get(board_of(firm)).url == INDEX
        Authenticator.objects.create(user=newcomer, type="webauthn", data={})
        assert client.get(board_of(firm)).status_code == 200

    def test_demo_accounts_do_without_where_they_are_made(self, client, firm, newcomer, settings):
        settings.NO_SECOND_FACTOR = {newcomer.email}
        client.force_login(newcomer)
        assert client.get(board_of(firm)).status_code == 200

    def test_there_are_none_of_those_outside_of_debug(self, settings):
        assert not settings.NO_SECOND_FACTOR

    def test_it_takes_no_query_of_its_own(self, client, published, firm):
        """One for the session, and one for the account with what the second factor depends on."""
        client.force_login(firm.advisor)
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        assert len(queries) == 2

    def test_somebody_who_is_not_signed_in_takes_none(self, client, published):
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        assert len(queries) == 0


class TestChanging:
    @pytest.fixture
    def advisor(self, firm, client):
        firm.advisor.set_password(PASSWORD)
        firm.advisor.save()
        client.force_login(firm.advisor)
        client.post("/account/reauthenticate/", {"password": PASSWORD})
        return firm.advisor

    def test_the_last_app_stays(self, client, advisor):
        page = client.get("/account/2fa/totp/deactivate/")
        assert "Set up another one first" in page.text
        assert '<button class="button button--danger"' not in page.text
        assert client.post("/account/2fa/totp/deactivate/").status_code == 422
        assert advisor.authenticator_set.filter(type="totp").exists()

    def test_so_does_the_last_passkey(self, client, advisor):
        advisor.authenticator_set.all().delete()
        key = Authenticator.objects.create(user=advisor, type="webauthn", data={"name": "Blue key"})
        response = client.post(f"/account/2fa/webauthn/keys/{key.pk}/remove/", follow=True)
        assert "Set up another one first" in response.text
        assert advisor.authenticator_set.exists()

    def test_one_of_two_may_go(self, client, advisor):
        key = Authenticator.objects.create(user=advisor, type="webauthn", data={"name": "Blue key"})
        assert client.post("/account/2fa/totp/deactivate/").url == INDEX
        assert list(advisor.authenticator_set.filter(type__in=["totp", "webauthn"])) == [key]

    def test_somebody_who_need_not_may_remove_it(self, client, person):
        client.force_login(person)
        set_up_an_app(client)
        client.post("/account/2fa/totp/deactivate/")
        assert not person.authenticator_set.exists()

    def test_it_asks_who_it_is_first(self, client, person):
        client.force_login(person)
        response = client.get("/account/2fa/totp/activate/")
        assert response.url == f"/account/reauthenticate/?{urlencode({'next': '/account/2fa/totp/activate/'})}"
        assert client.post(response.url, {"password": "wrong"}).status_code == 422
        assert client.post(response.url, {"password": PASSWORD}).url == "/account/2fa/totp/activate/"

    def test_of_a_stranger_it_is_not_found(self, client, advisor, somebody):
        other = somebody("other@example.org")
        key = Authenticator.objects.create(user=other, type="webauthn", data={"name": "Theirs"})
        for path in ("remove", "edit"):
            assert client.post(f"/account/2fa/webauthn/keys/{key.pk}/{path}/", {"name": "Mine"}).status_code == 404
        key.refresh_from_db()
        assert key.data == {"name": "Theirs"}

    def test_a_recovery_code_works_once(self, client, advisor, client_of):
        client.post("/account/2fa/recovery-codes/generate/")
        code = client.get(reverse("mfa_view_recovery_codes")).context_data["unused_codes"][0]
        for again in (False, True):
            other = client_of()
            sign_in(other, advisor.email)
            response = other.post(reverse("mfa_authenticate"), {"code": code})
            assert response.status_code == (422 if again else 302)

    def test_a_code_of_the_app_works_once(self, advisor, client_of):
        code = code_of_app(advisor)
        for again in (False, True):
            other = client_of()
            sign_in(other, advisor.email)
            response = other.post(reverse("mfa_authenticate"), {"code": code})
            assert response.status_code == (422 if again else 302)


class TestKept:
    """As the database keeps it, what a factor is made of opens nothing."""

    @pytest.fixture
    def owner(self, client, person):
        client.force_login(person)
        set_up_an_app(client)
        client.post("/account/2fa/recovery-codes/generate/")
        return person

    def opens(self, client, user, code):
        sign_in(client, user.email)
        return client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302

    def kept(self, owner):
        return [part for factor in owner.authenticator_set.all() for part in factor.data.values()]

    def test_encrypted(self, client, client_of, owner):
        secret = decrypt(owner.authenticator_set.get(type="totp").data["secret"])
        codes = client.get(reverse("mfa_view_recovery_codes")).context_data["unused_codes"]
        seed = decrypt(owner.authenticator_set.get(type="recovery_codes").data["seed"])
        assert {secret, seed}.isdisjoint(map(str, self.kept(owner)))
        assert self.opens(client_of(), owner, app_code(secret))
        assert self.opens(client_of(), owner, codes[0])

    def test_in_clear_before_it_still_opens_and_is_encrypted_by_the_night(self, client_of, somebody):
        owner = somebody("old@example.org", second_factor=False, password=PASSWORD)
        Authenticator.objects.create(user=owner, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
        code, clear = code_of_app(owner), self.kept(owner)
        assert self.opens(client_of(), owner, code)
        call_command("keep_house")
        assert set(clear).isdisjoint(self.kept(owner))
        assert code_of_app(owner) == code

    def test_a_former_key_opens_until_all_is_encrypted_anew(self, client_of, owner, settings):
        secret = decrypt(owner.authenticator_set.get(type="totp").data["secret"])
        settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key of this site"
        assert decrypt(owner.authenticator_set.get(type="totp").data["secret"]) == secret
        call_command("keep_house")
        settings.SECRET_KEY_FALLBACKS = []
        assert self.opens(client_of(), owner, app_code(secret))

    def test_a_lost_key_opens_nothing_and_breaks_nothing(self, client_of, owner, settings):
        secret = decrypt(owner.authenticator_set.get(type="totp").data["secret"])
        before = self.kept(owner)
        settings.SECRET_KEY, former = "another key of this site", settings.SECRET_KEY
        call_command("keep_house")
        for code in (app_code(secret), app_code("")):
            assert not self.opens(client_of(), owner, code)
        assert self.kept(owner) == before
        settings.SECRET_KEY_FALLBACKS = [former]
        assert self.opens(client_of(), owner, app_code(secret))


class TestAdmin:
    def test_nobody_reads_the_secret_of_a_factor(self, admin_client, firm):
        factor = firm.advisor.authenticator_set.get()
        page = admin_client.get(reverse("admin:mfa_authenticator_change", args=[factor.pk]))
        assert page.status_code == 200
        assert factor.data["secret"] not in page.text

    def test_a_superuser_takes_a_lost_one_away_and_its_owner_sets_up_another(self, admin_client, client, firm):
        factor = firm.advisor.authenticator_set.get()
        admin_client.post(reverse("admin:mfa_authenticator_delete", args=[factor.pk]), {"post": "yes"})
        client.force_login(firm.advisor)
        assert client.get(board_of(firm)).url == INDEX

    def test_sessions_are_not_in_the_admin(self, admin_client):
        assert "usersession" not in admin_client.get(reverse("admin:index")).text


@pytest.mark.django_db(transaction=True)
def test_whoever_signs_in_without_a_password_sees_the_recovery_codes_at_once(client, firm, newcomer):
    newcomer.set_unusable_password()
    newcomer.save()
    client.force_login(newcomer)
    page = client.get("/account/2fa/totp/activate/")
    client.post("/account/2fa/totp/activate/", {"code": app_code(page.context_data["form"].secret)})
    assert client.get(reverse("mfa_view_recovery_codes")).text.count("<li><code>") == 10
