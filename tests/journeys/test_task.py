"""The page of a task on a phone: an appointment written in place, a tick that stays, sources that open."""

import pytest
from playwright.sync_api import expect

from .lines import open_task, settled

pytestmark = pytest.mark.browser

TASK = "Get your tax number (NIF)"


@pytest.fixture
def person(visitor, checklist_of):
    """Somebody who has opened a task of their list."""
    somebody = visitor()
    open_task(somebody.open(checklist_of("pt-01").get_absolute_url()), TASK)
    return somebody


def test_an_appointment_is_written_in_place_and_becomes_the_ticket(person):
    page = person.page
    address = page.url
    page.get_by_role("link", name="I have an appointment").click()
    for label, text in (("Day", "9"), ("Month", "12"), ("Year", "2026")):
        page.get_by_role("textbox", name=label, exact=True).fill(text)
    page.get_by_label("Time").fill("10:40")
    page.get_by_label("Office").fill("Lisboa 8")
    settled(page)
    person.note_violations()
    page.get_by_role("button", name="Save", exact=True).click()
    ticket = page.locator(".frame--strong")
    expect(ticket).to_contain_text("9 December 2026 (Wednesday), 10:40")
    expect(ticket).to_contain_text("Lisboa 8")
    expect(ticket.get_by_role("link", name="Change the appointment")).to_be_visible()
    assert page.url == address
    person.note_violations()


def test_a_tick_stays_here_with_the_focus(person):
    page = person.page
    button = page.get_by_role("button", name="I have it: Passport", exact=True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    settled(page)
    expect(button).to_be_focused()
    expect(page.get_by_role("heading", name=TASK, level=1)).to_be_visible()


def test_sources_open_in_place_and_from_what_is_folded(person):
    page = person.page
    page.locator(".fact-ref").first.click()
    expect(page.locator(".fact-note:popover-open")).to_have_count(1)
    page.keyboard.press("Escape")
    page.get_by_text("more pitfalls").click()
    page.locator("details[open] a.fact-ref").first.click()
    expect(page.locator(".task__sources li:target")).to_be_visible()


def test_works_without_scripts(visitor, checklist_of):
    page = visitor(javascript=False).open(checklist_of("pt-01").get_absolute_url())
    open_task(page, TASK)
    page.get_by_role("button", name="I have it: Passport", exact=True).click()
    expect(page.get_by_role("heading", name=TASK, level=1)).to_be_visible()
    expect(page.get_by_role("button", name="I have it: Passport", exact=True)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="I have it: Proof of your tax number (NIF)").click()
    expect(page.get_by_role("button", name="Not done after all")).to_be_visible()
