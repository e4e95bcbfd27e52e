"""Where the reader's system chooses all colours: what is ticked, chosen, current and next can still be told."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from .lines import document, tick
from .signing import let_in
from .visitor import DESKTOP

pytestmark = pytest.mark.browser

EDGE = "node => parseFloat(getComputedStyle(node).borderBottomWidth)"
DRAWN = "(box, part) => getComputedStyle(box, '::before')[part]"


@pytest.fixture
def page(visitor, checklist_of):
    """The page of a list."""
    return visitor(DESKTOP, forced_colors="active").open(checklist_of("pt-01").get_absolute_url())


def test_only_what_is_in_hand_is_ticked(page):
    row = document(page, "Passport")
    box = row.locator(".tick__box").first
    assert box.evaluate(DRAWN, "content") == "none"
    tick(row)
    assert box.evaluate(DRAWN, "content") != "none"


def test_the_next_task_stands_in_a_frame(page):
    assert page.locator(".next").evaluate(EDGE) >= 1


def test_the_dot_of_what_is_chosen_is_a_line(page):
    page.goto(f"{page.url}answers/housing/")
    chosen = page.locator(".choice input[type=radio]:checked").first
    expect(chosen).to_be_visible()
    assert chosen.evaluate(DRAWN, "borderTopWidth") != "0px"


def test_only_the_current_tab_has_a_line(visitor, site, firm):
    cache.clear()
    advisor = let_in(visitor(DESKTOP, forced_colors="active"), firm.advisor)
    tabs = advisor.open(reverse("board:cases", args=[firm.organisation.slug])).locator(".tabs a")
    edges = {tab.get_attribute("aria-current"): tab.evaluate(EDGE) > 0 for tab in tabs.all()}
    assert edges == {"page": True, None: False}
