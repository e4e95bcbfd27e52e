"""The people of a case and their questionnaires."""

import datetime

import pytest
from django.conf import settings
from django.core import mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from checklists.firms.cases.household import KNOWN
from checklists.models import CasePerson, Checklist
from checklists.seen import seen_of
from tests.checklists.pages import hidden_fields

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def advisor(client, firm, published):
    client.force_login(firm.advisor)
    return client


@pytest.fixture
def case(firm, published):
    return firm.case(email="ana@client.example", destination="es")


def address(case, page, *rest):
    return reverse(f"cases:{page}", args=[case.organisation.slug, case.pk, *rest])


def panel(membership, case):
    people = case.people.order_by("pk")
    return render_to_string("casework/parts/people.html", {"membership": membership, "case": case, "people": people})


class TestHousehold:
    def test_everybody_has_a_checklist_of_their_own(self, advisor, case):
        response = advisor.post(address(case, "add-person"), {"name": "Rui Silva", "email": "rui@client.example"})
        assert response.headers["Location"] == case.get_absolute_url()
        ana, rui = case.people.all()
        assert ana.checklist != rui.checklist
        assert (rui.name, rui.email, rui.checklist.answers) == (
            "Rui Silva",
            "rui@client.example",
            {"destination": "es"},
        )

    def test_a_new_name_and_address(self, advisor, firm, case):
        person = case.people.get()
        sent = {"name": "Ana Sousa", "email": "new@client.example", "seen": seen_of(person, KNOWN)}
        advisor.post(address(case, "edit-person", person.pk), sent)
        person.refresh_from_db()
        assert (person.name, person.email) == ("Ana Sousa", "new@client.example")
        assert firm.organisation.history.first().details["before"] == "Ana Silva"

    def test_whoever_is_taken_out_keeps_the_checklist(self, advisor, case):
        person = case.people.get()
        page = address(case, "remove-person", person.pk)
        shown = advisor.get(page)
        assert "stays with its owner" in shown.text
        assert case.people.exists()
        advisor.post(page, hidden_fields(shown))
        assert not case.people.exists()
        assert Checklist.objects.filter(pk=person.checklist_id).exists()
        assert advisor.get(f"/c/{person.door}/").status_code == 404

    @pytest.mark.parametrize("page", ["add-person", "edit-person"])
    @pytest.mark.parametrize("bad", [{"name": ""}, {"name": "x" * 121}, {"name": "Rui", "email": "nobody"}])
    def test_bad_input(self, advisor, case, page, bad):
        person = case.people.get()
        rest = [person.pk] if page == "edit-person" else []
        response = advisor.post(address(case, page, *rest), bad)
        assert response.status_code == 422
        assert "Nothing was saved yet" in response.text
        assert [str(person) for person in case.people.all()] == ["Ana Silva"]


