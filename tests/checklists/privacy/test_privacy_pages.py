"""The pages about somebody's data: with an account, by a link, and for everybody."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from checklists.access.links import COOKIE
from checklists.models import Checklist, User
from checklists.privacy import periods

PASSWORD = "a-long-enough-secret"
ACCOUNT = ["data", "json", "zip", "erase"]
BY_LINK = ["checklist-data", "checklist-json", "checklist-zip", "checklist-erase"]


def address(name, *arguments):
    return reverse(f"privacy:{name}", args=arguments)


@pytest.fixture
def ana(somebody, client):
    """Somebody who is signed in, with a checklist, and has just typed the password again."""
    user = somebody("ana@example.org", first_name="Ana", password=PASSWORD, second_factor=False)
    Checklist.objects.create(answers={"destination": "es"}, owner=user)
    client.force_login(user)
    return user


@pytest.fixture
def sure(client, ana):
    client.get(address("erase"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": address("erase")})
    return ana


@pytest.fixture
def checklist(published):
    return Checklist.objects.start(answers={"destination": "es", "housing": "tenant_named_in_lease"}, edition=1)


class TestPolicy:
    def test_is_open_to_everybody_and_linked_from_everywhere(self, client, db):
        assert address("policy") in client.get("/about/").text
        assert client.get(address("policy")).status_code == 200

    def test_tells_the_figures_of_the_code(self, client, db, monkeypatch):
        assert f"{periods.ANONYMOUS.days} days after its last change" in client.get(address("policy")).text
        monkeypatch.setattr(periods, "ANONYMOUS", periods.ANONYMOUS * 2)
        assert "360 days after its last change" in client.get(address("policy")).text

    def test_takes_no_form(self, client, db):
        assert client.post(address("policy")).status_code == 405


class TestAccount:
    def test_reads_what_is_held(self, client, sure, published):
        page = client.get(address("data"))
        assert page.status_code == 200
        assert "ana@example.org" in page.text
        assert "Spain" in page.text
        assert "no-store" in page.headers["Cache-Control"]

    def test_takes_it_along_as_json(self, client, sure):
        response = client.get(address("json"))
        assert "attachment" in response.headers["Content-Disposition"]
        assert json.loads(response.content)["about"]["checklists.User"][0]["email"] == "ana@example.org"

    def test_takes_it_along_to_read(self, client, sure):
        archive = zipfile.ZipFile(io.BytesIO(client.get(address("zip")).content))
        assert "ana@example.org" in archive.read("my-data.html").decode()

    def test_sees_nothing_of_others(self, client, sure, somebody):
        somebody("berta@example.org", first_name="Berta")
        assert "berta" not in client.get(address("json")).text.lower()

    @pytest.mark.parametrize("page", ACCOUNT)
    def test_anonymous_people_sign_in(self, client, db, page):
        assert client.get(address(page)).url.startswith("/account/login/")

    @pytest.mark.parametrize("page", ["data", "json", "zip"])
    def test_nothing_is_sent_there(self, client, ana, page):
        assert client.post(address(page)).status_code == 405

    @pytest.mark.parametrize("page", ["data", "json", "zip"])
    def test_the_password_is_asked_for_again_before_anything_is_shown(self, client, ana, page):
        assert client.get(address(page)).url.startswith(reverse("account_reauthenticate"))

    def test_the_password_is_asked_for_again_before_erasing(self, client, ana):
        assert client.get(address("erase")).url.startswith(reverse("account_reauthenticate"))
        assert client.post(address("erase"), {"sure": "on"}).url.startswith(reverse("account_reauthenticate"))
        assert User.objects.filter(pk=ana.pk).exists()

    def test_says_what_goes_and_what_stays(self, client, sure):
        page = client.get(address("erase")).text
        assert "What goes" in page
        assert "What stays" in page
        assert User.objects.filter(pk=sure.pk).exists()

    def test_without_the_tick_nothing_goes(self, client, sure):
        response = client.post(address("erase"))
        assert response.status_code == 422
        assert "Nothing has been erased" in response.text
        assert User.objects.filter(pk=sure.pk).exists()

    def test_with_the_tick_all_goes_at_once(self, client, sure):
        response = client.post(address("erase"), {"sure": "on"}, follow=True)
        assert "is erased" in response.text
        assert not User.objects.exists()
        assert not Checklist.objects.exists()
        assert client.get(address("data")).url.startswith("/account/login/")

    def test_the_only_owner_of_a_firm_is_told_what_to_do_first(self, client, firm, sure):
        firm.organisation.memberships.filter(role="owner").update(user=sure)
        firm.owner.set_password(PASSWORD)
        sure.authenticator_set.create(type="totp", data={})
        page = client.get(address("erase"))
        assert "only owner of Move Well" in page.text
        assert "for ever" not in page.text
        response = client.post(address("erase"), {"sure": "on"})
        assert response.status_code == 409
        assert "Nothing has been erased" in response.text
        assert User.objects.filter(pk=sure.pk).exists()


class TestByLink:
    def test_reads_what_is_held_with_questions_in_words(self, client, checklist, published):
        page = client.get(address("checklist-data", checklist.token)).text
        assert published.questions_for(checklist.answers["destination"])["housing"].text in page

    def test_is_offered_where_the_link_is_kept(self, client, checklist):
        page = client.get(f"{checklist.get_absolute_url()}keep/").text
        assert address("checklist-data", checklist.token) in page

    def test_takes_it_along(self, client, checklist):
        found = json.loads(client.get(address("checklist-json", checklist.token)).content)
        assert found["about"]["checklists.Checklist"][0]["answers"]["destination"] == "es"
        assert zipfile.is_zipfile(io.BytesIO(client.get(address("checklist-zip", checklist.token)).content))

    def test_erases_it(self, client, checklist):
        client.post(reverse("checklists:remember", args=[checklist.token]))
        assert client.get(address("checklist-erase", checklist.token)).status_code == 200
        response = client.post(address("checklist-erase", checklist.token), {"sure": "on"})
        assert response.status_code == 302
        assert not Checklist.objects.exists()
        assert client.cookies[COOKIE].value == ""
        assert client.get(checklist.get_absolute_url()).status_code == 404

    def test_without_the_tick_nothing_goes(self, client, checklist):
        response = client.post(address("checklist-erase", checklist.token))
        assert response.status_code == 422
        assert Checklist.objects.exists()

    @pytest.mark.parametrize("page", BY_LINK)
    def test_a_forged_link_is_not_found(self, client, published, page):
        assert client.get(address(page, "x" * 22)).status_code == 404

    @pytest.mark.parametrize("page", BY_LINK)
    def test_the_checklist_of_an_account_is_its_owners_alone(self, client, checklist, somebody, page):
        owner = somebody("ana@example.org")
        Checklist.objects.update(owner=owner)
        response = client.get(address(page, checklist.token))
        assert response.status_code == 403
        assert "belongs to an account" in response.text
        if page == "checklist-erase":
            assert client.post(address(page, checklist.token), {"sure": "on"}).status_code == 403
            assert Checklist.objects.exists()
        client.force_login(owner)
        assert client.get(address(page, checklist.token)).url == address("data")

    @pytest.mark.parametrize("page", BY_LINK)
    def test_a_firm_does_not_come_here_through_its_door(self, client, firm, published, page):
        person = firm.case().people.get()
        client.force_login(firm.owner)
        assert client.get(address(page, person.door)).status_code == 404
        assert client.post(address("checklist-erase", person.door), {"sure": "on"}).status_code in (403, 404)
        assert Checklist.objects.exists()

    @pytest.mark.parametrize("page", BY_LINK)
    def test_a_checklist_of_a_preview_has_none(self, client, published, page):
        preview = Checklist.objects.start_preview(answers={}, edition=1)
        assert client.get(address(page, preview.token)).status_code == 404

    @pytest.mark.parametrize("page", ["checklist-data", "checklist-json", "checklist-zip"])
    def test_nothing_is_sent_there(self, client, checklist, page):
        assert client.post(address(page, checklist.token)).status_code == 405

    @pytest.mark.parametrize("page", BY_LINK)
    def test_stays_out_of_search_engines_and_caches(self, client, checklist, page):
        response = client.get(address(page, checklist.token))
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert "no-store" in response.headers["Cache-Control"]
