"""Signed out, or signed in in another tab, while something was being written: with scripts and without."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from checklists.models import CaseNote

from .lines import document
from .signing import let_in
from .test_notes import begin_note
from .visitor import DESKTOP

pytestmark = pytest.mark.browser
WORDS = "Bring the blue folder, and the key."


@pytest.mark.parametrize("javascript", [True, False])
def test_an_advisor_who_is_signed_out_while_writing_a_note(visitor, firm, published, javascript):
    case = firm.case()
    advisor = visitor(DESKTOP, javascript=javascript).expect(403)
    let_in(advisor, firm.advisor)
    page = advisor.open(f"{case.get_absolute_url()}notes/")
    page.get_by_role("textbox", name="Note").fill(WORDS)
    advisor.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    expect(page.get_by_label("What you typed")).to_have_value(WORDS)
    if javascript:
        advisor.look()
    with page.expect_popup() as other:
        page.get_by_role("link", name="Sign in (in a new tab)").click()
    expect(other.value.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    sign_in_in_another_tab(advisor, firm.advisor)
    page.get_by_role("button", name="I am signed in: go on").click()
    expect(page.get_by_text(f"You are signed in as {firm.advisor}.")).to_be_visible()
    page.get_by_role("button", name="Save it now").click()
    expect(page.get_by_role("listitem").filter(has_text=WORDS)).to_be_visible()
    assert CaseNote.objects.get().text == WORDS


def test_a_note_in_its_line_stays_open_and_is_saved_at_the_second_press(visitor, checklist_of, firm):
    somebody = visitor(DESKTOP).expect(403)
    page = somebody.open(checklist_of("pt-01").get_absolute_url())
    line = document(page, "Passport")
    begin_note(line, WORDS)
    sign_in_in_another_tab(somebody, firm.advisor)
    line.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#status")).to_contain_text("save it once more")
    expect(line.get_by_role("textbox", name="Note")).to_have_value(WORDS)
    line.get_by_role("button", name="Save", exact=True).click()
    expect(line).to_contain_text(WORDS)
    expect(line.get_by_role("textbox", name="Note")).to_have_count(0)


def sign_in_in_another_tab(visitor, user):
    """The cookies are those of another tab's sign-in, with another token."""
    visitor.context.clear_cookies()
    let_in(visitor, user)
    tab = visitor.new_page()
    tab.goto(f"{visitor.origin}/account/")
    tab.close()
