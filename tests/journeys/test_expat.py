"""Somebody who is moving: from the home page to a checklist that they work with."""

import re

import pytest
from playwright.sync_api import expect

from .answering import MOST_SCREENS, answer_all, answers_of, start_with
from .lines import document, finish, settled, task, tick, unfold, write_note

pytestmark = pytest.mark.browser

TAX = "Tax registration for self-employment (form 036)"
CARD = "Foreigner identity card (TIE)"


def test_freelancer_gets_a_checklist_on_a_phone(visitor):
    page = visitor().page
    start_with(page, "Spain")
    assert answer_all(page, answers_of("es-05")) <= MOST_SCREENS
    page.get_by_role("link", name="See my checklist").click()
    expect(page.get_by_role("heading", name="Your move to Spain", level=1)).to_be_visible()
    expect(page.get_by_text("Do this next")).to_be_visible()
    expect(task(page, CARD)).to_contain_text("25 Feb")
    expect(task(page, CARD)).to_contain_text("at the latest")

    page.evaluate("window.samePage = true")
    tick(document(page, "Form EX-17"))
    expect(page.get_by_role("status")).to_contain_text("In hand: Form EX-17.")
    write_note(document(page, "Passport"), "In the blue folder")
    assert page.evaluate("window.samePage")

    finish(page, TAX)
    page.get_by_role("link", name="Your move to Spain").click()
    expect(page.get_by_text(re.compile(r"1 of \d+ tasks done"))).to_be_visible()
    expect(document(page, "Form EX-17").get_by_role("button", pressed=True)).to_be_visible()
    expect(document(page, "Passport")).to_contain_text("In the blue folder")
    page.get_by_role("heading", name="Done", exact=True).click()
    expect(task(page, TAX)).to_be_visible()


def test_a_tick_is_taken_back_and_a_paper_opens_and_closes_in_its_row(visitor, checklist_of):
    page = visitor().open(checklist_of("pt-01").get_absolute_url())
    line = document(page, "Passport")
    tick(line)
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(line.get_by_role("button", name="I have it")).to_have_attribute("aria-pressed", "false")
    settled(page)

    address = page.url
    expect(unfold(line)).to_contain_text("The passport authority of your country")
    tick(document(page, "Rental contract"))
    expect(line).to_contain_text("The passport authority of your country")
    link = line.get_by_role("heading").get_by_role("link")
    expect(link).to_have_attribute("aria-expanded", "true")
    link.click()
    expect(line).not_to_contain_text("The passport authority of your country")
    expect(link).to_have_attribute("aria-expanded", "false")
    unfold(line).get_by_role("link", name="Close").first.click()
    expect(line).not_to_contain_text("The passport authority of your country")
    expect(link).to_be_focused()
    assert page.url == address


def test_paper_holds_the_lines_and_no_navigation(visitor, checklist_of):
    page = visitor().open(checklist_of("es-05").get_absolute_url())
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", include_hidden=True).first).to_be_hidden()
    expect(page.get_by_role("link", name="Keep the link").first).to_be_hidden()
    expect(document(page, "Form EX-17")).to_be_visible()
    expect(task(page, CARD)).to_be_visible()


def test_employee_needs_no_javascript(visitor):
    page = visitor(javascript=False).page
    start_with(page, "Portugal")
    assert answer_all(page, answers_of("pt-01")) <= MOST_SCREENS
    page.get_by_role("link", name="See my checklist").click()
    expect(page.get_by_role("heading", name="Your move to Portugal", level=1)).to_be_visible()

    tick(document(page, "Passport"))
    expect(page.get_by_text("In hand: Passport.")).to_be_visible()
    write_note(document(page, "Passport"), "In the blue folder")
    page.goto("/my-checklist/")
    finish(page, "Get your tax number (NIF)")
    page.goto("/my-checklist/")
    expect(page.get_by_text(re.compile(r"1 of \d+ tasks done"))).to_be_visible()
    expect(document(page, "Passport").get_by_role("button", pressed=True)).to_be_visible()
