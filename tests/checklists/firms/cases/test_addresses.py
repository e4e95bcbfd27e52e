"""Mail goes to the address that the firm knows now, whichever form it was corrected in."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from checklists.firms.cases.household import KNOWN
from checklists.firms.casework.services import write_message
from checklists.firms.history.descriptions import describe
from checklists.firms.history.verifying import verify
from checklists.mail.sending import send_owed
from checklists.models import Case, CaseImport, OutgoingMail
from checklists.seen import fingerprint, seen_of
from tests.checklists.pages import hidden_fields

pytestmark = pytest.mark.django_db

OLD, NEW = "anna@client.example", "ana@client.example"


@pytest.fixture
def advisor(client, firm, published):
    client.force_login(firm.advisor)
    return client


@pytest.fixture
def case(firm, published):
    return firm.case(email=OLD)


def address(case, page, *rest):
    return reverse(f"cases:{page}", args=[case.organisation.slug, *rest])


def correct(client, case, **fields):
    case.refresh_from_db()
    sent = {"name": case.name, "email": case.email, "priority": 2, "stage": case.stage_id, "seen": seen_of(case)}
    return client.post(address(case, "edit", case.pk), {**sent, **fields})


def send(client, case, person=None):
    return client.post(address(case, "send-questionnaire", case.pk, (person or case.people.first()).pk), follow=True)


def post():
    """Send what is owed by now. Who got mail."""
    OutgoingMail.objects.filter(sent_at=None).update(next_try_at="2020-01-01T00:00:00Z")
    mail.outbox.clear()
    send_owed()
    return [one for message in mail.outbox for one in message.to]


class TestCorrecting:
    def test_the_questionnaire_goes_to_the_corrected_address(self, advisor, case):
        assert correct(advisor, case, email=NEW).status_code == 302
        assert f"on its way to Ana Silva, {NEW}." in send(advisor, case).text
        assert post() == [NEW]
        assert case.people.get().checklist.token in mail.outbox[0].body
        assert OLD not in advisor.get(case.get_absolute_url()).text

    def test_so_does_that_of_a_client_from_a_file(self, advisor, firm):
        page = reverse("cases:import", args=[firm.organisation.slug])
        file = SimpleUploadedFile("clients.csv", f"Name,Email\nAna Silva,{OLD}\n".encode(), "text/csv")
        advisor.post(page, {"file": file})
        shown = reverse("cases:import-preview", args=[firm.organisation.slug, CaseImport.objects.get().pk])
        advisor.post(shown, hidden_fields(advisor.get(shown)))
        case = Case.objects.get()
        correct(advisor, case, email=NEW)
        send(advisor, case)
        assert post() == [NEW]

    def test_and_what_is_written_to_them(self, advisor, firm, case):
        correct(advisor, case, email=NEW)
        write_message(person=case.people.get(), text="Hello", by=firm.advisor)
        assert post() == [NEW]

    def test_the_client_is_called_as_the_case_is(self, advisor, case):
        correct(advisor, case, name="Ana Sousa")
        person = case.people.get()
        assert (person.name, person.email) == ("Ana Sousa", OLD)

    def test_the_history_tells_what_became_of_the_person(self, advisor, firm, case):
        correct(advisor, case, name="Ana Sousa", email=NEW)
        lines = [one.sentence for one in describe(firm.organisation.history.all()[:3])]
        assert lines == [
            "Adam Advisor changed the case: client and email.",
            "Adam Advisor changed the address of Ana Sousa.",
            "Adam Advisor renamed Ana Silva to Ana Sousa.",
        ]
        assert {entry.person_number for entry in firm.organisation.history.all()[1:3]} == {case.people.get().pk}
        assert verify(firm.organisation).broken is None

    def test_other_changes_leave_the_person_alone(self, advisor, firm, case):
        correct(advisor, case, reference="R-17")
        assert list(firm.organisation.history.values_list("verb", flat=True)[:2]) == ["case-changed", "person-added"]

    def test_who_was_slower_changes_nobody_until_they_decide(self, advisor, case):
        correct(advisor, case, email="first@client.example")
        assert correct(advisor, case, email=NEW, seen=fingerprint(1)).status_code == 409
        assert case.people.get().email == "first@client.example"
        assert correct(advisor, case, email=NEW).status_code == 302
        assert case.people.get().email == NEW


class TestOthers:
    def test_an_address_that_was_another_one_on_purpose_stays(self, advisor, case):
        person = case.people.get()
        new = {"name": "Ana de Silva", "email": "private@client.example", "seen": seen_of(person, KNOWN)}
        advisor.post(address(case, "edit-person", case.pk, person.pk), new)
        correct(advisor, case, email=NEW, name="The Silvas")
        send(advisor, case)
        assert post() == ["private@client.example"]
        assert case.people.get().name == "Ana de Silva"

    def test_each_is_followed_by_itself(self, advisor, case):
        case.people.update(name="Ana Maria Silva")
        correct(advisor, case, email="ANA@client.example", name="The Silvas")
        person = case.people.get()
        assert (person.name, person.email) == ("Ana Maria Silva", "ANA@client.example")

    def test_nobody_else_of_the_household_is_changed(self, advisor, case):
        for email in (OLD, "rui@client.example"):
            advisor.post(address(case, "add-person", case.pk), {"name": "Ana Silva", "email": email})
        correct(advisor, case, name="Ana Sousa", email=NEW)
        assert list(case.people.values_list("name", "email")) == [
            ("Ana Sousa", NEW),
            ("Ana Silva", OLD),
            ("Ana Silva", "rui@client.example"),
        ]

    def test_nobody_takes_the_place_of_a_client_who_is_called_otherwise(self, advisor, case):
        case.people.update(name="Ana Maria", email="private@client.example")
        advisor.post(address(case, "add-person", case.pk), {"name": "Ana Silva", "email": OLD})
        correct(advisor, case, name="Ana Sousa", email=NEW)
        assert case.people.last().email == OLD

    def test_whoever_has_none_of_their_own_is_written_to_at_that_of_the_case(self, advisor, case):
        advisor.post(address(case, "add-person", case.pk), {"name": "Rui Silva", "email": ""})
        send(advisor, case, case.people.last())
        correct(advisor, case, email=NEW)
        assert case.people.last().email == ""
        assert post() == [NEW]


class TestWaiting:
    """Mail that is owed when the address is corrected."""

    def test_it_goes_to_the_corrected_address(self, advisor, firm, case):
        send(advisor, case)
        write_message(person=case.people.get(), text="Hello", by=firm.advisor)
        correct(advisor, case, email=NEW)
        assert post() == [NEW, NEW]

    def test_so_does_what_failed_before(self, advisor, case, monkeypatch):
        send(advisor, case)
        with monkeypatch.context() as broken:
            broken.setattr(EmailBackend, "send_messages", lambda backend, messages: 1 / 0)
            assert post() == []
        correct(advisor, case, email=NEW)
        assert post() == [NEW]

    def test_and_when_the_person_is_corrected(self, advisor, case):
        send(advisor, case)
        person = case.people.get()
        sent = {"name": person.name, "email": NEW, "seen": seen_of(person, KNOWN)}
        advisor.post(address(case, "edit-person", case.pk, person.pk), sent)
        assert post() == [NEW]

    def test_without_an_address_it_is_not_sent(self, advisor, case):
        send(advisor, case)
        correct(advisor, case, email="")
        assert case.people.get().email == ""
        assert post() == []

    def test_mail_to_the_account_of_the_client_stays_on_its_way(self, advisor, firm, case, somebody):
        checklist = case.people.get().checklist
        checklist.owner = somebody(OLD)
        checklist.save()
        write_message(person=case.people.get(), text="Hello", by=firm.advisor)
        correct(advisor, case, email=NEW)
        assert post() == [OLD]

    def test_mail_to_the_firm_stays_with_the_firm(self, advisor, firm, case):
        correct(advisor, case, email=firm.owner.email)
        write_message(person=case.people.get(), text="Hello", by=None)
        correct(advisor, case, email=NEW)
        assert post() == [firm.owner.email]

    def test_what_was_sent_is_kept_as_it_was(self, advisor, case):
        send(advisor, case)
        assert post() == [OLD]
        correct(advisor, case, email=NEW)
        assert post() == []
        assert OutgoingMail.objects.get().to == OLD
