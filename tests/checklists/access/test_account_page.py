"""The account: what belongs to it, and the sessions that are open."""

import datetime

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.urls import reverse

from checklists.access.access import Access
from checklists.client.services import save_item
from checklists.models import Checklist
from tests.checklists.access.conftest import PASSWORD, code_in, is_signed_in, sign_in
from tests.checklists.pages import address

pytestmark = pytest.mark.django_db

ACCOUNT = "/account/"


def begin(client, **more):
    """Start a checklist as a reader does; the browser then remembers it."""
    client.post(reverse("checklists:start"), {"destination": "es", **more})
    return Checklist.objects.last()


class TestClaiming:
    def test_signing_in_claims_the_checklist_made_before(self, client, published, person):
        checklist = begin(client)
        assert checklist.owner is None
        page = client.post("/account/login/", {"login": person.email, "password": PASSWORD}, follow=True)
        checklist.refresh_from_db()
        assert checklist.owner == person
        assert "now belongs to your account" in page.text
        assert checklist.get_absolute_url() in page.text

    def test_so_does_making_an_account(self, client, published):
        checklist = begin(client)
        client.post("/account/signup/", {"email": "new@example.org"})
        checklist.refresh_from_db()
        assert checklist.owner is None
        client.post("/account/confirm-email/", {"code": code_in(mail.outbox[0])})
        checklist.refresh_from_db()
        assert checklist.owner.email == "new@example.org"

    def test_that_of_somebody_else_is_never_taken(self, client, published, person, somebody):
        checklist = begin(client)
        owner = somebody("owner@example.org")
        Checklist.objects.update(owner=owner)
        sign_in(client, person.email)
        checklist.refresh_from_db()
        assert checklist.owner == owner

    def test_a_forged_cookie_claims_nothing(self, client, published, person):
        checklist = Checklist.objects.start(answers={"destination": "es"}, edition=1)
        client.cookies["checklist"] = f"{checklist.token}:x:y"
        sign_in(client, person.email)
        checklist.refresh_from_db()
        assert checklist.owner is None

    def test_an_advisor_does_not_claim_what_belongs_to_a_client(self, client, published, firm):
        checklist = firm.case(destination="es").people.get().checklist
        client.post(address("remember", checklist))
        firm.advisor.set_password(PASSWORD)
        firm.advisor.authenticator_set.all().delete()
        firm.advisor.save()
        sign_in(client, firm.advisor.email)
        assert is_signed_in(client)
        checklist.refresh_from_db()
        assert checklist.owner is None

    def test_whoever_is_signed_in_owns_what_they_make(self, client, published, person):
        client.force_login(person)
        assert begin(client).owner == person

    def test_the_checklist_says_to_whom_it_belongs(self, client, client_of, published, person):
        checklist = begin(client)
        page = address("keep", checklist)
        assert "There is no account." in client.get(page).text
        sign_in(client, person.email)
        assert "your account</a>" in client.get(page).text
        stranger = client_of().get(page).text
        assert "belongs to an account" in stranger
        assert person.email not in stranger

    def test_it_can_be_taken_out_again(self, client, published, person):
        checklist = begin(client)
        sign_in(client, person.email)
        page = client.post(reverse("account-let-go", args=[checklist.pk]), follow=True)
        assert "no longer in your account" in page.text
        checklist.refresh_from_db()
        assert checklist.owner is None
        assert client.get(checklist.get_absolute_url()).status_code == 200

    def test_only_ones_own_can(self, client, published, person, somebody):
        checklist = Checklist.objects.start(answers={}, edition=1, owner=somebody("owner@example.org"))
        client.force_login(person)
        assert client.post(reverse("account-let-go", args=[checklist.pk])).status_code == 404
        assert client.get(reverse("account-let-go", args=[checklist.pk])).status_code == 405
        checklist.refresh_from_db()
        assert checklist.owner.email == "owner@example.org"


class TestResuming:
    RESUME = "/my-checklist/"

    def test_leads_to_the_own_checklist_on_any_device(self, client, published, person):
        client.force_login(person)
        assert client.get(self.RESUME).url == reverse("checklists:start")
        checklist = Checklist.objects.start(answers={"destination": "es"}, edition=1, owner=person)
        assert client.get(self.RESUME).url == checklist.get_absolute_url()

    def test_leads_to_the_account_where_there_are_several(self, client, published, person):
        client.force_login(person)
        for country in ("es", "pt"):
            Checklist.objects.start(answers={"destination": country}, edition=1, owner=person)
        assert client.get(self.RESUME).url == ACCOUNT


