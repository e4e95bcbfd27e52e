"""Changing an answer: what comes and what goes is shown before anything is saved."""

import re

import pytest
from playwright.sync_api import expect

from .answering import press
from .lines import beside, document, task, tick

pytestmark = pytest.mark.browser

FAMILY = "Who of your family moves with you, later, or lives in Spain already?"
COVER = "Healthcare cover for your family"


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_effect_is_shown_before_it_is_saved(visitor, checklist_of, javascript):
    checklist = checklist_of("es-05")
    person = visitor(javascript=javascript)
    page = person.open(checklist.get_absolute_url())
    tick(document(page, "Proof of the family relationship"))
    beside(page, "My answers")
    page.get_by_role("link", name=re.compile(f"Change ?: {re.escape(FAMILY)}")).click()
    group = page.get_by_role("group", name=FAMILY)
    for answer in ("Husband, wife or registered partner", "Children"):
        group.get_by_role("checkbox", name=answer).uncheck()
    group.get_by_role("checkbox", name="Nobody").check()
    page.get_by_role("button", name="Show what this changes").click()
    leaving = page.get_by_role("region", name="No longer on your list")
    expect(leaving).to_contain_text(COVER)
    expect(leaving).to_contain_text("Proof of the family relationship")
    expect(page.get_by_role("region", name="New on your list")).to_contain_text("Nothing")
    expect(page.get_by_role("main")).to_contain_text("When do they move to Spain?")
    if javascript:
        person.note_violations()

    before = checklist.answers
    page.get_by_role("link", name="Leave it as it was").click()
    expect(page.get_by_role("heading", name="Your answers", level=1)).to_be_visible()
    checklist.refresh_from_db()
    assert checklist.answers == before

    page.go_back()
    press(page, "Save this change")
    person.open(checklist.get_absolute_url())
    expect(task(page, COVER)).to_have_count(0)
    page.get_by_text("No longer needed (1)").click()
    expect(page.get_by_role("listitem").filter(has_text="Proof of the family relationship")).to_be_visible()


def test_answers_on_one_page(visitor, checklist_of):
    person = visitor().expect(422)
    checklist = checklist_of("es-05")
    page = person.open(f"{checklist.get_absolute_url()}answers/all/")
    page.get_by_label("How much of your work is for clients in Spain?").fill("400")
    page.get_by_role("button", name="Save and show my checklist").click()
    alert = page.get_by_role("alert")
    alert.wait_for()
    person.note_violations()