class TestSending:
    def test_the_mail_holds_the_clients_own_link_and_how_to_close_the_door(self, advisor, firm, case):
        person = case.people.get()
        response = advisor.post(address(case, "send-questionnaire", person.pk), follow=True)
        assert "The questionnaire is on its way to Ana Silva, ana@client.example." in response.text
        (sent,) = mail.outbox
        assert sent.to == ["ana@client.example"]
        for body in (sent.body, sent.alternatives[0].content):
            assert f"{settings.SITE_URL}/c/{person.checklist.token}/" in body
            assert person.door not in body
            assert "Move Well" in body
            assert "take their access back at any time" in body
        person.refresh_from_db()
        assert person.sent_at is not None
        assert person.case.waiting_for == "client"
        assert firm.organisation.history.first().verb == "questionnaire-sent"

    def test_at_most_three_a_day(self, advisor, case):
        person = case.people.get()
        for _time in range(4):
            response = advisor.post(address(case, "send-questionnaire", person.pk), follow=True)
        assert "Nothing was sent: for Ana Silva, their address or your firm the limit of a day is reached." in (
            response.text
        )
        assert len(mail.outbox) == 3
        person.letters.update(created_at=timezone.now() - datetime.timedelta(days=1, minutes=1))
        advisor.post(address(case, "send-questionnaire", person.pk))
        assert len(mail.outbox) == 4

    def test_no_address_gets_more_than_ten_a_day_whoever_they_are_for(self, advisor, firm):
        for number in range(4):
            case = firm.case(f"Person {number}", email="ana@client.example", destination="es")
            for _time in range(3):
                response = advisor.post(address(case, "send-questionnaire", case.people.get().pk), follow=True)
        assert "their address or your firm" in response.text
        assert len(mail.outbox) == 10

    @pytest.mark.parametrize("gone", [{"revoked_at": timezone.now()}, {"shares_checklist": False}, {"checklist": None}])
    def test_without_access_nothing_is_sent(self, advisor, case, gone):
        case.people.update(**gone)
        response = advisor.post(address(case, "send-questionnaire", case.people.get().pk), follow=True)
        assert "Nothing was sent" in response.text
        assert mail.outbox == []

    def test_without_an_address_nothing_is_sent(self, advisor, firm):
        case = firm.case()
        response = advisor.post(address(case, "send-questionnaire", case.people.get().pk), follow=True)
        assert "there is no email address" in response.text


class TestPanel:
    def test_for_those_who_work(self, firm, case):
        person, membership = case.people.get(), firm.organisation.memberships.get(user=firm.advisor)
        page = panel(membership, case)
        assert f"/c/{person.door}/questions/" in page
        assert person.checklist.token not in page

    def test_viewers_only_look(self, firm, case):
        page = panel(firm.organisation.memberships.get(user=firm.viewer), case)
        assert f'<a href="/c/{case.people.get().door}/">' in page
        assert "<form" not in page
        assert "questions/" not in page

    @pytest.mark.parametrize(
        ("gone", "words"),
        [
            ({"revoked_at": timezone.now()}, "took the access back on"),
            ({"checklist": None}, "erased their data"),
            ({"shares_checklist": False}, "does not share the checklist with you"),
            ({"shares_documents": False}, "does not share the documents with you"),
        ],
    )
    def test_says_why_a_door_is_closed(self, firm, case, gone, words):
        case.people.update(**gone)
        page = panel(firm.organisation.memberships.get(user=firm.owner), case)
        assert words in page
        assert ("Checklist of Ana Silva" in page) == ("shares_documents" in gone)


PAGES = ["add-person", "edit-person", "remove-person", "send-questionnaire"]


class TestWrongPerson:
    def path(self, case, page, person):
        return address(case, page, *([] if page == "add-person" else [person.pk]))

    @pytest.mark.parametrize("page", PAGES)
    def test_viewers_may_not(self, client, firm, case, page):
        client.force_login(firm.viewer)
        assert client.post(self.path(case, page, case.people.get()), {"name": "Eve"}).status_code == 403
        assert [person.name for person in CasePerson.objects.all()] == ["Ana Silva"]

    @pytest.mark.parametrize("page", PAGES)
    def test_other_firms_find_nothing(self, client, firm, other_firm, case, page):
        client.force_login(other_firm.owner)
        own, person = other_firm.case("Own"), case.people.get()
        assert client.post(self.path(case, page, person), {"name": "Eve"}).status_code == 404
        if page != "add-person":
            assert client.post(self.path(own, page, person), {"name": "Eve"}).status_code == 404
        person.refresh_from_db()
        assert (person.name, person.sent_at) == ("Ana Silva", None)

    @pytest.mark.parametrize("page", PAGES)
    def test_strangers_sign_in_first(self, client, case, page):
        response = client.post(self.path(case, page, case.people.get()), {"name": "Eve"})
        assert response.headers["Location"].startswith(reverse("account_login"))

    def test_looking_sends_nothing(self, advisor, case):
        assert advisor.get(address(case, "send-questionnaire", case.people.get().pk)).status_code == 405
