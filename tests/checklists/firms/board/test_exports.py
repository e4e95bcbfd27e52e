"""Cases as files: what is in them, who may take them, and that it is written down."""

import csv
import io

import pytest
from django.urls import reverse
from icalendar import Calendar
from openpyxl import load_workbook

from checklists.firms.cases.services import open_case
from checklists.models import CaseDeadline, FirmTask, HistoryEntry, Request, Visit
from tests.checklists.firms.board.conftest import in_days

EVIL = ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "'=1"]


@pytest.fixture
def export(client, firm, board):
    def take(form, cases=(), **fields):
        data = {"format": form, "query": "?", "cases": [case.pk for case in cases]} | fields
        return client.post(reverse("board:export", args=[firm.organisation.slug]), data)

    return take


def rows_of(response):
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_csv_of_all_that_the_filters_leave(export, firm, having):
    label = firm.organisation.labels.create(name="Family")
    having("Ana", waiting_for="client", next_deadline=in_days(2), next_step="Sign", tasks_done=1, tasks_total=4)
    having("Garção, Zoë", waiting_for="client", assignee=firm.owner).labels.add(label)
    having("Bo")
    response = export("csv", query="?waiting=client", everything="1")
    rows = rows_of(response)
    assert [row["Client"] for row in rows] == ["Ana", "Garção, Zoë"] or rows[1]["Client"] == "Ana"
    ana = next(row for row in rows if row["Client"] == "Ana")
    assert (ana["Next deadline"], ana["Next step"], ana["Tasks done"], ana["Tasks"]) == ("2026-11-22", "Sign", "1", "4")
    zoe = next(row for row in rows if row["Client"] != "Ana")
    assert (zoe["Assigned to"], zoe["Labels"], zoe["Waiting for"]) == ("Olga Owner", "Family", "the client")
    assert "attachment" in response["Content-Disposition"]


def test_what_looks_like_a_formula_is_text(export, firm):
    for text in EVIL:
        open_case(organisation=firm.organisation, name=text, by=firm.advisor)
    names = [row["Client"] for row in rows_of(export("csv", everything="1"))]
    assert sorted(names) == sorted(f"'{text.strip()}" for text in EVIL)
    sheet = load_workbook(io.BytesIO(export("xlsx", everything="1").content)).active
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert len(cells) == len(EVIL)


def test_a_workbook_has_days_as_days(export, having):
    case = having("Ana", next_deadline=in_days(2))
    sheet = load_workbook(io.BytesIO(export("xlsx", [case]).content)).active
    titles = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, titles.index("Next deadline") + 1).value.date() == in_days(2)


def test_deadlines_for_a_calendar_keep_their_identity(export, firm, having):
    case = having("Ana", target_date=in_days(30))
    person = case.people.get()
    CaseDeadline.objects.create(
        organisation=firm.organisation, case=case, person=person, procedure="unknown", day=in_days(3)
    )
    Request.objects.create(person=person, text="The lease", due=in_days(4))
    FirmTask.objects.create(person=person, text="Call the school", due=in_days(5))
    events = Calendar.from_ical(export("ics", [case]).content).walk("VEVENT")
    assert [(event.decoded("dtstart"), str(event["summary"])) for event in events] == [
        (in_days(3), "Ana: unknown"),
        (in_days(4), "Ana: Asked for: The lease"),
        (in_days(5), "Ana: Call the school"),
        (in_days(30), "Ana: Target date"),
    ]
    again = Calendar.from_ical(export("ics", [case]).content).walk("VEVENT")
    assert [event["uid"] for event in events] == [event["uid"] for event in again]
    assert len({event["uid"] for event in events}) == 4


def test_every_export_is_written_down_for_the_firm_and_the_client(export, firm, having):
    case = having("Ana")
    export("csv", [case])
    entry = HistoryEntry.objects.get(verb="cases-exported")
    assert (entry.actor_number, entry.details["count"], entry.details["format"]) == (firm.advisor.pk, 1, "CSV")
    visit = Visit.objects.get(what="export")
    assert (visit.person, visit.user) == (case.people.get(), firm.advisor)


def test_nothing_ticked_or_no_such_form(export, client, having):
    having("Ana")
    response = export("csv")
    assert "No case is ticked" in client.get(response["Location"]).content.decode()
    assert export("pdf", everything="1").status_code == 404
    assert not HistoryEntry.objects.filter(verb="cases-exported").exists()


def test_only_who_works_at_the_firm_takes_its_cases_along(export, client, firm, other_firm, having):
    case = having("Ana")
    client.force_login(firm.viewer)
    assert export("csv", [case]).status_code == 403
    client.force_login(other_firm.owner)
    assert export("csv", [case]).status_code == 404
    client.logout()
    assert export("csv", [case]).status_code == 302
    client.force_login(firm.advisor)
    assert export("csv", [having("Theirs", of=other_firm)]).status_code == 404
    assert [row["Client"] for row in rows_of(export("csv", everything="1"))] == ["Ana"]
    assert client.get(reverse("board:export", args=[firm.organisation.slug])).status_code == 405
