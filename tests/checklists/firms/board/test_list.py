"""The list of a firm's cases: what is on it, in which order, and what narrows it."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from checklists.firms.cases.services import open_case
from checklists.models import CaseWord, Organisation
from tests.checklists.firms.board.conftest import Board, in_days
from tests.checklists.publishing import publish
from tests.guides.small import changed, small_catalogue


def test_what_is_due_first_stands_on_top_and_what_is_never_due_below(board, having):
    having("Later", next_deadline=in_days(40))
    having("Never")
    having("Late", next_deadline=in_days(-2))
    having("Soon", next_deadline=in_days(3))
    assert board.names() == ["Late", "Soon", "Later", "Never"]
    page = board.get()
    headings = ["Overdue", "Due this week", "Due later", "No deadline"]
    places = [page.index(f'scope="rowgroup">{heading}<') for heading in headings]
    assert places == sorted(places)
    assert "2 days ago" in page
    assert "in 3 days" in page


def test_a_row_says_what_is_next_and_who_has_it(board, having, firm):
    label = firm.organisation.labels.create(name="Family of four")
    fields = {"next_step": "Register at the town hall", "tasks_done": 3, "tasks_total": 8, "priority": 3}
    having("Ana Silva", assignee=firm.advisor, **fields).labels.add(label)
    row = board.row()
    for text in ("Register at the town hall", "3 of 8", "Family of four", ">FO<", "High priority", "New", "0 days"):
        assert text in row
    assert 'title="Adam Advisor">Adam</td>' in row


def test_an_empty_cell_says_nothing(board, having):
    having("Ana Silva", next_step="")
    cells = re.findall(r"<td[^>]*>(.*?)</td>", board.row(), re.S)
    assert cells[1:] == ["", "", "", "", "New", "", "", "0 days"]


def test_archived_cases_are_brought_back_and_not_archived_again(board, having):
    having("Ana Silva", archived_at=timezone.now())
    offered = re.findall(r'name="verb" value="(\w+)"', board.get("?archived=1"))
    assert offered[0] == "restore"
    assert "archive" not in offered


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("progress", ["B", "C", "A"]),
        ("-progress", ["A", "C", "B"]),
        ("age", ["C", "A", "B"]),
        ("-age", ["B", "A", "C"]),
        ("nonsense", ["A", "B", "C"]),
    ],
)
def test_order(board, having, sort, names):
    now = timezone.now()
    having("A", progress=90, created_at=now - datetime.timedelta(days=5), next_deadline=in_days(1))
    having("B", progress=10, created_at=now, next_deadline=in_days(2))
    having("C", progress=50, created_at=now - datetime.timedelta(days=9), next_deadline=in_days(3))
    assert board.names(f"?sort={sort}") == names


@pytest.fixture
def several(having, firm):
    """Cases that differ in whatever can be filtered by; each is named after it."""
    now = timezone.now()
    label = firm.organisation.labels.create(name="Family")
    having("stage", stage=firm.organisation.stages.last())
    having("mine", assignee=firm.advisor)
    having("hers", assignee=firm.owner)
    having("label").labels.add(label)
    having("urgent", priority=3)
    having("client", waiting_for="client")
    having("office", waiting_for="office")
    having("late", next_deadline=in_days(-1))
    having("today", next_deadline=in_days(0))
    having("week", next_deadline=in_days(6))
    having("after", next_deadline=in_days(7))
    having("quiet", active_at=now - datetime.timedelta(days=15))
    having("done", active_at=now - datetime.timedelta(days=15), progress=100)
    having("problem", has_problem=True)
    having("archived", archived_at=now)
    return {"label": label.pk, "stage": firm.organisation.stages.last().pk, "owner": firm.owner.pk}


@pytest.fixture(autouse=True)
def now_is_on_that_day(monkeypatch):
    """What is stuck is reckoned from moments: they lie around the day of these tests."""
    now = datetime.datetime(2026, 11, 20, 10, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?stage={stage}", {"stage"}),
        ("?assignee=me", {"mine"}),
        ("?assignee={owner}", {"hers"}),
        ("?label={label}", {"label"}),
        ("?priority=3", {"urgent"}),
        ("?waiting=client", {"client"}),
        ("?waiting=office", {"office"}),
        ("?due=overdue", {"late"}),
        ("?due=week", {"today", "week"}),
        ("?stuck=1", {"late", "quiet", "problem"}),
        ("?archived=1", {"archived"}),
        ("?assignee=me&waiting=client", set()),
    ],
)
def test_filters(board, several, query, names):
    query = query.format(**several)
    assert set(board.names(query)) == names
    assert board.total(query) == f"{len(names)} case{'' if len(names) == 1 else 's'}"


@pytest.mark.parametrize("few", [0, 2000])
def test_a_label_is_found_whether_many_cases_have_it_or_few(board, having, firm, monkeypatch, few):
    monkeypatch.setattr("checklists.firms.board.filters.FEW", few)
    family, other = (firm.organisation.labels.create(name=name) for name in ("Family", "Tax"))
    for name, days in (("C", None), ("B", 2), ("A", 1), ("D", 3)):
        case = having(name, next_deadline=days and in_days(days), waiting_for="client" if name != "D" else "")
        case.labels.add(other, *([family] if name != "B" else []))
    assert board.names(f"?label={family.pk}") == ["A", "D", "C"]
    assert board.names(f"?label={family.pk}&waiting=client") == ["A", "C"]


def test_every_tab_counts_what_its_list_holds(board, several):
    tabs = board.tabs()
    assert tabs == {
        "All": 14,
        "Mine": 1,
        "Stuck": 3,
        "Due this week": 2,
        "Waiting for client": 1,
        "Waiting for office": 1,
        "Unassigned": 12,
        "Archive": 1,
    }
    addresses = ["", "?assignee=me", "?stuck=1", "?due=week", "?waiting=client", "?waiting=office"]
    addresses += ["?assignee=nobody", "?archived=1"]
    assert [len(board.names(address)) for address in addresses] == list(tabs.values())


def test_counts_follow_every_change(board, firm):
    firm.case()
    assert board.tabs()["All"] == 1
    firm.case()
    assert board.tabs()["All"] == 2


def test_a_filter_that_is_not_there_any_more_is_left_out_and_said(board, having):
    having("Ana")
    page = board.get("?stage=99999&assignee=nobody&priority=x")
    assert "left out of the filters: Stage and Priority." in page
    assert board.names("?stage=99999") == ["Ana"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ana", {"Ana Garção", "Anabel Ruiz"}),
        ("ANA garcao", {"Ana Garção"}),
        ("garç", {"Ana Garção"}),
        ("bel", set()),
        ("ana-garcao", {"Ana Garção"}),
        ("a-17", {"Ana Garção"}),
        ("ruiz@post", {"Anabel Ruiz"}),
        ("...", set()),
        ("%", set()),
    ],
)
def test_search_by_how_words_begin(board, firm, text, names):
    open_case(organisation=firm.organisation, name="Ana Garção", by=firm.advisor, reference="A-17")
    open_case(organisation=firm.organisation, name="Anabel Ruiz", by=firm.advisor, email="ruiz@post.example")
    open_case(organisation=firm.organisation, name="Bo Lind", by=firm.advisor)
    assert set(board.names(f"?q={text}")) == names


def test_search_when_every_word_is_common(board, firm, monkeypatch):
    monkeypatch.setattr("checklists.firms.board.search.FEW", 2)
    for name in ("Ana Garcia", "Ana Lopez", "Ana Lind", "Eva Garcia", "Ida Garcia"):
        firm.case(name)
    assert CaseWord.objects.filter(word="ana").count() == 3
    assert board.names("?q=ana+gar") == ["Ana Garcia"]


@pytest.mark.parametrize("sort", ["deadline", "progress", "-progress", "age", "-age"])
def test_pages_hold_each_case_once(board, having, monkeypatch, sort):
    monkeypatch.setattr("checklists.firms.board.listing.ROWS", 4)
    days = [5, 1, 1, None, None, 3, None, None, None, 1]
    for number, day in enumerate(days):
        having(f"Case {number}", next_deadline=in_days(day) if day else None, progress=day or 0)
    whole, query, firsts = [], f"?sort={sort}", []
    while query:
        page = board.get(query)
        whole += board.names(query)
        following = [part for part in page.split('"') if "after=" in part]
        query = following[0].replace("&amp;", "&") if following else ""
        firsts += [text for text in ("1 to 4", "5 to 8", "9 to 10") if f">{text}<" in page]
    assert len(whole) == len(set(whole)) == len(days)
    assert firsts == ["1 to 4", "5 to 8", "9 to 10"]
    if sort == "deadline":
        assert whole[:5] == ["Case 1", "Case 2", "Case 9", "Case 5", "Case 0"]


@pytest.mark.parametrize("after", ["x", "~~", "2026-13-01~1~2", "~9~-", "1~2~3~4", "2026-11-20~99999999999999999999~1"])
def test_a_broken_page_address_shows_a_page(board, having, after):
    having("Ana")
    for sort in ("deadline", "progress", "age"):
        board.get(f"?sort={sort}&after={after}")


def test_the_same_number_of_queries_however_many_cases(board, several, having):
    """The memberships, cases with and without a deadline, and their labels."""
    assert board.queries() == 4
    for number in range(60):
        having(f"More {number}", assignee_id=several["owner"], next_deadline=in_days(number))
    assert board.queries() == 3
    assert board.queries("?q=more") == 4


def test_what_is_cached_of_a_page_sends_the_forms_of_whoever_reads_it(firm, having):
    case = having("Ana")
    for _again in range(2):
        client = Client(enforce_csrf_checks=True)
        client.force_login(firm.advisor)
        seen = Board(client, firm.organisation)
        page = seen.get("?q=<token>")
        assert 'value="&lt;token&gt;"' in page
        tokens = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert tokens
        for token in tokens:
            data = {"verb": "assign", "query": "?", "cases": [case.pk], "csrfmiddlewaretoken": token}
            assert client.post(f"{seen.address}bulk/", data).status_code == 200


def test_what_is_cached_of_a_page_is_not_shown_to_others(board, client, firm, having):
    having("Ana", assignee=firm.advisor)
    client.post(f"{board.address}views/", {"name": "My own", "query": "?assignee=me"})
    assert board.total("?assignee=me") == "1 case"
    assert "My own" in board.get()
    assert "Assign the ticked cases" in board.get()
    assert 'name="cases"' in board.get()
    client.force_login(firm.viewer)
    assert board.total("?assignee=me") == "0 cases"
    assert "My own" not in board.get()
    assert "Assign the ticked cases" not in board.get()
    assert 'name="cases"' not in board.get()


def test_what_is_cached_of_a_page_is_of_its_day(board, having, monkeypatch):
    having("Ana", next_deadline=in_days(0))
    assert (board.tabs()["Stuck"], "today" in board.get()) == (0, True)
    monkeypatch.setattr(Organisation, "today", lambda organisation: in_days(1))
    assert board.tabs()["Stuck"] == 1
    assert "1 day ago" in board.get()


def test_what_is_cached_of_a_page_is_of_its_edition(board, having):
    having("Ana")
    publish(small_catalogue())
    assert ">Portugal<" in board.get()
    publish(changed(small_catalogue(), "countries", "pt", name="Portugal by the sea"))
    assert ">Portugal by the sea<" in board.get()


def test_nothing_crosses_firms(board, client, firm, other_firm, having):
    having("Theirs", of=other_firm, next_deadline=in_days(-1))
    assert board.names() == []
    assert board.tabs()["All"] == 0
    assert board.names(f"?stage={other_firm.organisation.stages.first().pk}") == []
    client.force_login(other_firm.advisor)
    board.get(status=404)


def test_viewers_look_and_have_no_button_to_change_anything(client, firm, having):
    having("Ana")
    client.force_login(firm.viewer)
    seen = Board(client, firm.organisation)
    assert seen.names() == ["Ana"]
    assert "New case" not in seen.get()


def test_who_is_not_signed_in_is_sent_there(board, client):
    client.logout()
    assert "/account/login/" in client.get(board.address)["Location"]


def test_only_looking(board, client):
    assert client.post(board.address).status_code == 405
