"""A copy holds everything that is classified as personal, and nothing of anybody else."""

import json
import zipfile
from io import BytesIO

import pytest

from checklists.models import Case
from checklists.privacy.copies import as_json, as_zip, copy_of
from checklists.privacy.personal_rows import DID
from checklists.privacy.subject import Subject
from checklists.privacy.tables import Kind, kinds_of, tables_of_people

from .canary import CANARY, canary_account, canary_case, canary_checklist, canary_member, places_of

SECRETS = ("token", "door", "key", "password", "session_key", "session_data", "data", "code")


@pytest.fixture
def known(firm, other_firm, published):
    """Somebody of whom every table knows something: a client of one firm and an advisor of another."""
    user = canary_account()
    canary_case(firm, canary_checklist(user))
    canary_member(other_firm, user)
    return user


def copy_as_json(subject):
    return json.loads(as_json(copy_of(subject)))


class TestAccount:
    def test_every_personal_column_is_in_the_copy(self, known):
        found = copy_as_json(Subject(user=known))
        missing = []
        for label in tables_of_people():
            rows = found["about"].get(label, []) + found["done"].get(label, [])
            columns = {column for row in rows for column, value in row.items() if value not in (None, "", [], {})}
            kept_back = (Kind.NOTHING, Kind.SECRET, Kind.INTERNAL)
            wanted = {column for column, kind in kinds_of(label).items() if kind not in kept_back}
            missing += [f"{label}.{column}" for column in sorted(wanted - columns)]
        # Only editors have these, and a checklist whose plan has no problem, and what was not done yet.
        expected = {
            "checklists.User_user_permissions.user",
            "checklists.User_groups.user",
            "checklists.Case.archived_at",
            "checklists.Case.erased_at",
            "checklists.CasePerson.revoked_at",
            "checklists.CaseImport.name",
            "checklists.CaseImport.content",
            "checklists.CaseImport.uploaded_at",
            "checklists.CaseImport.user",
            "checklists.Request.withdrawn_at",
            "checklists.FirmTask.done_at",
            "checklists.Message.read_at",
        }
        assert {label for label in missing if not label.startswith(("guides.", "checklists.Persona"))} <= expected

    def test_no_secret_is_in_the_copy(self, known):
        found = copy_as_json(Subject(user=known))
        for label, rows in found["about"].items():
            secret = {column for column, kind in kinds_of(label).items() if kind == Kind.SECRET}
            assert not [column for row in rows for column in row if column in secret]

    def test_every_place_with_their_name_is_in_the_copy_or_kept_back(self, known):
        """The same from the other side: wherever the database has the name, the copy has it too."""
        found = copy_as_json(Subject(user=known))
        for place in places_of(CANARY):
            app, model, column = place.split(".")
            label = f"{app}.{model}"
            if kinds_of(label).get(column) in (Kind.SECRET, Kind.INTERNAL):
                continue
            rows = found["about"].get(label, []) + found["done"].get(label, [])
            assert CANARY.lower() in json.dumps([row.get(column) for row in rows]).lower(), place

    def test_what_an_advisor_did_holds_nothing_of_the_clients(self, known):
        found = copy_as_json(Subject(user=known))
        assert found["done"]["checklists.Case"]
        assert "Somebody Else" not in json.dumps(found, ensure_ascii=False)
        assert "on time" not in json.dumps(found)
        assert "friend@example.org" not in json.dumps(found)

    def test_the_copy_of_somebody_else_holds_nothing_of_them(self, known, somebody):
        found = json.dumps(copy_as_json(Subject(user=somebody("other@example.org"))))
        assert CANARY.lower() not in found.lower()

    def test_a_namesake_gets_nothing(self, known, somebody):
        other = somebody("namesake@example.org", first_name=CANARY, last_name="Canary")
        found = copy_as_json(Subject(user=other))
        assert not found["about"].keys() & {"checklists.Case", "checklists.HistoryEntry", "admin.LogEntry"}

    def test_a_case_without_an_account_is_found_by_the_address_that_the_questions_were_sent_to(self, firm, somebody):
        case = firm.case("Ana Silva", email="Ana@example.org")
        subject = Subject(user=somebody("ana@example.org"))
        assert "checklists.Case" not in copy_as_json(subject)["about"]
        case.people.update(sent_at=case.created_at)
        found = copy_as_json(Subject(user=subject.user))["about"]
        assert found["checklists.Case"][0]["name"] == "Ana Silva"
        assert found["checklists.Checklist"]

    def test_an_address_that_is_not_proved_finds_nothing(self, firm, somebody):
        case = firm.case("Ana Silva", email="ana@example.org")
        case.people.update(sent_at=case.created_at)
        user = somebody("other@example.org")
        user.emailaddress_set.create(email="ana@example.org", verified=False)
        assert "checklists.Case" not in copy_as_json(Subject(user=user))["about"]


class TestHousehold:
    def test_the_notes_about_a_household_are_not_handed_to_one_of_it(self, firm, published):
        checklist = canary_checklist()
        case = canary_case(firm, checklist)
        from checklists.firms.cases.services import add_person

        add_person(case=case, name="Bruno", by=firm.advisor)
        found = copy_as_json(Subject(checklist=checklist))["about"]
        assert "checklists.CaseNote" not in found
        assert [row["name"] for row in found["checklists.CasePerson"]] == [CANARY]
        assert found["checklists.Case"][0]["name"] == CANARY


class TestChecklist:
    def test_the_link_alone_gives_what_hangs_on_it(self, firm, published):
        checklist = canary_checklist()
        canary_case(firm, checklist)
        found = copy_as_json(Subject(checklist=checklist))
        assert not found["done"]
        for place in places_of(CANARY):
            app, model, column = place.split(".")
            label = f"{app}.{model}"
            rows = found["about"].get(label, [])
            if kinds_of(label).get(column) == Kind.INTERNAL:
                assert rows and CANARY.lower() not in json.dumps(rows).lower()
                continue
            assert CANARY.lower() in json.dumps([row.get(column) for row in rows]).lower(), place


class TestFiles:
    def test_the_zip_holds_both_and_the_page_needs_nothing_else(self, known):
        archive = zipfile.ZipFile(BytesIO(as_zip(copy_of(Subject(user=known)))))
        assert archive.namelist() == ["my-data.json", "my-data.html"]
        page = archive.read("my-data.html").decode()
        assert CANARY in page
        assert "<script" not in page
        assert "<link" not in page
        assert json.loads(archive.read("my-data.json"))["format"] == "relocation-checklist/personal-data/1"

    def test_what_was_written_is_not_markup(self, firm, published):
        checklist = canary_checklist()
        case = canary_case(firm, checklist)
        Case.objects.filter(pk=case.pk).update(name="<script>alert(1)</script>")
        page = zipfile.ZipFile(BytesIO(as_zip(copy_of(Subject(checklist=checklist))))).read("my-data.html").decode()
        assert "<script>" not in page


def test_every_deed_is_of_a_table_that_is_classified():
    assert DID.keys() <= set(tables_of_people())
