"""Opening somebody's checklist in a preview, from the admin."""

import datetime
import json
import re

import pytest
from django.test.utils import override_script_prefix
from django.urls import reverse
from django.utils import timezone

from checklists.access.links import COOKIE, PREVIEW_COOKIE
from checklists.models import Checklist, Persona
from checklists.templatetags.checklists import cached_include
from guides import clock
from guides.editions.loading import load
from guides.editions.publishing import publish
from guides.models import Procedure, Term
from tests.guides.small import small_catalogue

pytestmark = pytest.mark.django_db

OPEN, PAGE = "/admin/checklists/persona/preview/open/", "/admin/checklists/persona/preview/"
ANSWERS = {"destination": "pt", "here": True, "arrival_date": "2026-11-02", "stay_months": 24}
DRAFT = "/preview/draft/today"


@pytest.fixture
def catalogue(db):
    """The small catalogue published, and a draft in which a procedure has another name."""
    load(small_catalogue())
    publish(actor=None, note="The first")
    Procedure.objects.filter(key="nif").update(name="Fetch a tax number")


@pytest.fixture
def browser(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def ines(catalogue):
    return Persona.objects.create(name="Inês", answers=ANSWERS, day=datetime.date(2027, 5, 3))


def post(browser, **fields):
    return browser.post(reverse("admin:preview-open"), fields)


class TestOpening:
    def test_answers_as_json_open_as_a_checklist_of_the_draft(self, browser, catalogue):
        response = browser.post(OPEN, {"answers": json.dumps(ANSWERS)}, follow=True)
        checklist = Checklist.objects.get()
        assert checklist.preview
        assert checklist.answers == ANSWERS
        assert response.redirect_chain == [(f"{DRAFT}/c/{checklist.token}/", 302)]
        assert "Fetch a tax number" in response.text

    def test_edition_and_day_are_taken(self, browser, catalogue):
        response = post(browser, answers=json.dumps(ANSWERS), edition="1", day="2027-01-31")
        assert response.url.startswith("/preview/1/2027-01-31/c/")
        shown = browser.get(response.url).text
        assert "Get a tax number" in shown
        assert "by 2 February (Tuesday), in 2 days" in " ".join(shown.split())

    def test_persona_opens_on_its_day(self, browser, ines):
        assert post(browser, persona=ines.pk).url.startswith("/preview/draft/2027-05-03/c/")
        assert post(browser, persona=ines.pk, day="2027-01-31").url.startswith("/preview/draft/2027-01-31/c/")

    def test_day_beside_the_answers_counts(self, browser, catalogue):
        given = json.dumps({"answers": ANSWERS, "today": "2027-05-03"})
        assert post(browser, answers=given).url.startswith("/preview/draft/2027-05-03/c/")

    def test_what_is_not_understood_of_a_persona_is_said(self, browser, ines):
        ines.answers = {"destination": "pt", "gone": True}
        ines.save()
        response = browser.get(post(browser, persona=ines.pk, edition="1").url)
        assert "Left out of the persona&#x27;s answers: gone: There is no such answer key." in response.text

    @pytest.mark.parametrize(
        ("fields", "complaints"),
        [
            ({"answers": "{"}, ["This is not JSON"]),
            ({"answers": "[1]"}, ["The answers must be an object"]),
            (
                {"answers": '{"destination": "xx", "heer": true}'},
                ["destination: There is no value “xx”", "heer: There is"],
            ),
            ({"answers": '{"answers": {}, "today": "never"}'}, ["today: It must be a date"]),
            ({"answers": "{}", "day": "2027-02-30"}, ["Enter a valid date"]),
            ({"answers": "{}", "edition": "9"}, ["Select a valid choice"]),
            ({"answers": '{"answers": {}, "today": "9999-01-01"}'}, ["today: "]),
            ({"persona": "99"}, ["Select a valid choice"]),
            ({}, ["Choose a persona, or write down answers."]),
        ],
    )
    def test_whatever_is_wrong_is_named(self, browser, catalogue, fields, complaints):
        response = post(browser, **fields)
        assert response.status_code == 422
        for complaint in complaints:
            assert complaint in response.text
        assert not Checklist.objects.exists()

    def test_a_draft_that_cannot_be_shown_is_named(self, browser, catalogue):
        Term.objects.update(condition="nonsense")
        response = post(browser, answers=json.dumps(ANSWERS))
        assert response.status_code == 422
        assert "nonsense" in response.text
        assert post(browser, answers=json.dumps(ANSWERS), edition="1").status_code == 302

    def test_those_of_yesterday_go(self, browser, catalogue):
        old, live = (
            Checklist.objects.start_preview(answers={}, edition=0),
            Checklist.objects.start(answers={}, edition=1),
        )
        Checklist.objects.update(created_at=timezone.now() - datetime.timedelta(days=2))
        post(browser, answers="{}")
        assert not Checklist.objects.filter(pk=old.pk).exists()
        assert Checklist.objects.filter(pk=live.pk).exists()
        assert Checklist.objects.previews().count() == 1


class TestPermission:
    @pytest.mark.parametrize("role", ["Editors", "Publishers"])
    def test_roles_may(self, client, in_role, catalogue, role):
        client.force_login(in_role(role, "somebody@example.org"))
        assert client.get(PAGE).status_code == 200
        assert post(client, answers="{}").status_code == 302

    def test_staff_without_a_role_may_not(self, client, catalogue, somebody):
        client.force_login(somebody("staff@example.org", is_staff=True))
        assert client.get(PAGE).status_code == 403
        assert post(client, answers="{}").status_code == 403
        assert not Checklist.objects.exists()

    @pytest.mark.parametrize(("signed_in", "sign_in"), [(True, "/admin/login/"), (False, "/account/login/")])
    def test_others_are_asked_to_sign_in(self, client, catalogue, signed_in, sign_in, somebody):
        if signed_in:
            client.force_login(somebody("reader@example.org"))
        for response in (client.get(PAGE), post(client, answers="{}")):
            assert response.status_code == 302
            assert response.url.startswith(sign_in)
        assert not Checklist.objects.exists()

    def test_opening_needs_a_form_and_choosing_none(self, browser, catalogue):
        assert browser.get(OPEN).status_code == 405
        assert browser.post(PAGE).status_code == 405


class TestChecklistsOfPreviews:
    @pytest.fixture
    def inside(self, catalogue):
        return Checklist.objects.start_preview(answers=ANSWERS, edition=0)

    @pytest.fixture
    def live(self, catalogue):
        return Checklist.objects.start(answers=ANSWERS, edition=1)

    def test_each_opens_on_its_own_side_only(self, browser, inside, live):
        assert browser.get(f"{DRAFT}/c/{inside.token}/").status_code == 200
        assert browser.get(f"/c/{inside.token}/").status_code == 404
        assert browser.get(f"/c/{live.token}/").status_code == 200
        assert browser.get(f"{DRAFT}/c/{live.token}/").status_code == 404

    @pytest.mark.parametrize(
        "page", ["", "answers/", "answers/all/", "questions/", "questions/here/", "lines/procedure/nif/"]
    )
    def test_all_its_pages_stay_in_the_preview(self, browser, inside, page):
        response = browser.get(f"{DRAFT}/c/{inside.token}/{page}", follow=True)
        assert response.status_code == 200
        text = response.text.partition('<aside class="page preview"')
        text = text[0] + text[2].partition("</aside>")[2]
        assert text.count("/c/") == text.count(f"{DRAFT}/c/")

    def test_each_edition_and_day_has_its_own_page(self, browser, inside):
        """The body of a checklist is cached by the state of the checklist; here that is the same every time."""
        prefixes = ["draft/today", "1/today", "draft/2027-05-03", f"draft/{clock.today()}"]
        shown = [browser.get(f"/preview/{prefix}/c/{inside.token}/").text for prefix in prefixes]
        assert ["Fetch a tax number" in text for text in shown] == [True, False, True, True]
        for prefix, text in zip(prefixes, shown, strict=True):
            links = re.findall(r'(?:href|action)="([^"]*/c/[^"]*)"', text)
            assert len(links) > 5
            assert [link for link in links if not link.startswith(f"/preview/{prefix}/c/")] == []
        Procedure.objects.filter(key="nif").update(name="Changed again")
        assert "Changed again" in browser.get(f"{DRAFT}/c/{inside.token}/").text

    def test_parts_that_are_cached_hold_addresses_of_their_own_side(self):
        live = cached_include("components/site_footer.html")
        with override_script_prefix(f"{DRAFT}/"):
            inside = cached_include("components/site_footer.html")
        assert 'href="/about/"' in live
        assert f'href="{DRAFT}/about/"' in inside

    def test_ticks_are_kept_there(self, browser, inside):
        response = browser.post(f"{DRAFT}/c/{inside.token}/tick/procedure/nif/?seen=", {"done": "1"}, follow=True)
        assert response.redirect_chain[0][0].startswith(f"{DRAFT}/c/")
        assert inside.items.get().done

    def test_the_questionnaire_makes_one(self, browser, catalogue):
        browser.post(f"{DRAFT}/start/", {"destination": "pt"})
        assert [checklist.preview for checklist in Checklist.objects.all()] == [True]
        browser.post("/start/", {"destination": "pt"})
        assert Checklist.objects.live().count() == 1

    def test_the_browser_remembers_it_beside_its_own(self, browser, live):
        browser.post(f"/c/{live.token}/remember/")
        own = browser.cookies[COOKIE].value
        response = browser.post(f"{DRAFT}/start/", {"destination": "pt"})
        made = Checklist.objects.previews().get()
        assert response.cookies[PREVIEW_COOKIE]["path"] == "/preview/"
        assert COOKIE not in response.cookies
        assert browser.cookies[COOKIE].value == own
        assert browser.get("/my-checklist/").url == f"/c/{live.token}/"
        assert browser.get(f"{DRAFT}/my-checklist/").url == f"{DRAFT}/c/{made.token}/"
        assert f"/c/{made.token}/" in browser.get(f"{DRAFT}/procedures/portugal/nif/").text
        assert f"/c/{live.token}/" in browser.get("/procedures/portugal/nif/").text

    def test_leaving_it_leads_to_the_start_page(self, browser, inside):
        text = browser.get(f"{DRAFT}/c/{inside.token}/").text
        assert '<a href="/">Leave the preview</a>' in text
