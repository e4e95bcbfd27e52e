"""Readers see what is overdue and what is disputed, on the day on which they look."""

import datetime
import re

import pytest

from guides import clock
from tests.guides.reading_pages import publish, reading_catalogue
from tests.guides.small import changed

GUIDE = "/guides/portugal/work-in-portugal/"
PROCEDURE = "/procedures/portugal/nif/"
DUE = datetime.date(2027, 11, 1)
OVERDUE = "This should have been checked again by 1 November 2027."

pytestmark = pytest.mark.django_db


def note_of(page, fact):
    note = page.text.partition(f'id="note.{fact}"')[2].partition("Close</button>")[2]
    return " ".join(note.partition('class="fact-note"')[0].split())


def plain(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def as_of(client, path, day):
    with clock.as_of(day):
        return client.get(path)


def publish_facts(**fields):
    publish(changed(reading_catalogue(), "facts", "nif.fee", **fields))


@pytest.mark.parametrize("path", [GUIDE, PROCEDURE])
def test_overdue_is_said_from_the_day_after_it_was_due(client, path):
    publish(reading_catalogue())
    for day, told in [(DUE, False), (DUE + datetime.timedelta(1), True), (DUE, False)]:
        page = as_of(client, path, day)
        assert (OVERDUE in note_of(page, "nif.what")) is told
        assert ("1 fact is due for another look." in page.text) is told
        assert OVERDUE not in note_of(page, "nif.fee")


def test_head_tells_between_which_days_its_facts_were_verified(client):
    publish_facts(verified_on="2026-05-01")
    head = plain(client.get(PROCEDURE).text.partition('<p class="meta ')[2].partition("</p>")[0])
    assert "Verified between 1 May 2026 and 1 November 2026" in head


def test_both_sides_tell_of_the_other_and_which_one_is_followed(client):
    publish(reading_catalogue())
    page = client.get(PROCEDURE)
    official, guide = plain(note_of(page, "nif.what")), plain(note_of(page, "nif.fee"))
    assert "Another source says otherwise: “It is free.” (Somebody, private guide)." in official
    assert "Checklists follow the statement above: it is official." in official
    assert "“The NIF is the tax number.” (The state, No" not in guide
    assert "“The NIF is the tax number.” (The state, Somebody, official source)." in guide
    assert "Checklists follow that one: it is official." in guide


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({"confidence": "official", "source_date": "2024-08"}, "Checklists follow that one: it is newer."),
        ({"confidence": "official", "source_date": "2023"}, "Checklists follow the statement above: it is newer."),
        ({"confidence": "official", "source_date": "2024-07"}, "Neither is surer than the other."),
        ({"confidence": "official", "source_date": "about 2030"}, "Neither is surer than the other."),
        ({"confidence": "official"}, "Neither is surer than the other."),
    ],
)
def test_of_two_as_sure_the_newer_is_followed(client, fields, verdict):
    publish_facts(**fields)
    assert verdict in plain(note_of(client.get(PROCEDURE), "nif.what"))


def test_of_two_that_are_not_official_the_surer_is_followed(client):
    catalogue = changed(reading_catalogue(), "facts", "nif.what", confidence="unverified")
    publish(catalogue)
    assert "Checklists follow that one: its source is surer." in plain(note_of(client.get(PROCEDURE), "nif.what"))


def test_facts_that_nobody_doubts_have_no_mark(client):
    publish(changed(reading_catalogue(), "facts", "nif.what", disagrees_with=[]))
    assert 'class="doubt"' not in as_of(client, PROCEDURE, DUE).text
