"""The columns: the same cases as on the list, side by side, with counts that make up their number."""

import re

import pytest
from django.utils import timezone


def columns(board, query):
    """The title, count and cards of each column."""
    page = board.get(query)
    found = {}
    for part in page.split('<section aria-labelledby="column-')[1:]:
        title, count = re.search(r'<h2 id="[^"]*">(.*?) <span class="count">(\d+)</span>', part).groups()
        found[title] = (int(count), re.findall(r'class="card-case__name" href="[^"]*">(.*?)</a>', part))
    return found


@pytest.fixture
def cases(having, firm, today):
    first, second = firm.organisation.stages.all()[:2]
    having("Never", stage=first)
    having("Later", stage=first, next_deadline=today.replace(day=28))
    having("Late", stage=first, next_deadline=today.replace(day=1), assignee=firm.owner)
    having("Other", stage=second, assignee=firm.owner, waiting_for="client")
    having("Put away", stage=second, archived_at=timezone.now())


def test_by_stage_in_the_firm_s_order(board, cases):
    found = columns(board, "?view=columns")
    assert list(found) == ["New", "Questionnaire", "Collecting documents", "At the offices", "Finishing"]
    assert found["New"] == (3, ["Late", "Later", "Never"])
    assert found["Questionnaire"] == (1, ["Other"])
    assert sum(count for count, _cards in found.values()) == 4
    assert board.total("?view=columns") == "4 cases"


def test_by_person_behind_those_of_nobody(board, cases):
    found = columns(board, "?view=people")
    assert list(found.items()) == [("Unassigned", (2, ["Later", "Never"])), ("Olga Owner", (2, ["Late", "Other"]))]


def test_under_filters_the_counts_still_add_up(board, cases):
    found = columns(board, "?view=columns&waiting=client&q=oth")
    assert {title: count for title, (count, _cards) in found.items() if count} == {"Questionnaire": 1}
    assert board.total("?view=columns&waiting=client&q=oth") == "1 case"
    assert columns(board, "?view=columns&archived=1")["Questionnaire"] == (1, ["Put away"])


def test_a_long_column_leads_to_its_list(board, having, firm):
    for number in range(15):
        having(f"Case {number}")
    found = columns(board, "?view=columns")
    assert (found["New"][0], len(found["New"][1])) == (15, 12)
    stage = firm.organisation.stages.first().pk
    assert f'href="?stage={stage}">All 15 of New</a>' in board.get("?view=columns")
    assert board.total(f"?stage={stage}") == "15 cases"


def test_people_beyond_the_last_column_are_counted(board, having, firm, monkeypatch):
    monkeypatch.setattr("checklists.firms.board.columns.MOST_COLUMNS", 2)
    for user in (firm.owner, firm.owner, firm.advisor, None):
        having("Somebody's", assignee=user)
    assert list(columns(board, "?view=people")) == ["Unassigned", "Olga Owner"]
    assert "1 more person has 1 of the cases." in board.get("?view=people")


def test_queries_depend_on_the_columns_only(board, having, firm, cases):
    asked = board.queries("?view=columns")
    for number in range(30):
        having(f"More {number}")
    assert board.queries("?view=columns") <= asked
    assert asked <= 6 + 2 * 5


def test_viewers_cannot_tick(client, firm, board, cases):
    client.force_login(firm.viewer)
    page = board.get("?view=columns")
    assert "card-case__name" in page
    assert "card-case__pick" not in page
