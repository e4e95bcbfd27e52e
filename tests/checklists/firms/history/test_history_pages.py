"""The history of a firm and of a case, as pages and as files."""

import csv
import datetime
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from checklists.access.access import Access
from checklists.client.services import save_answers, save_item
from checklists.firms.history.chain import Event, digest_of, hash_of, record
from checklists.models import HistoryEntry
from checklists.seen import fingerprint
from tests.checklists.pages import sentence
from tests.people import Firm

PAGES = ["/firms/move-well/history/", "/firms/move-well/history/history.csv", "/firms/move-well/history/history.json"]


@pytest.fixture
def case(firm, published):
    return firm.case("Ana Silva", destination="es")


@pytest.fixture
def client(client, firm):
    client.force_login(firm.advisor)
    return client


def page_of(case):
    return f"/firms/move-well/cases/{case.pk}/history/"


def entries_in(client, address):
    return json.loads(client.get(address).getvalue())["entries"]


def sentences(response):
    return [told.sentence for told, _case in response.context["entries"]]


class TestWords:
    def test_lines_are_called_by_their_names(self, firm, case, published):
        checklist = case.people.get().checklist
        save_item(access=Access(checklist), kind="procedure", key="empadronamiento", done=True)
        name = published.procedures["empadronamiento"].name
        assert sentence(HistoryEntry.objects.first()) == f"Ana Silva ticked “{name}”."

    def test_answers_are_told_by_their_questions(self, firm, case, published):
        checklist = case.people.get().checklist
        answers = {"destination": "es", "housing": "tenant_named_in_lease"}
        save_answers(access=Access(checklist), answers=answers, seen=fingerprint(1), edition=1)
        question = published.vocabulary.questions["housing"].text
        assert sentence(HistoryEntry.objects.first()) == f"Ana Silva answered questions: “{question}”."

    def test_what_the_edition_no_longer_has_is_told_by_its_key(self, firm, case):
        details = {"kind": "procedure", "key": "gone"}
        (entry,) = record(firm.organisation, Event("ticked", case=case, by=firm.advisor, details=details))
        assert sentence(entry) == "Adam Advisor ticked gone."

    def test_erased_details_say_so(self, firm, case):
        HistoryEntry.objects.filter(verb="person-added").erase_details()
        assert sentence(HistoryEntry.objects.get(verb="person-added")) == "Adam Advisor added (erased)."

    def test_a_deleted_account_is_told_by_its_number(self, firm, case):
        number = firm.advisor.pk
        firm.advisor.delete()
        assert sentence(HistoryEntry.objects.get(verb="case-opened")) == f"Former account {number} opened the case."

    def test_the_site_itself(self, firm):
        (entry,) = record(firm.organisation, Event("case-opened"))
        assert sentence(entry) == "The site opened the case."


class TestPages:
    def test_show_what_happened_newest_first(self, client, firm, case):
        assert sentences(client.get("/firms/move-well/history/")) == [
            "Adam Advisor added Ana Silva.",
            "Adam Advisor opened the case.",
            "Olga Owner started the firm.",
        ]

    def test_of_a_case_leave_the_others_out(self, client, firm, case):
        other = firm.case("Berta Braun")
        response = client.get(page_of(case))
        assert sentences(response) == ["Adam Advisor added Ana Silva.", "Adam Advisor opened the case."]
        assert "added Ana Silva" in response.text
        assert client.get(page_of(other)).status_code == 200

    def test_go_on_with_older_entries(self, client, firm, case):
        for number in range(60):
            record(firm.organisation, Event("noted", case=case, by=firm.owner, details={"key": f"line-{number}"}))
        first = client.get("/firms/move-well/history/")
        assert "line-59" in first.text
        assert "line-9" not in first.text
        assert "?before=14" in first.text
        second = client.get("/firms/move-well/history/?before=14").text
        assert "line-9" in second
        assert "line-10" not in second

    @pytest.mark.parametrize(
        ("query", "verbs"),
        [
            ("verb=case-opened", ["case-opened"]),
            ("who={owner}", ["firm-started"]),
            ("who=others", []),
            ("since=2020-01-01&until=2020-01-02", []),
            ("since={today}&until={today}&who={advisor}", ["person-added", "case-opened"]),
        ],
    )
    def test_can_be_filtered(self, client, firm, case, query, verbs):
        query = query.format(owner=firm.owner.pk, advisor=firm.advisor.pk, today=firm.organisation.today())
        response = client.get(f"/firms/move-well/history/?{query}")
        assert [told.entry.verb for told, _case in response.context["entries"]] == verbs
        exported = entries_in(client, f"/firms/move-well/history/history.json?{query}")
        assert [entry["verb"] for entry in exported] == verbs[::-1]

    def test_a_day_ends_at_midnight_where_the_firm_is(self, client, firm, monkeypatch):
        late = datetime.datetime(2026, 11, 21, 23, 30, tzinfo=datetime.UTC)
        monkeypatch.setattr(timezone, "now", lambda: late)
        record(firm.organisation, Event("case-opened", by=firm.owner))
        response = client.get("/firms/move-well/history/?since=2026-11-22&until=2026-11-22")
        assert sentences(response)[0] == "Olga Owner opened the case."
        assert "22 November 2026, 00:30" in response.text

    @pytest.mark.parametrize(
        "query",
        ["since=yesterday", "since=2026-11-22&until=2026-11-21", "verb=nonsense", "who=99999", "case=-1", "case=x"],
    )
    def test_bad_filters_are_told(self, client, firm, query):
        for page in PAGES:
            response = client.get(f"{page}?{query}")
            assert response.status_code == 422
            assert "field__error" in response.text

    @pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "²"])
    def test_a_page_that_is_none_is_the_first(self, client, firm, case, before):
        assert client.get("/firms/move-well/history/", {"before": before}).status_code == 200

    def test_take_as_many_queries_for_many_entries_as_for_few(self, client, firm, case):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                client.get("/firms/move-well/history/")
            return len(captured)

        queries()
        few = queries()
        for number in range(49):
            other = firm.case(f"Client {number}") if number < 3 else case
            record(firm.organisation, Event("noted", case=other, by=firm.owner, details={"key": "x"}))
        assert queries() == few <= 14


