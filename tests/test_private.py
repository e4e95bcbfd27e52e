"""What is one reader's own is kept by no cache: every address of the site, for somebody signed in and for nobody."""

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from checklists.models import Checklist
from relocation.middleware import PrivateMiddleware
from tests.addresses import addresses
from tests.test_nine_roles import SENT, tried, world  # noqa: F401

NEVER_KEPT = "private, no-store"
# A page that answers a form: without it there is no way back to what was typed.
ONLY_TO_GO_BACK = "private, no-cache"


@pytest.mark.roles
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ["anonymous", "client", "owner"])
def test_every_address_of_a_person(world, client, role, method):  # noqa: F811
    if world.people[role]:
        client.force_login(world.people[role])
    session, kept = dict(client.cookies), []
    for address, path, _through_door in tried(world):
        client.cookies.clear()
        client.cookies.update(session)
        with transaction.atomic():
            response = getattr(client, method)(path, SENT.get(address.name))
            transaction.set_rollback(True)
        own = role != "anonymous" or path.startswith(PrivateMiddleware.OWN)
        answers_form = method == "post" and "Location" not in response.headers
        expected = {NEVER_KEPT, ONLY_TO_GO_BACK} if answers_form else {NEVER_KEPT}
        if own and not address.name.startswith("health:") and response.headers["Cache-Control"] not in expected:
            kept.append(f"{address.name} {path}: {response.headers['Cache-Control']}")
    assert kept == []


def test_every_address_behind_a_key_or_a_sign_in_is_known():
    """A new room of the site that is somebody's own fails here until the middleware knows it."""
    public = ("guides:", "health:", "api:", "security-txt", "components", "privacy:policy")
    # The last one is a link behind which something was pasted too: it begins like one of these.
    others = {"checklists:start", "checklists:countries", "checklists:pasted"}
    found = {
        address.name
        for address in addresses()
        if not f"/{address.route.replace('^', '')}".startswith(PrivateMiddleware.OWN)
        and not address.name.startswith(public)
    }
    assert found == others


@pytest.mark.django_db
class TestAnswers:
    def test_the_way_to_a_key_is_not_kept(self, client, published):
        for response in (client.post("/start/", {"destination": "es"}), client.get("/my-checklist/")):
            assert response.status_code == 302
            assert response.headers["Cache-Control"] == NEVER_KEPT

    def test_a_form_that_comes_back_is_kept_to_go_back_to(self, client, published):
        page = client.post("/start/", {"destination": "es"}).url
        checklist = Checklist.objects.get().get_absolute_url()
        assert client.get(page).headers["Cache-Control"] == NEVER_KEPT
        refused = client.post(f"{checklist}mail/", {})
        assert (refused.status_code, refused.headers["Cache-Control"]) == (422, ONLY_TO_GO_BACK)

    def test_public_pages_are_not_kept_for_whoever_has_a_checklist(self, client, published):
        assert "no-store" not in client.get("/guides/").headers.get("Cache-Control", "")
        client.post("/start/", {"destination": "es"})
        assert Checklist.objects.exists()
        assert client.get("/guides/").headers["Cache-Control"] == NEVER_KEPT

    def test_unfinished_sign_in_counts_as_somebody(self, client, published):
        client.post(reverse("account_request_login_code"), {"email": "ana@example.org"})
        assert settings.SESSION_COOKIE_NAME in client.cookies
        assert client.get("/guides/").headers["Cache-Control"] == NEVER_KEPT

    def test_what_is_the_same_for_everybody_stays_so(self, client, admin_user, published):
        client.force_login(admin_user)
        assert "public" in client.get("/open-data/catalogue.json").headers["Cache-Control"]
        assert "public" in Client().get("/open-data/catalogue.json").headers["Cache-Control"]

    def test_signing_out_clears_what_the_browser_has_kept(self, client, admin_user, published):
        client.force_login(admin_user)
        assert "Clear-Site-Data" not in client.get("/account/").headers
        assert client.post(reverse("account_logout")).headers["Clear-Site-Data"] == '"cache"'
