"""Saying one's citizenship in one's own words: with the keyboard, by touch, without scripts, with a slip."""

import pytest
from playwright.sync_api import Page, expect

from checklists.models import Checklist

from .answering import press
from .visitor import DESKTOP

pytestmark = pytest.mark.browser


def field(page: Page, number: int = 1):
    return page.get_by_role("combobox", name=f"Country {number}", exact=True)


def listed(page: Page):
    return page.get_by_role("listbox").get_by_role("option")


@pytest.fixture
def ask(visitor, site):
    """A visitor on the page that asks for citizenships."""

    def come(*args, **options):
        checklist = Checklist.objects.start(answers={"destination": "es"}, edition=1)
        person = visitor(*args, **options).expect(422)
        person.open(f"{checklist.get_absolute_url()}questions/nationalities/")
        return person

    return come


def answers():
    return Checklist.objects.get().answers.get("nationalities")


def test_keyboard_takes_what_is_marked_and_nothing_else(ask):
    page = ask(DESKTOP).page
    keys = page.keyboard
    field(page).focus()
    keys.type("alem")
    expect(listed(page).first).to_have_text("Germany Alemania")
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    expect(field(page)).not_to_have_attribute("aria-activedescendant", "id_nationalities_0-list-0")
    keys.press("Escape")
    expect(listed(page)).to_have_count(0)
    expect(field(page)).to_have_value("alem")
    keys.press("ArrowDown")
    expect(listed(page).first).to_be_visible()
    keys.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_text("Germany Alemania")
    expect(field(page)).to_have_attribute("aria-activedescendant", "id_nationalities_0-list-0")
    keys.press("ArrowUp")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(field(page)).to_have_value("Germany")
    expect(field(page)).to_be_focused()
    with page.expect_navigation():
        keys.press("Enter")
    assert answers() == ["de"]


def test_pointing_at_a_suggestion_and_then_at_the_button(ask):
    person = ask(has_touch=True)
    page = person.page
    field(page).fill("holl")
    listed(page).first.tap()
    expect(field(page)).to_have_value("Netherlands")
    press(page, "Add another country")
    expect(field(page, 2)).to_be_focused()
    field(page, 2).fill("south k")
    expect(listed(page).first).to_contain_text("South Korea")
    person.look()
    field(page, 2).fill("South Korea")
    expect(listed(page).first).to_be_visible()
    # The list is still open, and the button below it is hit all the same.
    press(page, "Continue")
    assert answers() == ["nl", "kr"]


@pytest.mark.parametrize("javascript", [True, False])
def test_slip_is_asked_back(ask, javascript):
    person = ask(javascript=javascript)
    page = person.page
    page.get_by_label("Country 1").fill("Korea")
    press(page, "Continue")
    if javascript:
        person.look()
    expect(page.get_by_role("alert")).to_contain_text("“Korea” can mean several countries")
    page.get_by_role("group", name="Which country do you mean by “Korea”?").get_by_label("South Korea").check()
    press(page, "Continue")
    assert answers() == ["kr"]


def test_everyday_name_needs_no_script(ask):
    page = ask(javascript=False).page
    page.get_by_label("Country 1").fill("UK")
    press(page, "Add another country")
    page.get_by_label("Country 2").fill("Elfenbeinküste")
    press(page, "Continue")
    assert answers() == ["gb", "ci"]


def test_without_an_answer_from_the_server_what_was_typed_is_enough(ask):
    page = ask().page
    page.route("**/countries/?*", lambda route: route.fulfill(status=200, body="not JSON"))
    field(page).fill("england")
    press(page, "Continue")
    assert answers() == ["gb"]


def test_on_the_page_of_all_questions(ask):
    person = ask(DESKTOP)
    page = person.open(Checklist.objects.get().get_absolute_url() + "answers/all/")
    second = page.get_by_role("group", name="Which citizenships do you hold?").get_by_role("combobox").nth(1)
    second.fill("english")
    expect(listed(page)).to_have_text(["United Kingdom English"])
    person.note_violations()
    listed(page).click()
    expect(second).to_have_value("United Kingdom")