class TestWrongPerson:
    @pytest.mark.parametrize("page", PAGES)
    def test_another_firm_finds_nothing(self, client, firm, other_firm, page):
        client.force_login(other_firm.owner)
        assert client.get(page).status_code == 404

    def test_another_firms_case_is_not_found(self, client, firm, other_firm):
        assert client.get(page_of(other_firm.case())).status_code == 404

    def test_another_firms_case_is_no_filter(self, client, firm, case, other_firm):
        other = other_firm.case("Not Yours")
        response = client.get(f"/firms/move-well/history/?case={other.pk}")
        assert response.context["entries"] == []

    @pytest.mark.parametrize("page", PAGES)
    def test_viewers_may_not(self, client, firm, page):
        client.force_login(firm.viewer)
        assert client.get(page).status_code == 403

    @pytest.mark.parametrize("page", PAGES)
    def test_anonymous_people_sign_in(self, client, firm, page):
        client.logout()
        assert client.get(page).url.startswith("/account/login/")

    @pytest.mark.parametrize("page", PAGES)
    def test_nothing_is_sent_there(self, client, firm, page):
        assert client.post(page).status_code == 405


class TestFiles:
    def test_csv_has_a_row_for_each_entry_and_no_formula(self, client, firm, case):
        record(firm.organisation, Event("noted", case=case, by=firm.owner, details={"key": '=HYPERLINK("x")'}))
        content = client.get("/firms/move-well/history/history.csv").getvalue()
        assert content.startswith(b"\xef\xbb\xbf")
        found = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert found[0][:4] == ["number", "at", "who", "what"]
        assert len(found) == 1 + firm.organisation.history.count()
        assert not [cell for row in found for cell in row if cell.startswith(("=", "+", "-", "@"))]

    def test_a_name_that_is_a_formula_is_disarmed(self, client, firm):
        firm.owner.first_name = "=cmd"
        firm.owner.save()
        found = client.get("/firms/move-well/history/history.csv").getvalue().decode("utf-8-sig")
        assert "'=cmd Owner" in found

    def test_json_can_be_verified_without_the_site(self, client, firm, case):
        found = json.loads(client.get("/firms/move-well/history/history.json").getvalue())
        before = ""
        for row in found["entries"]:
            assert digest_of(row["details"], row["salt"]) == row["digest"]
            entry = HistoryEntry(
                number=row["number"],
                at=datetime.datetime.fromisoformat(row["at"]),
                verb=row["verb"],
                case_number=row["case"],
                person_number=row["person"],
                actor_number=row["actor"],
                digest=row["digest"],
            )
            assert hash_of(entry, before) == row["hash"]
            before = row["hash"]
        assert before == found["head"]

    def test_an_empty_choice_is_still_json(self, client, firm):
        assert entries_in(client, "/firms/move-well/history/history.json?who=others") == []


def test_nothing_crosses_firms(client, firm, db):
    Firm("Third Firm").case("Their Client")
    assert "Their Client" not in client.get("/firms/move-well/history/").text
