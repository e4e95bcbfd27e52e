"""After an erasure nothing is left of somebody, and everything of everybody else."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection

from checklists.firms.cases.household import add_person
from checklists.firms.cases.services import archive
from checklists.firms.history.verifying import verify
from checklists.firms.members.members import change_role
from checklists.models import (
    Case,
    CaseImport,
    CasePerson,
    Checklist,
    HistoryEntry,
    Membership,
    Message,
    Organisation,
    User,
    Visit,
)
from checklists.privacy.erasing import Blocked, erase_account, erase_checklist
from checklists.privacy.subject import Subject
from checklists.seen import seen_of
from tests.checklists.pages import sentence

from .canary import CANARY, EMAIL, canary_account, canary_case, canary_checklist, canary_member, places_of


def whole(*organisations):
    return all(verify(organisation).broken is None for organisation in organisations)


class TestAccount:
    @pytest.fixture
    def known(self, firm, other_firm, published):
        user = canary_account()
        self.case = canary_case(firm, canary_checklist(user))
        canary_member(other_firm, user)
        return user

    def test_nothing_is_left_in_any_table(self, known, firm, other_firm):
        assert len(places_of(CANARY)) > 25
        erase_account(user=known)
        assert places_of(CANARY) == []
        assert whole(firm.organisation, other_firm.organisation)

    def test_the_firm_keeps_a_case_with_a_number(self, known, firm):
        erase_account(user=known)
        case = Case.objects.get(pk=self.case.pk)
        assert case.name == f"Erased client {case.pk}"
        assert case.erased_at
        assert (case.email, case.reference, case.destination, case.target_date) == ("", "", "", None)
        person = case.people.get()
        assert (person.name, person.email, person.checklist) == (f"Erased client {person.pk}", "", None)
        assert not person.is_open
        assert not Message.objects.exists()
        assert sorted(case.words.values_list("word", flat=True)) == sorted(["client", "erased", str(case.pk)])
        assert sentence(case.organisation.history.first()) == f"{person.name} erased what was held of them."

    def test_others_are_as_before(self, known, firm, other_firm):
        case = other_firm.organisation.cases.get()
        before = Case.objects.filter(pk=case.pk).values("name", "email", "stage", "version").get()
        erase_account(user=known)
        assert Case.objects.filter(pk=case.pk).values("name", "email", "stage", "version").get() == before
        assert case.notes.get().text == "Somebody else is on time"
        assert case.notes.get().author is None
        case.refresh_from_db()
        assert case.assignee is None
        assert User.objects.filter(email__contains="far-away").count() == 3

    def test_what_an_advisor_did_stays_as_the_work_of_a_number(self, known, other_firm):
        case = other_firm.organisation.cases.get()
        number = known.pk
        erase_account(user=known)
        assert Visit.objects.get(person__case=case).name == f"Former account {number}"
        words = [sentence(entry) for entry in other_firm.organisation.history.all()]
        assert f"The site took the account {number} out: its owner erased it." in words

    def test_what_an_advisor_ticked_for_a_client_is_still_told(self, firm, other_firm, known, published):
        from checklists.firms.history.chain import Event, record

        record(other_firm.organisation, Event("noted", by=known, details={"key": "line"}))
        erase_account(user=known)
        assert f"Former account {known.pk} wrote a note, a date or an appointment at line." in [
            sentence(entry) for entry in HistoryEntry.objects.all()
        ]

    def test_they_are_signed_out_everywhere(self, known):
        assert Session.objects.count() == 4
        erase_account(user=known)
        assert not Session.objects.exists()

    def test_browsers_of_others_stay_signed_in(self, known, client, somebody):
        """Their number is that of the account with a digit more, and they wrote to somebody of nearly that address."""
        other = somebody("not-it@example.org", pk=int(f"{known.pk}0"))
        session = SessionStore()
        session.update({"_auth_user_id": str(other.pk), "account_login": {"email": "zanzibar@example.org"}})
        session.create()
        erase_account(user=known)
        assert Session.objects.get().session_key == session.session_key

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
    def test_files_that_wait_to_be_imported_go(self, known, firm, encoding):
        rows = f"Name;Email\n{CANARY};{EMAIL}\nJosé;jose@example.org\n"
        for name, text in (("theirs.csv", rows), ("others.csv", rows.replace(CANARY, "Ana").replace(EMAIL, ""))):
            CaseImport.objects.create(
                organisation=firm.organisation, user=firm.owner, name=name, content=text.encode(encoding)
            )
        erase_account(user=known)
        assert [upload.name for upload in CaseImport.objects.all()] == ["others.csv"]

    def test_a_namesake_at_the_same_firm_keeps_theirs(self, firm, published):
        user = canary_account()
        canary_case(firm, canary_checklist(user))
        namesake = firm.case(CANARY, email="other@example.org")
        erase_account(user=user)
        namesake.refresh_from_db()
        assert namesake.name == CANARY
        assert CANARY in sentence(HistoryEntry.objects.get(case_number=namesake.pk, verb="person-added"))

    @pytest.mark.parametrize("name", ["Zoë", 'Zo "Zed"', 'Zoë "Zed"', "Zoë\\Zed"])
    def test_a_firms_history_forgets_names_with_any_signs(self, firm, somebody, name):
        zoe = somebody("zoe@move-well.example", first_name=name, last_name="Quirk")
        membership = Membership.objects.create(organisation=firm.organisation, user=zoe, role="advisor")
        change_role(membership=membership, role="viewer", seen=seen_of(membership, ["role"]), by=firm.owner)
        entry = HistoryEntry.objects.get(verb="role-changed")
        assert name in sentence(entry)
        erase_account(user=zoe)
        entry.refresh_from_db()
        assert name not in sentence(entry)
        assert whole(firm.organisation)

    def test_twice_is_once(self, known):
        erase_account(user=known)
        with pytest.raises(User.DoesNotExist):
            erase_account(user=known)


class TestFirms:
    def test_the_only_owner_hands_over_first(self, firm):
        with pytest.raises(Blocked) as refused:
            erase_account(user=firm.owner)
        assert refused.value.firms.handed_over == [firm.organisation]
        assert User.objects.filter(pk=firm.owner.pk).exists()

    def test_with_another_owner_they_may_go(self, firm):
        firm.organisation.memberships.filter(user=firm.advisor).update(role="owner")
        erase_account(user=firm.owner)
        assert firm.organisation.memberships.count() == 2
        assert whole(firm.organisation)

    def test_a_firm_of_one_with_open_cases_is_emptied_first(self, firm):
        case = firm.case()
        firm.organisation.memberships.exclude(user=firm.owner).delete()
        with pytest.raises(Blocked) as refused:
            erase_account(user=firm.owner)
        assert refused.value.firms.emptied == [firm.organisation]
        archive(cases=[case], by=firm.owner)
        erase_account(user=firm.owner)
        assert not Case.objects.exists()

    def test_a_firm_of_one_closes_and_keeps_a_chain_without_names(self, firm, published):
        checklist = canary_checklist()
        case = canary_case(firm, checklist)
        archive(cases=[case], by=firm.owner)
        firm.organisation.memberships.exclude(user=firm.owner).delete()
        length = firm.organisation.history.count()
        erase_account(user=firm.owner)
        organisation = Organisation.objects.get()
        assert (organisation.name, organisation.slug) == (
            f"Closed firm {organisation.pk}",
            f"closed-{organisation.pk}",
        )
        assert organisation.history.count() == length + 2
        assert whole(organisation)
        assert Checklist.objects.get() == checklist
        assert places_of("Move Well") == []


class TestChecklist:
    def test_nothing_is_left_of_it_and_of_whoever_it_is_about(self, firm, published):
        checklist = canary_checklist()
        canary_case(firm, checklist)
        erase_checklist(checklist=checklist)
        assert places_of(CANARY) == []
        assert not Checklist.objects.exists()
        assert whole(firm.organisation)

    def test_of_a_household_only_one_goes(self, firm, published):
        checklist = canary_checklist()
        case = canary_case(firm, checklist)
        other = add_person(case=case, name="Bruno Silva", email="bruno@example.org", by=firm.advisor)
        Case.objects.filter(pk=case.pk).update(reference="2026-7")
        case.notes.update(text="They need a translator")
        erase_checklist(checklist=checklist)
        case.refresh_from_db()
        assert (case.name, case.email, case.reference) == ("Bruno Silva", "bruno@example.org", "2026-7")
        assert case.erased_at is None
        assert case.notes.count() == 1
        assert CasePerson.objects.get(pk=other.pk).is_open
        assert places_of(CANARY) == []
        erase_checklist(checklist=other.checklist)
        case.refresh_from_db()
        assert case.erased_at
        assert not case.notes.exists()
        assert places_of("Bruno") == []

    def test_a_checklist_in_two_firms_goes_from_both(self, firm, other_firm, published):
        checklist = canary_checklist()
        canary_case(firm, checklist)
        canary_case(other_firm, checklist)
        erase_checklist(checklist=checklist)
        assert places_of(CANARY) == []
        assert Case.objects.exclude(erased_at=None).count() == 2
        assert whole(firm.organisation, other_firm.organisation)

    def test_a_firm_whose_access_was_taken_back_keeps_nothing_either(self, firm, published):
        checklist = canary_checklist()
        case = canary_case(firm, checklist)
        case.people.update(revoked_at=case.created_at)
        erase_checklist(checklist=checklist)
        assert places_of(CANARY) == []

    def test_a_failure_in_the_middle_erases_nothing(self, firm, published, monkeypatch):
        checklist = canary_checklist()
        canary_case(firm, checklist)
        before = places_of(CANARY)
        monkeypatch.setattr("checklists.privacy.cases.summarise", lambda case: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            erase_checklist(checklist=checklist)
        assert places_of(CANARY) == before


def test_a_subject_without_anything_erases_nothing(somebody, firm):
    user = somebody("nobody@example.org")
    assert Subject(user=user).places == []
    before = Case.objects.count(), connection.vendor
    erase_account(user=user)
    assert (Case.objects.count(), connection.vendor) == before
