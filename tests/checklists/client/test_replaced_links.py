"""What a new link ends besides the old one, and what a browser forgets."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse

from checklists.access.links import COOKIE
from checklists.firms.cases.household import send_questionnaire
from checklists.firms.sharing.services import make_code
from checklists.mail.sending import send_owed
from checklists.models import OutgoingMail, ShareCode, Subscription
from tests.checklists.pages import address

RESUME = "/my-checklist/"


@pytest.fixture
def subscription(freelancer):
    return Subscription.objects.create(
        checklist=freelancer, email="thief@example.org", confirmed_at="2026-11-01T00:00Z"
    )


class TestANewLink:
    def test_ends_emails_whose_address_the_reader_does_not_know(self, client, freelancer, subscription):
        page = client.get(address("keep", freelancer)).text
        assert "t…@example.org" in page
        assert subscription.email not in page
        client.post(address("new-link", freelancer))
        assert not Subscription.objects.exists()
        assert client.post(reverse("checklists:confirm-mail", args=[subscription.key])).status_code == 404

    @pytest.mark.parametrize("confirmed", [True, False])
    def test_keeps_those_of_the_reader_and_their_key_leads_nowhere(self, client, freelancer, subscription, confirmed):
        if not confirmed:
            Subscription.objects.update(confirmed_at=None)
        client.post(address("new-link", freelancer), {"keep_mail": "on"})
        freelancer.refresh_from_db()
        confirm = reverse("checklists:confirm-mail", args=[subscription.key])
        client.cookies.clear()
        for response in (client.post(confirm), client.post(confirm, follow=True), client.get(confirm)):
            assert freelancer.token not in response.text + str(response.headers)
        assert "Your address is confirmed" in client.get(confirm).text

    def test_ends_open_codes_and_leaves_used_ones(self, client, freelancer, firm):
        for _number in range(2):
            make_code(checklist=freelancer, shares_checklist=True, shares_documents=True, shares_notes=True)
        used = ShareCode.objects.first()
        used.used_at = used.created_at
        used.save()
        client.post(address("new-link", freelancer))
        assert ShareCode.objects.get() == used

    def test_is_not_sent_to_an_address_that_a_firm_typed(self, client, firm, published):
        person = firm.case(destination="es", email="wrong@example.org").people.get()
        send_questionnaire(person=person, by=firm.advisor)
        client.post(address("new-link", person.checklist))
        person.checklist.refresh_from_db()
        send_owed()
        assert not [message for message in mail.outbox if person.checklist.token in message.body]
        assert not OutgoingMail.objects.owed().exists()
        client.force_login(firm.advisor)
        send = reverse("cases:send-questionnaire", args=[firm.organisation.slug, person.case_id, person.pk])
        client.post(send)
        assert OutgoingMail.objects.filter(kind="questionnaire").count() == 1

    def test_says_that_firms_stay(self, client, firm, published):
        checklist = firm.case(destination="es").people.get().checklist
        assert "Firms that you let in still see it" in client.get(address("keep", checklist)).text


class TestForgetting:
    @pytest.mark.parametrize(
        "page", [("checklist",), ("answers",), ("keep",), ("question", "housing"), ("paper", "photo")]
    )
    def test_is_offered_wherever_the_checklist_is_shown(self, client, freelancer, page):
        shown = address(page[0], freelancer, *page[1:])
        assert "Forget it in this browser" not in client.get(shown).text
        client.post(address("remember", freelancer))
        assert "Forget it in this browser" in client.get(shown).text

    def test_leaves_nothing_behind(self, client, freelancer):
        client.post(address("remember", freelancer))
        response = client.post(address("forget", freelancer))
        assert client.cookies[COOKIE].value == ""
        assert client.get(RESUME).url == reverse("checklists:start")
        assert "This browser has forgotten the checklist" in client.get(response.url).text
        assert client.get(freelancer.get_absolute_url()).status_code == 200

    def test_leaves_another_one_alone(self, client, freelancer, employee):
        client.post(address("remember", employee))
        client.post(address("forget", freelancer))
        assert client.get(RESUME).url == employee.get_absolute_url()

    def test_takes_the_link_and_a_form(self, client, freelancer):
        assert client.get(address("forget", freelancer)).status_code == 405
        assert client.post(reverse("checklists:forget", args=["x" * 22])).status_code == 404

    def test_a_firm_is_offered_nothing(self, client, firm, published):
        person = firm.case(destination="es").people.get()
        client.force_login(firm.advisor)
        assert 'id="kept"' not in client.get(f"/c/{person.door}/").text

    def test_comes_with_signing_out(self, client, freelancer, somebody):
        client.post(address("remember", freelancer))
        client.force_login(somebody("ana@example.org", second_factor=False))
        assert "Keep its link" in client.get("/account/").text
        assert "Keep its link" in client.get("/account/logout/").text
        client.post("/account/logout/")
        assert client.get(RESUME).url == reverse("checklists:start")

    def test_does_not_come_with_giving_up_to_sign_in(self, client, freelancer):
        client.post(address("remember", freelancer))
        client.post("/account/logout/", {"next": "/account/login/"})
        assert client.get(RESUME).url == freelancer.get_absolute_url()


BEHIND = [".", ",", ")", "/.", "/)", "/).", '"', "/>", "”", "/»,", "'", "/*", "%E2%80%8B", "/;"]


class TestPasting:
    @pytest.mark.parametrize("behind", BEHIND)
    def test_what_stood_behind_a_link_does_not_matter(self, client, freelancer, behind):
        response = client.get(f"/c/{freelancer.token}{behind}", follow=True)
        assert response.status_code == 200
        assert response.redirect_chain[-1][0] == freelancer.get_absolute_url()

    @pytest.mark.parametrize(
        "link", ["share/ABCD-EFGH-JKMN", "mail/{key}/stop", "firms/invitation/{key}", "c/{key}/keep"]
    )
    def test_so_it_is_with_every_link_that_is_a_key(self, client, link):
        link = link.format(key="k" * 22)
        assert client.get(f"/{link}/).").url == f"/{link}/"

    @pytest.mark.parametrize("path", ["//evil.example/c/x.", "/c//evil.example/.", "/c/\\evil.example."])
    def test_it_leads_to_no_other_site(self, client, db, path):
        response = client.get(path)
        assert response.status_code == 404 or response.url.startswith("/c/")

    def test_a_form_is_not_sent_on(self, client, freelancer):
        assert client.post(f"/c/{freelancer.token}/.").status_code == 405


REMEMBER_AND_FORGET = """
import django
django.setup()
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from checklists.access.accounts.browsers import make_known
from checklists.access.links import forget, remember
from checklists.models import Checklist, User
request, response = RequestFactory().get("/", secure=True), HttpResponse()
remember(request, response, Checklist())
make_known(request, response, User(pk=1))
print(response.cookies.output())
print(forget(HttpResponse()).cookies.output())
print(settings.PREVIEW_CHECKLIST_COOKIE)
"""


def test_in_production_no_sister_host_can_set_a_cookie():
    """A browser takes a __Host- cookie only if it is secure, for the path "/", and names no domain."""
    known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    env = known | {"SECRET_KEY": "x" * 50, "DATABASE_URL": "sqlite://:memory:"}
    env |= {"DJANGO_SETTINGS_MODULE": "relocation.settings", "ALLOWED_HOSTS": "example.org"}
    command = [sys.executable, "-c", REMEMBER_AND_FORGET]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=True)
    *cookies, preview = done.stdout.splitlines()
    assert [cookie.partition("=")[0] for cookie in cookies] == [
        "Set-Cookie: __Host-browser",
        "Set-Cookie: __Host-checklist",
        "Set-Cookie: __Host-checklist",
    ]
    for cookie in cookies:
        assert "Path=/;" in f"{cookie};" and "Secure" in cookie and "Domain" not in cookie, cookie
    assert preview == "__Secure-preview-checklist"
