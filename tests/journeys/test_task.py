"""The page of a task on a phone: an appointment written in place, a tick that stays, sources that open."""

import pytest
from playwright.sync_api import expect

from .lines import document, open_task, settled, tick
from .visitor import DESKTOP, PHONE

pytestmark = pytest.mark.browser

TASK = "Get your tax number (NIF)"


@pytest.fixture
def person(visitor, checklist_of):
    """Somebody who has opened a task of their list."""
    somebody = visitor()
    open_task(somebody.open(checklist_of("pt-01").get_absolute_url()), TASK)
    return somebody


def write_appointment(page):
    page.get_by_role("link", name="I have an appointment").click()
    for label, text in (("Day", "9"), ("Month", "12"), ("Year", "2026")):
        page.get_by_role("textbox", name=label, exact=True).fill(text)
    page.get_by_label("Time").fill("10:40")
    page.get_by_label("Office").fill("Lisboa 8")
    settled(page)


def test_an_appointment_is_written_in_place_and_becomes_the_ticket(person):
    page = person.page
    address = page.url
    write_appointment(page)
    person.note_violations()
    page.get_by_role("button", name="Save", exact=True).click()
    ticket = page.locator(".frame--strong")
    expect(ticket).to_contain_text("9 December 2026 (Wednesday), 10:40")
    expect(ticket).to_contain_text("Lisboa 8")
    expect(ticket.get_by_role("link", name="Change the appointment")).to_be_visible()
    assert page.url == address
    person.note_violations()


@pytest.mark.parametrize("size", [{"width": 320, "height": 256}, {"width": 360, "height": 420}])
def test_of_a_ticket_higher_than_the_window_the_head_is_seen(person, size):
    page = person.page
    page.set_viewport_size(size)
    write_appointment(page)
    page.get_by_role("button", name="Save", exact=True).click()
    head = page.locator(".ticket__head")
    expect(head).to_be_in_viewport(ratio=1)
    settled(page)
    news, seen = page.locator(".toast").bounding_box(), head.bounding_box()
    assert seen["y"] >= news["y"] + news["height"] or seen["y"] + seen["height"] <= news["y"]


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


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_without_scripts_a_tick_leads_back_to_its_row_and_is_told_there(visitor, checklist_of, size):
    page = visitor(size, javascript=False).open(checklist_of("pt-01").get_absolute_url())
    tick(document(page, "Proof of your tax number (NIF)"))
    row, news = document(page, "Proof of your tax number (NIF)"), page.locator(".news")
    expect(row).to_be_in_viewport(ratio=1)
    expect(news.get_by_text("In hand: Proof of your tax number (NIF).")).to_be_in_viewport(ratio=1)
    assert row.bounding_box()["y"] + row.bounding_box()["height"] <= news.bounding_box()["y"]
    news.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("No longer in hand: Proof of your tax number (NIF).")).to_be_in_viewport()


def test_works_without_scripts(visitor, checklist_of):
    page = visitor(javascript=False).open(checklist_of("pt-01").get_absolute_url())
    open_task(page, TASK)
    page.get_by_role("button", name="I have it: Passport", exact=True).click()
    expect(page.get_by_role("heading", name=TASK, level=1)).to_be_visible()
    expect(page.get_by_role("button", name="I have it: Passport", exact=True)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="I have it: Proof of your tax number (NIF)").click()
    expect(page.get_by_role("button", name="Not done after all")).to_be_visible()