class TestAccountPage:
    def test_needs_an_account(self, client):
        assert client.get(ACCOUNT).url == f"/account/login/?next={ACCOUNT}"
        assert client.post(ACCOUNT).status_code in (302, 405)

    def test_shows_checklists_firms_and_ways_to_the_settings(self, client, published, firm, other_firm):
        client.force_login(firm.owner)
        checklist = Checklist.objects.start(answers={"destination": "pt"}, edition=1, owner=firm.owner)
        save_item(access=Access(checklist), kind="document", key="passport", done=True)
        Checklist.objects.start(answers={"destination": "es"}, edition=1)
        Checklist.objects.start_preview(answers={"destination": "es"}, edition=0)
        text = client.get(ACCOUNT).text
        assert text.count("Moving to") == 1
        assert "Moving to Portugal" in text
        assert "1 line ticked" in text
        assert "Move Well" in text
        assert "You are owner there." in text
        assert "Far Away" not in text
        for name in ("account_email", "account_change_password", "account_set_password", "mfa_index", "privacy:data"):
            shown = name not in ("account_change_password",)
            assert (f'href="{reverse(name)}"' in text) is shown, name

    def test_takes_as_many_queries_however_much_there_is(
        self, client, published, person, firm, other_firm, django_assert_num_queries
    ):
        client.force_login(person)
        for _time in range(2):
            with django_assert_num_queries(6):
                client.get(ACCOUNT)
            for country in ("es", "pt", "es"):
                Checklist.objects.start(answers={"destination": country}, edition=1, owner=person)

    def test_the_header_leads_there(self, client, published, person):
        assert ">Sign in</a>" in client.get("/").text
        client.force_login(person)
        text = client.get("/").text
        assert ">Account</a>" in text
        assert ">Sign in</a>" not in text


class TestSessions:
    LIST = "/account/sessions/"

    @pytest.fixture
    def browsers(self, person, client_of):
        found = [client_of(headers={"user-agent": name}) for name in ("Telephone", "Laptop", "Library")]
        for browser in found:
            sign_in(browser, person.email)
        return found

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                "Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari, iPhone",
            ),
            ("<script>", "&lt;script&gt;"),
            ("", "A browser that does not say what it is"),
        ],
    )
    def test_say_which_browser_it_is(self, client_of, person, said, words):
        browser = client_of(headers={"user-agent": said})
        sign_in(browser, person.email)
        assert f'<p class="row__name">{words} <span' in browser.get(self.LIST).text

    def test_are_listed(self, browsers):
        text = browsers[0].get(self.LIST).text
        assert all(name in text for name in ("Telephone", "Laptop", "Library"))
        assert text.count("this browser") == 1
        assert text.count("End this session") == 2

    def test_one_ends_with_its_next_request(self, browsers, person):
        here, there, third = browsers
        session = UserSession.objects.get(user_agent="Laptop")
        assert there.get(ACCOUNT).status_code == 200
        assert here.post(reverse("account-end-session", args=[session.pk])).url == self.LIST
        assert there.get(ACCOUNT).status_code == 302
        assert third.get(ACCOUNT).status_code == 200
        assert "Laptop" not in here.get(self.LIST).text

    def test_all_others_end_at_once(self, browsers):
        here, *others = browsers
        assert here.post(self.LIST).url == self.LIST
        assert [other.get(ACCOUNT).status_code for other in others] == [302, 302]
        assert here.get(ACCOUNT).status_code == 200

    def test_those_of_somebody_else_are_not_found(self, browsers, client, somebody):
        client.force_login(somebody("other@example.org"))
        session = UserSession.objects.get(user_agent="Laptop")
        assert client.post(reverse("account-end-session", args=[session.pk])).status_code == 404
        assert client.get(reverse("account-end-session", args=[session.pk])).status_code == 405
        assert browsers[1].get(ACCOUNT).status_code == 200

    def test_a_new_password_ends_all_others(self, browsers):
        here, *others = browsers
        fields = {"oldpassword": PASSWORD, "password1": "another-sentence-8", "password2": "another-sentence-8"}
        assert here.post("/account/password/change/", fields).url == ACCOUNT
        assert [other.get(ACCOUNT).status_code for other in others] == [302, 302]
        assert here.get(ACCOUNT).status_code == 200
        assert mail.outbox[-1].subject == "Your password was changed"
        assert "sign out all other devices at once" in mail.outbox[-1].body

    def test_are_brought_up_to_date_every_few_minutes(self, browsers, django_assert_num_queries):
        long_ago = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
        UserSession.objects.update(last_seen_at=long_ago)
        here = browsers[0]
        here.get(ACCOUNT)
        assert UserSession.objects.get(user_agent="Telephone").last_seen_at == long_ago
        session = here.session
        session["noted in the list of sessions at"] -= 6 * 60
        session.save()
        here.get(ACCOUNT)
        assert UserSession.objects.get(user_agent="Telephone").last_seen_at > long_ago


class TestAddress:
    def test_changes_once_the_new_one_is_confirmed(self, client, published, person):
        client.force_login(person)
        client.post("/account/reauthenticate/", {"password": PASSWORD})
        response = client.post("/account/email/", {"email": "new@example.org", "action_add": "1"})
        assert response.url == "/account/confirm-email/"
        person.refresh_from_db()
        assert person.email == "ana@example.org"
        client.post(response.url, {"code": code_in(mail.outbox[0])})
        person.refresh_from_db()
        assert person.email == "new@example.org"
        assert mail.outbox[-1].to == ["ana@example.org"]
        assert mail.outbox[-1].subject == "Your email address was changed"

    def test_that_of_another_account_is_not_told_apart(self, client, published, person, somebody):
        somebody("other@example.org")
        client.force_login(person)
        client.post("/account/reauthenticate/", {"password": PASSWORD})
        response = client.post("/account/email/", {"email": "other@example.org", "action_add": "1"})
        assert response.url == "/account/confirm-email/"
        assert client.post(response.url, {"code": "AAAAAA"}).status_code == 422
        person.refresh_from_db()
        assert person.email == "ana@example.org"
