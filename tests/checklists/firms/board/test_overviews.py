"""Everybody's days on a calendar, and how much work everybody has."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from checklists.models import CaseDeadline, CasePerson, FirmTask, HistoryEntry, Membership, Request
from tests.checklists.firms.board.conftest import in_days


@pytest.fixture
def month(client, board, firm):
    def get(query="", status=200):
        response = client.get(reverse("board:calendar", args=[firm.organisation.slug]) + query)
        assert response.status_code == status
        return response.content.decode()

    return get


@pytest.fixture
def due(firm, having):
    """A case with a deadline of its plan, so many days from today."""

    def make(name, days, procedure="a-task", **fields):
        case = having(name, **fields)
        CaseDeadline.objects.create(
            organisation=case.organisation, case=case, person=case.people.get(), procedure=procedure, day=in_days(days)
        )
        return case

    return make


def entries(page):
    """What the calendar shows: the day, and the client and text of each entry."""
    found = []
    for day in re.findall(r'<td class="month__day.*?</td>', page, re.S):
        date = re.search(r'datetime="([\d-]+)"', day)[1]
        texts = re.findall(r'<li class="month__entry.*?</li>', day, re.S)
        found += [(date, " ".join(re.sub("<[^>]*>", "", text).split())) for text in texts]
    return found


def test_all_that_has_a_day_stands_on_it(month, due, firm):
    case = due("Ana", 1, target_date=in_days(3))
    person = case.people.get()
    Request.objects.create(person=person, text="The lease", due=in_days(2))
    Request.objects.create(person=person, text="Answered", due=in_days(2), answered_at=timezone.now())
    FirmTask.objects.create(person=person, text="Call the school", due=in_days(2))
    FirmTask.objects.create(person=person, text="Done", due=in_days(2), done_at=timezone.now())
    due("Archived", 1, archived_at=timezone.now())
    page = month()
    assert entries(page) == [
        ("2026-11-21", "Ana a-task"),
        ("2026-11-22", "Ana Asked for: The lease (Asked for)"),
        ("2026-11-22", "Ana Call the school (Our task)"),
        ("2026-11-23", "Ana Target date"),
    ]
    assert "4 deadlines and other dates of cases in work fall in November 2026" in page


def test_what_is_overdue_says_so_and_a_target_date_never_is(month, due, firm):
    case = due("Ana", -2, target_date=in_days(-3))
    Request.objects.create(person=case.people.get(), text="The lease", due=in_days(0))
    page = month()
    late = [day for day in re.findall(r'<td class="month__day.*?</td>', page, re.S) if "overdue" in day]
    assert [re.search(r'datetime="([\d-]+)"', day)[1] for day in late] == ["2026-11-18"]
    assert "2 dates on earlier days" in page
    assert "earlier days" not in month("?month=2026-10")
    assert "overdue" in month("?day=2026-11-18")
    assert "overdue" not in month("?day=2026-11-17")


def test_months_follow_each_other_and_nonsense_is_this_one(month, due):
    due("Ana", 20)
    assert entries(month("?month=2026-12")) == [("2026-12-10", "Ana a-task")]
    assert "month=2027-01" in month("?month=2026-12")
    assert "month=2026-11" in month("?month=2026-12")
    for query in ("?month=2026-13", "?month=x", "?day=2026-02-31", "?day=x", "?assignee=999999"):
        assert "November 2026" in month(query)


def test_one_person_s_days(month, due, firm):
    due("Hers", 1, assignee=firm.owner)
    due("Mine", 1, assignee=firm.advisor)
    due("Nobody's", 1)
    assert [text for _day, text in entries(month("?assignee=me"))] == ["Mine a-task"]
    assert [text for _day, text in entries(month(f"?assignee={firm.owner.pk}"))] == ["Hers a-task"]
    assert [text for _day, text in entries(month("?assignee=nobody"))] == ["Nobody&#x27;s a-task"]


def test_a_full_day_leads_to_all_of_it(month, due):
    for number in range(7):
        due(f"Case {number}", 0)
    page = month()
    assert len(entries(page)) == 4
    assert ">3 more<" in page
    day = month("?day=2026-11-20")
    assert all(f">Case {number}</a>" in day for number in range(7))
    assert "20 November 2026 (Friday)" in day
    assert "Nothing falls on this day." in month("?day=2026-11-19")


def test_the_calendar_asks_one_query_for_each_kind(month, due, django_assert_max_num_queries):
    for number in range(3):
        due(f"Case {number}", number)
    month()
    with django_assert_max_num_queries(18):
        month()
    for number in range(20):
        due(f"More {number}", number % 5)
    month()
    with django_assert_max_num_queries(18):
        month()


def test_the_year_ahead_as_a_file(client, board, firm, due):
    due("Ana", 40, assignee=firm.owner)
    due("Bo", 1)
    address = reverse("board:calendar-file", args=[firm.organisation.slug])
    events = Calendar.from_ical(client.post(address).content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Bo: a-task", "Ana: a-task"]
    events = Calendar.from_ical(client.post(address, {"assignee": firm.owner.pk}).content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Ana: a-task"]
    assert HistoryEntry.objects.filter(verb="cases-exported").count() == 2


def test_a_file_that_no_calendar_can_show_is_refused(client, board, firm, due, monkeypatch):
    monkeypatch.setattr("checklists.firms.board.views.overviews.MOST_EVENTS", 1)
    due("Ana", 1)
    due("Bo", 1)
    response = client.post(reverse("board:calendar-file", args=[firm.organisation.slug]), follow=True)
    assert "Choose one person first" in response.content.decode()


def figures(page):
    """Each row of the workload: who, and the numbers."""
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", page.split("<tbody>")[1], re.S):
        who = re.search(r'<th [^>]*scope="row">(.*?)</th>', row)[1]
        found[who] = [int(number) for number in re.findall(r"<a href=\"[^\"]*\">(\d+)</a>", row)]
    return found


@pytest.fixture
def workload(client, board, firm):
    def get():
        return client.get(reverse("board:workload", args=[firm.organisation.slug])).content.decode()

    return get


def test_every_case_counts_once_and_the_sums_agree(workload, board, having, firm):
    having("A", assignee=firm.owner, next_deadline=in_days(-1), waiting_for="client")
    having("B", assignee=firm.owner, next_deadline=in_days(2))
    having("C", assignee=firm.advisor, waiting_for="office", has_problem=True)
    having("D")
    having("E", archived_at=timezone.now())
    page = workload()
    found = figures(page)
    assert found == {
        "Olga Owner": [2, 1, 1, 1, 0, 1],
        "Unassigned": [1, 0, 0, 0, 0, 0],
        "Adam Advisor": [1, 0, 0, 0, 1, 1],
        "All": [4, 1, 1, 1, 1, 2],
    }
    assert [sum(column) for column in zip(*list(found.values())[:-1], strict=True)] == found["All"]
    for address, number in re.findall(r'<a href="[^"]*?(\?[^"]*)">(\d+)</a>', page.split("<tbody>")[1]):
        assert board.total(address.replace("&amp;", "&")).split()[0] == number


def test_who_left_is_still_named_where_cases_are_theirs(workload, board, having, firm):
    having("A", assignee=firm.owner)
    Membership.objects.filter(user=firm.owner).delete()
    assert figures(workload())["Olga Owner"][0] == 1
    assert board.names(f"?assignee={firm.owner.pk}") == ["A"]


def test_who_may_look(client, firm, other_firm, month, workload):
    pages = [reverse(f"board:{name}", args=[firm.organisation.slug]) for name in ("calendar", "workload")]
    file = reverse("board:calendar-file", args=[firm.organisation.slug])
    client.force_login(firm.viewer)
    assert [client.get(page).status_code for page in pages] == [200, 200]
    assert client.post(file).status_code == 403
    assert "12 months" not in month()
    client.force_login(other_firm.owner)
    assert [client.get(page).status_code for page in pages] == [404, 404]
    assert client.post(file).status_code == 404
    client.logout()
    assert [client.get(page).status_code for page in pages] == [302, 302]
    client.force_login(firm.advisor)
    assert [client.post(page).status_code for page in pages] == [405, 405]
    assert client.get(file).status_code == 405


def test_nothing_of_another_firm_falls_into_the_calendar(month, due, other_firm):
    due("Theirs", 1, of=other_firm)
    assert entries(month()) == []
    assert CasePerson.objects.count() == 1
