"""Pages that no cache keeps: going back and forward works, and after signing out there is nothing to go back to."""

import re

import pytest
from playwright.sync_api import expect

from .answering import press
from .lines import document, tick
from .signing import let_in

pytestmark = pytest.mark.browser


def test_what_was_ticked_is_there_after_going_back_and_forward(visitor, checklist_of):
    checklist = checklist_of("es-05")
    page = visitor().open(checklist.get_absolute_url())
    paper = document(page, "Proof of the family relationship")
    tick(paper)
    page.goto(f"{checklist.get_absolute_url()}calendar/")
    for _time in range(2):
        page.go_back()
        expect(paper.get_by_role("button", name="I have it").first).to_have_attribute("aria-pressed", "true")
        page.go_forward()
        page.wait_for_url(re.compile("/calendar/"))


def test_a_form_that_came_back_can_be_gone_back_to(visitor, checklist_of):
    person = visitor().expect(422)
    checklist = checklist_of("es-05")
    page = person.open(f"{checklist.get_absolute_url()}answers/all/")
    page.get_by_label("How much of your work is for clients in Spain?").fill("400")
    press(page, "Save and show my checklist")
    expect(page.get_by_role("alert").first).to_be_visible()
    page.goto(f"{checklist.get_absolute_url()}calendar/")
    page.go_back()
    expect(page.get_by_label("How much of your work is for clients in Spain?")).to_have_value("400")


def test_nothing_is_left_to_go_back_to_after_signing_out(visitor, firm, site):
    firm.case("Ana Silva", destination="pt")
    page = let_in(visitor(), firm.owner).open(f"/firms/{firm.organisation.slug}/")
    expect(page.get_by_text("Ana Silva").first).to_be_visible()
    page.goto("/account/logout/")
    press(page, "Sign out")
    page.go_back()
    page.go_back()
    expect(page.get_by_text("Ana Silva")).to_have_count(0)
