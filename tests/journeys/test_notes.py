"""Own notes and dates at a line, written in place."""

import pytest
from playwright.sync_api import expect

from .lines import document, settled, tick, unfold

pytestmark = pytest.mark.browser


def begin_note(line, text):
    unfold(line)
    line.get_by_role("link", name="Note or date").click()
    line.get_by_role("textbox", name="Note").fill(text)
    settled(line.page)


def test_what_is_being_written_survives_a_tick(visitor, checklist_of):
    page = visitor().open(checklist_of("pt-01").get_absolute_url())
    begin_note(document(page, "Passport"), "In the blue")
    tick(document(page, "Rental contract"))
    note = document(page, "Passport").get_by_role("textbox", name="Note")
    expect(note).to_have_value("In the blue")
    note.fill("In the blue folder")
    document(page, "Passport").get_by_role("button", name="Save", exact=True).click()
    expect(document(page, "Passport")).to_contain_text("In the blue folder")
    expect(note).to_have_count(0)


def test_a_tick_at_the_same_line_is_no_conflict(visitor, checklist_of):
    page = visitor().open(checklist_of("pt-01").get_absolute_url())
    line = document(page, "Passport")
    begin_note(line, "In the blue folder")
    tick(line)
    line.get_by_role("button", name="Save", exact=True).click()
    expect(line).to_contain_text("In the blue folder")
    expect(line.get_by_role("button", name="I have it").first).to_have_attribute("aria-pressed", "true")


def test_two_notes_are_written_side_by_side(visitor, checklist_of):
    person = visitor()
    page = person.open(checklist_of("pt-01").get_absolute_url())
    begin_note(document(page, "Passport"), "In the blue folder")
    begin_note(document(page, "Rental contract"), "Ask Maria")
    person.note_violations()
    document(page, "Rental contract").get_by_role("button", name="Save", exact=True).click()
    expect(document(page, "Rental contract")).to_contain_text("Ask Maria")
    settled(page)
    document(page, "Passport").get_by_role("button", name="Save", exact=True).click()
    expect(document(page, "Passport")).to_contain_text("In the blue folder")
    expect(document(page, "Rental contract")).to_contain_text("Ask Maria")


def test_a_date_that_cannot_be_is_refused_in_place(visitor, checklist_of):
    page = visitor().expect(422).open(checklist_of("pt-01").get_absolute_url())
    line = document(page, "Passport")
    begin_note(line, "In the blue folder")
    for part, value in (("Day", "31"), ("Month", "2"), ("Year", "2027")):
        line.get_by_label(part, exact=True).fill(value)
    line.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was saved yet")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(line.get_by_role("textbox", name="Note")).to_have_value("In the blue folder")
