import zoneinfo

import pytest

from checklists.firms.casework.notes import write_note
from checklists.firms.casework.services import add_task, answer, ask, write_message
from checklists.models import HistoryEntry


@pytest.fixture
def busy(firm, case, ana):
    write_message(person=ana, text="Hello Ana", by=firm.advisor)
    write_message(person=ana, text="Hello Adam", by=None)
    answer(request=ask(person=ana, text="Your lease", by=firm.advisor), text="Here it is")
    add_task(person=ana, text="Call the school", by=firm.advisor)
    write_note(case=case, text="Likes tea", by=firm.advisor)
    return case


def test_everything_stands_there_newest_first_with_what_was_written(advisor, busy, page):
    text = advisor.get(page("timeline")).text
    words = [
        "Likes tea",
        "Call the school",
        "Here it is",
        "asked for: Your lease",
        "Hello Adam",
        "Hello Ana",
        "opened the case",
    ]
    places = [text.index(word) for word in words]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("kind", "shown", "hidden"),
    [
        ("messages", "Hello Adam", "Likes tea"),
        ("notes", "Likes tea", "Hello Adam"),
        ("requests", "Here it is", "Hello Adam"),
        ("tasks", "Call the school", "Your lease"),
        ("case", "opened the case", "Call the school"),
    ],
)
def test_one_kind_alone(advisor, busy, page, kind, shown, hidden):
    text = advisor.get(page("timeline"), {"kind": kind}).text
    assert shown in text and hidden not in text
    assert f'href="?kind={kind}" aria-current="true"' in text


def test_unknown_kinds_and_pages_show_what_there_is(advisor, busy, page):
    for query in ({"kind": "x"}, {"page": "x"}, {"page": "99"}, {"kind": "checklist"}):
        assert advisor.get(page("timeline"), query).status_code == 200


def test_many_entries_are_read_in_pages(advisor, firm, case, page):
    for number in range(45):
        write_note(case=case, text=f"Note number {number}.", by=firm.advisor)
    text = advisor.get(page("timeline"), {"kind": "notes"}).text
    assert "number 44." in text and "number 4." not in text
    assert 'href="?kind=notes&amp;page=2"' in text
    assert "number 4." in advisor.get(page("timeline"), {"kind": "notes", "page": 2}).text


def test_what_was_erased_is_not_told(advisor, busy, page):
    HistoryEntry.objects.all().erase_details()
    busy.people.get().messages.all().delete()
    text = advisor.get(page("timeline")).text
    assert "Hello Ana" not in text and "(erased)" in text


def test_times_are_those_of_the_firm(advisor, firm, case, page):
    entry = HistoryEntry.objects.get(verb="case-opened")
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        type(firm.organisation).objects.update(time_zone=zone)
        assert entry.at.astimezone(zoneinfo.ZoneInfo(zone)).strftime("%H:%M") in advisor.get(page("timeline")).text
