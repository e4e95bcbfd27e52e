"""The admin in a browser: the colours of the site in both themes, and room for what editors read."""

import pytest
from playwright.sync_api import expect

from guides.editions.loading import load
from tests.guides.small import small_catalogue

from .signing import let_in
from .visitor import DESKTOP, PHONE

pytestmark = pytest.mark.browser

# The band at the top, what the name of the site is written in, the page, and links, as css/tokens.css has them.
COLOURS = {
    "light": ["rgb(11, 74, 87)", "rgb(255, 255, 255)", "rgb(255, 255, 255)", "rgb(12, 89, 104)"],
    "dark": ["rgb(21, 67, 78)", "rgb(238, 246, 246)", "rgb(23, 38, 44)", "rgb(124, 203, 215)"],
}
SEEN = """() => [["#header", "backgroundColor"], ["#site-name a", "color"], ["body", "backgroundColor"],
    ["#result_list tbody th a", "color"]].map(
    ([where, what]) => getComputedStyle(document.querySelector(where))[what])"""


@pytest.fixture
def facts(visitor, editor, site):
    """Opens the list of facts in a window."""
    load(small_catalogue())
    return lambda size, **options: let_in(visitor(size, **options), editor).open("/admin/guides/fact/")


@pytest.mark.parametrize("theme", COLOURS)
def test_it_has_the_colours_of_the_site(facts, theme):
    assert facts(DESKTOP, color_scheme=theme).evaluate(SEEN) == COLOURS[theme]


@pytest.mark.parametrize(("width", "opened"), [(1280, False), (1440, True)])
def test_the_list_of_models_waits_beside_the_page_where_there_is_little_room(facts, width, opened):
    page = facts({"width": width, "height": 900})
    expect(page.locator("#nav-sidebar")).to_have_attribute("aria-expanded", str(opened).lower())
    page.get_by_role("button", name="Toggle navigation").click()
    expect(page.locator("#nav-sidebar")).to_have_attribute("aria-expanded", str(not opened).lower())


def test_what_a_fact_says_has_the_most_room(facts):
    page = facts({"width": 1280, "height": 900})
    said, key = page.locator("th.field-statement").first, page.locator("td.field-key").first
    assert said.bounding_box()["width"] >= 26 * 16
    box = key.bounding_box()
    assert box["x"] + box["width"] <= page.locator("#changelist-filter").bounding_box()["x"]


def test_on_a_phone_all_of_a_line_is_in_sight(facts):
    page = facts(PHONE)
    boxes = page.locator("#result_list :is(td, th)").evaluate_all(
        "cells => cells.map(c => c.getBoundingClientRect().right)"
    )
    assert max(boxes) <= PHONE["width"]


def test_one_button_of_a_form_has_the_colour(facts):
    page = facts(DESKTOP)
    page.locator("#result_list tbody th a").first.click()
    shown = "buttons => new Set(buttons.map(b => getComputedStyle(b).backgroundColor)).size"
    first = page.locator(".submit-row").first
    expect(first.locator("input.default")).to_have_count(1)
    assert first.locator("input:not(.default), .deletelink").evaluate_all(shown) == 1
    assert first.locator("input, .deletelink").evaluate_all(shown) == 2
