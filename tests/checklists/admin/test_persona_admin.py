"""Personas: made in one click from a questionnaire, read and edited in the admin, compared before and after."""

import datetime
import json

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from checklists.access.access import Access
from checklists.client.services import save_item
from checklists.models import Checklist, Persona
from guides.editions.loading import load
from guides.editions.publishing import publish
from guides.models import Procedure, Question, Step, Term
from tests.checklists.pages import address, hidden_fields
from tests.guides.small import small_catalogue

pytestmark = pytest.mark.django_db

ANSWERS = {"destination": "pt", "here": True, "arrival_date": "2026-11-02"}
DRAFT = "/preview/draft"


@pytest.fixture
def catalogue(db):
    load(small_catalogue())
    publish(actor=None, note="The first")


@pytest.fixture
def browser(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def checklist(catalogue):
    return Checklist.objects.start(answers=ANSWERS, edition=1)


@pytest.fixture
def ines(catalogue):
    return Persona.objects.create(name="Inês", answers=ANSWERS, day=datetime.date(2027, 5, 3))


def page(name, *args):
    return reverse(f"admin:checklists_persona_{name}", args=args)


class TestSaving:
    def test_answers_are_kept_and_nothing_else(self, browser, checklist, editor):
        save_item(access=Access(checklist), kind="procedure", key="nif", done=True, note="Secret")
        response = browser.post(address("save-as-persona", checklist), follow=True)
        persona = Persona.objects.get()
        assert (persona.answers, persona.day, persona.note, persona.made_by) == (ANSWERS, None, "", editor)
        assert f'Saved as persona <a href="/admin/checklists/persona/{persona.pk}/change/">' in response.text
        assert checklist.token not in json.dumps(Persona.objects.values("name", "answers", "note").get())

    def test_each_has_a_name_of_its_own(self, browser, checklist):
        for _time in range(3):
            browser.post(address("save-as-persona", checklist))
        assert [persona.name for persona in Persona.objects.all()] == ["Portugal", "Portugal (2)", "Portugal (3)"]

    def test_name_tells_who_it_is(self, browser, published):
        answers = {"destination": "pt", "nationalities": ["br"], "activities": ["employee", "self_employed"]}
        answers["residence_basis"] = "residence_visa"
        browser.post(address("save-as-persona", Checklist.objects.start(answers=answers, edition=1)))
        assert Persona.objects.get().name == "Brazil → Portugal, employee + self employed, residence visa"

    @pytest.mark.parametrize("answers", [{}, {"destination": None}, {"gone": "x"}])
    def test_even_without_answers_there_is_a_name(self, browser, catalogue, answers):
        browser.post(address("save-as-persona", Checklist.objects.start(answers=answers, edition=1)))
        assert Persona.objects.get().name == "persona"

    def test_in_a_preview_the_day_is_kept_too(self, browser, catalogue):
        made = Checklist.objects.start_preview(answers=ANSWERS, edition=0)
        response = browser.post(f"{DRAFT}/2027-05-03/c/{made.token}/persona/", follow=True)
        assert Persona.objects.get().day == datetime.date(2027, 5, 3)
        assert 'href="/admin/checklists/persona/' in response.text
        assert response.redirect_chain == [(f"{DRAFT}/2027-05-03/c/{made.token}/answers/", 302)]

    def test_needs_a_form(self, browser, checklist):
        assert browser.get(address("save-as-persona", checklist)).status_code == 405

    def test_is_offered_to_those_who_may(self, browser, checklist):
        assert "Save as persona" in browser.get(address("answers", checklist)).text

    @pytest.mark.parametrize("who", ["anonymous", "reader", "staff"])
    def test_is_neither_offered_nor_done_for_others(self, client, checklist, who, somebody):
        if who != "anonymous":
            client.force_login(somebody(f"{who}@example.org", is_staff=who == "staff"))
        assert "Save as persona" not in client.get(address("answers", checklist)).text
        assert client.post(address("save-as-persona", checklist)).status_code == 403
        assert not Persona.objects.exists()

    def test_unknown_link_saves_nothing(self, browser, catalogue):
        assert browser.post(reverse("checklists:save-as-persona", args=["x" * 22])).status_code == 404


class TestPage:
    def test_answers_are_said_in_words(self, browser, ines):
        text = browser.get(page("change", ines.pk)).text
        assert "Where to?" in text
        assert "2 November 2026 (Monday)" in text

    def test_answers_to_questions_that_are_gone_are_shown(self, browser, ines):
        Persona.objects.update(answers={"gone": "x"})
        assert "There is no such question any more." in browser.get(page("change", ines.pk)).text

    def test_is_made_with_its_maker(self, browser, catalogue, editor):
        fields = {"name": "Ana", "note": "Arrives.", "day": "2027-05-03", "answers": json.dumps(ANSWERS)}
        response = browser.post(page("add"), fields)
        assert response.status_code == 302
        assert Persona.objects.values_list("name", "answers", "made_by").get() == ("Ana", ANSWERS, editor.pk)

    @pytest.mark.parametrize(
        ("answers", "complaints"),
        [
            (
                '{"destinatoin": "pt", "here": "yes"}',
                ["destinatoin: There is no", "here: It must be true"],
            ),
            ("[]", ["The answers must be an object"]),
            ("{", ["Enter a valid JSON"]),
        ],
    )
    def test_every_bad_key_is_named(self, browser, ines, answers, complaints):
        text = browser.post(page("change", ines.pk), {"name": "Inês", "answers": answers}).text
        assert [complaint for complaint in complaints if complaint not in text] == []
        assert Persona.objects.get().answers == ANSWERS

    def test_what_the_draft_alone_asks_can_be_answered(self, browser, ines):
        Question.objects.create(key="pets", kind="yes_no", text="Pets?", why="They travel.", order=60, phrase="you do")
        fields = {"name": "Inês", "answers": '{"pets": true}'}
        assert browser.post(page("change", ines.pk), fields).status_code == 302

    def test_opens_while_the_draft_is_broken(self, browser, ines):
        Term.objects.update(condition="nonsense")
        assert "Where to?" in browser.get(page("change", ines.pk)).text

    def test_list_is_searched(self, browser, ines):
        assert "Inês" in browser.get(page("changelist"), {"q": "Inês"}).text


class TestBeforeAndAfter:
    def test_says_what_publishing_would_change(self, browser, ines):
        Procedure.objects.filter(key="nif").update(required_when="never")
        Step.objects.filter(key="go").update(text="Walk there.")
        text = browser.get(page("effect", ines.pk)).text
        assert "Publishing the draft would change this" in text
        assert "As if today were 3 May 2027." in text

    def test_says_when_nothing_would_change(self, browser, ines):
        text = browser.get(page("effect", ines.pk)).text
        assert "changes nothing for this persona" in text
        assert "Get a tax number" in text

    def test_a_draft_that_cannot_be_used_is_named(self, browser, ines):
        Term.objects.update(condition="nonsense")
        assert "nonsense" in browser.get(page("effect", ines.pk)).text

    def test_of_nobody_is_not_found(self, browser, catalogue):
        assert browser.get(page("effect", 99)).status_code == 404


class TestOpening:
    @pytest.mark.parametrize("name", ["change", "effect"])
    def test_button_opens_the_preview_on_the_day_of_the_persona(self, browser, ines, name):
        fields = hidden_fields(browser.get(page(name, ines.pk)))
        sent = {name: value for name, value in fields.items() if name in ("persona", "answers", "edition", "day")}
        response = browser.post(reverse("admin:preview-open"), sent)
        assert response.url.startswith(f"{DRAFT}/2027-05-03/c/")

    def test_is_not_offered_without_the_permission(self, client, ines, somebody):
        staff = somebody("staff@example.org", is_staff=True)
        staff.user_permissions.add(Permission.objects.get(codename="view_persona"))
        client.force_login(staff)
        text = client.get(page("change", ines.pk)).text
        assert "Inês" in text
        assert "preview" not in text
        assert client.get(page("effect", ines.pk)).status_code == 403


class TestPermission:
    PAGES = ["changelist", "add", "change", "delete", "history", "effect"]

    def url(self, name, persona):
        return page(name) if name in ("changelist", "add") else page(name, persona.pk)

    @pytest.mark.parametrize("name", PAGES)
    @pytest.mark.parametrize("role", ["Editors", "Publishers"])
    def test_roles_may(self, client, in_role, ines, name, role):
        client.force_login(in_role(role, "somebody@example.org"))
        assert client.get(self.url(name, ines)).status_code == 200

    @pytest.mark.parametrize("name", PAGES)
    def test_staff_without_a_role_may_not(self, client, ines, name, somebody):
        client.force_login(somebody("staff@example.org", is_staff=True))
        assert client.get(self.url(name, ines)).status_code == 403

    @pytest.mark.parametrize("name", PAGES)
    @pytest.mark.parametrize(("signed_in", "sign_in"), [(True, "/admin/login/"), (False, "/account/login/")])
    def test_others_are_asked_to_sign_in(self, client, ines, name, signed_in, sign_in, somebody):
        if signed_in:
            client.force_login(somebody("reader@example.org"))
        assert client.get(self.url(name, ines)).url.startswith(sign_in)
