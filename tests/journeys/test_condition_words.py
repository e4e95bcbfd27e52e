"""An editor writes a condition with the words that are offered, by keyboard alone."""

import pytest
from playwright.sync_api import expect

from guides.editions.loading import load
from guides.models import Term
from tests.shipped import shipped_catalogue

from .signing import let_in
from .visitor import AXE, DESKTOP, PHONE

pytestmark = pytest.mark.browser

FIELD = "id_condition"


@pytest.fixture
def opened(site, visitor, editor):
    """The page of a term, opened by an editor, with the shipped content as the working copy."""
    load(shipped_catalogue().catalogue)

    def come(size=DESKTOP, **options):
        person = let_in(visitor(size, **options), editor)
        person.open(f"/admin/guides/term/{Term.objects.get(key='to_spain').pk}/change/")
        return person

    return come


def offered(page):
    return page.get_by_role("listbox", name="Words that fit here").get_by_role("option")


def test_a_condition_is_written_with_plain_words_and_the_keyboard(opened):
    person = opened()
    page = person.page
    field = page.locator(f"#{FIELD}")
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    for typed, word, key in (
        ("eu", "eu_eea_swiss", "Enter"),
        ("an", "and", "Tab"),
        ("rent", "housing is tenant_named_in_lease", "Enter"),
        ("an", "and", "Enter"),
        ("madrid", "region is madrid", "Tab"),
    ):
        page.keyboard.type(typed)
        wanted = offered(page).filter(has=page.locator(f'code:text-is("{word}")'))
        expect(wanted).to_have_count(1)
        while wanted.get_attribute("aria-selected") != "true":
            page.keyboard.press("ArrowDown")
        page.keyboard.press(key)
        expect(field).to_be_focused()
    expect(field).to_have_value("eu_eea_swiss and housing is tenant_named_in_lease and region is madrid ")
    expect(page.locator(f"#{FIELD}_says")).to_contain_text("If you are an EU, EEA or Swiss citizen, and ")
    page.get_by_role("button", name="Save and continue editing").first.press("Enter")
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert "region is madrid" in Term.objects.get(key="to_spain").condition


def test_what_is_offered_fits_its_place(opened):
    page = opened().page
    field = page.locator(f"#{FIELD}")
    for typed, word in (
        ("activities h", "has"),
        ("activities has stu", "student"),
        ("destination in (es, p", "pt"),
        ("nationalities has germ", "de"),
        ("arrival_date bef", "before"),
        ("arrival_date before tod", "today"),
        ("to_spain and n", "not"),
    ):
        field.fill("")
        field.press_sequentially(typed)
        expect(offered(page).locator("code").first).to_have_text(word)
    page.keyboard.press("Escape")
    expect(offered(page)).to_have_count(0)
    expect(field).to_have_value("to_spain and n")
    page.keyboard.press("Tab")
    expect(field).not_to_be_focused()


def test_all_words_are_searched_and_put_in_at_the_cursor(opened):
    person = opened(PHONE)
    page = person.page
    field = page.locator(f"#{FIELD}")
    field.fill("to_spain and ")
    field.press("Escape")
    page.get_by_role("link", name="Words", exact=True).press("Enter")
    page.get_by_role("searchbox", name="Search for words").fill("germany")
    person.note_sideways_scrolling()
    page.get_by_role("button", name="nationalities has de Germany", exact=True).press("Enter")
    expect(field).to_have_value("to_spain and nationalities has de ")
    assert_sound(page)


def assert_sound(page):
    """What axe finds in what belongs to the field."""
    page.evaluate(AXE.axe_script)
    found = page.evaluate("axe.run('.field-condition').then(found => found.violations.map(each => each.id))")
    assert found == []


def test_the_list_of_what_fits_is_sound(opened):
    page = opened().page
    field = page.locator(f"#{FIELD}")
    field.fill("")
    field.press_sequentially("citiz")
    expect(offered(page)).not_to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(offered(page).first).to_have_attribute("aria-selected", "true")
    assert_sound(page)


def test_without_scripts_the_words_are_a_page(opened):
    page = opened(javascript=False).page
    with page.context.expect_page() as opening:
        page.get_by_role("link", name="Words", exact=True).click()
    words = opening.value
    expect(words.get_by_role("heading", name="Words of conditions and dates")).to_be_visible()
    expect(words.get_by_text("you are moving to Spain", exact=False).first).to_be_visible()
