"""Somebody who is moving: from the home page to a checklist that they work with."""

import re

import pytest
from playwright.sync_api import expect

from .answering import MOST_SCREENS, answer_all, answers_of, start_with
from .lines import document, task, tick, unfold, write_note

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
    expect(page.get_by_role("img", name="Calendar from November 2026")).to_be_visible()
    expect(task(page, CARD)).to_contain_text("From 25 January")
    expect(task(page, CARD)).to_contain_text("at the latest 25 February 2027 (Thursday)")

    page.evaluate("window.samePage = true")
    tick(document(page, "Form EX-17"))
    expect(page.get_by_role("status")).to_contain_text("Done: Form EX-17.")
    write_note(document(page, "Passport"), "In the blue folder")
    if task(page, TAX).get_by_role("button", name="Mark as finished").is_hidden():
        unfold(task(page, TAX))
    task(page, TAX).get_by_role("button", name="Mark as finished").click()
    expect(page.get_by_text(re.compile(r"1 of \d+ tasks finished"))).to_be_visible()
    assert page.evaluate("window.samePage")

    page.reload()
    expect(document(page, "Form EX-17").get_by_role("button", pressed=True)).to_be_visible()
    expect(document(page, "Passport")).to_contain_text("In the blue folder")
    expect(task(page, TAX)).to_contain_text("Done")


def test_paper_holds_the_lines_and_no_navigation(visitor, checklist_of):
    page = visitor().open(checklist_of("es-05").get_absolute_url())
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", include_hidden=True).first).to_be_hidden()
    expect(page.get_by_role("button", name="Keep the link")).to_be_hidden()
    expect(document(page, "Form EX-17")).to_be_visible()
    expect(task(page, CARD)).to_be_visible()


def test_employee_needs_no_javascript(visitor):
    page = visitor(javascript=False).page
    start_with(page, "Portugal")
    assert answer_all(page, answers_of("pt-01")) <= MOST_SCREENS
    page.get_by_role("link", name="See my checklist").click()
    expect(page.get_by_role("heading", name="Your move to Portugal", level=1)).to_be_visible()

    tick(document(page, "Passport"))
    expect(page.get_by_text("Done: Passport.")).to_be_visible()
    write_note(document(page, "Passport"), "In the blue folder")
    nif = page.get_by_role("article").filter(has_text="NIF").first
    unfold(nif)
    nif.get_by_role("button", name="Mark as finished").click()
    expect(page.get_by_text("1 of")).to_be_visible()
    page.goto("/my-checklist/")
    expect(document(page, "Passport").get_by_role("button", pressed=True)).to_be_visible()
