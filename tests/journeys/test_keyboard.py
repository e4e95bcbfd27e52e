"""Everything with the keyboard alone: the focus is always seen, and never lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from .lines import document, settled
from .visitor import DESKTOP

pytestmark = pytest.mark.browser

# Without this the page still glides to the focus while it is looked at.
STILL = {"reduced_motion": "reduce"}

# What has the focus: its outline or that of the card or row around it, and whether something else lies over all of it.
FOCUS = """(wanted) => {
  const at = document.activeElement;
  if (!at || at === document.body) return { name: "nothing" };
  const name = (at.innerText || at.ariaLabel || at.id || at.tagName).trim().slice(0, 60);
  const card = at.closest("label, .card-link") ?? (at.closest(".row__name") && at.closest(".row"));
  const marked = [at, card].some((part) => {
    if (!part) return false;
    const style = getComputedStyle(part);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  });
  const box = (card ?? at).getBoundingClientRect();
  const across = [0.1, 0.3, 0.5, 0.7, 0.9].map((part) => box.x + box.width * part);
  const down = [0.1, 0.5, 0.9].map((part) => box.y + box.height * part);
  const seen = across.some((x) => down.some((y) => {
    const top = document.elementFromPoint(x, y);
    return top && (card ?? at).contains(top);
  }));
  return { name, marked, seen, there: at === wanted };
}"""


class Keys:
    """Somebody who has no mouse. Every stop of the focus is checked."""

    def __init__(self, page: Page):
        self.page = page

    def tab_to(self, role: str, name: str | re.Pattern, most: int = 150):
        """Press the Tab key until this has the focus."""
        wanted = self.page.get_by_role(role, name=name, exact=isinstance(name, str)).first
        element = wanted.element_handle()
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.check_focus(element):
                return wanted
        raise AssertionError(f"{role} {name} cannot be reached with the Tab key at {self.page.url}")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def check_focus(self, wanted=None) -> bool:
        """Whether ``wanted`` has the focus. Fails where the focus cannot be seen."""
        focus = self.page.evaluate(FOCUS, wanted)
        assert focus["name"] != "nothing", f"focus lost at {self.page.url}"
        assert focus["marked"], f"focus not marked on {focus['name']!r} at {self.page.url}"
        assert focus["seen"], f"focus hidden on {focus['name']!r} at {self.page.url}"
        return focus["there"]


def test_from_the_home_page_to_a_tick(visitor):
    page = visitor(**STILL).page
    keys = Keys(page)
    page.goto("/")
    keys.tab_to("link", "Skip to the content", most=1)
    keys.press("Enter")
    keys.tab_to("button", re.compile("Spain"), most=1)
    keys.press("Enter")

    page.get_by_role("heading", name="Which citizenships do you hold?").wait_for()
    keys.tab_to("combobox", "Country 1")
    page.keyboard.type("amerika")
    page.get_by_role("option", name="United States of America").wait_for()
    keys.press("ArrowDown")
    keys.check_focus()
    keys.press("Enter")
    expect(page.get_by_role("combobox", name="Country 1")).to_have_value("United States of America")
    keys.tab_to("button", "Continue")
    keys.press("Enter")
    page.get_by_role("heading", name="What will you do in Spain?").wait_for()
    keys.tab_to("checkbox", re.compile("^Work for myself"))
    keys.press("Space")
    keys.press("Enter")
    page.get_by_role("heading", name="What do you have so far that lets you live in Spain?").wait_for()
    keys.tab_to("radio", re.compile("^Nothing yet"))
    for _ in range(5):
        keys.press("ArrowDown")
        keys.check_focus()
    expect(page.get_by_role("radio", name="My permit is granted, I have no card yet")).to_be_checked()
    keys.press("Enter")
    page.get_by_role("heading", name="What is your visa or permit for?").wait_for()
    keys.tab_to("radio", re.compile("^Work for an employer"))
    keys.press("Space")
    keys.tab_to("radio", re.compile("^First permit"))
    keys.press("Space")
    keys.press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/permit_purpose/"))
    keys.tab_to("link", "My answers so far")
    keys.press("Enter")
    page.get_by_role("heading", name="Your answers", level=1).wait_for()
    keys.tab_to("link", "See my checklist")
    keys.press("Enter")

    page.get_by_role("heading", name="Your move to Spain", level=1).wait_for()
    tick_a_document(page, keys)


def tick_a_document(page, keys):
    keys.tab_to("link", "Skip to the content", most=1)
    keys.press("Enter")
    button = keys.tab_to("button", re.compile("^I have it: Passport$"))
    keys.press("Space")
    expect(button).to_have_attribute("aria-pressed", "true")
    settled(page)
    expect(button).to_be_focused()
    keys.check_focus()
    page.keyboard.press("Tab")
    keys.check_focus()
    opens = document(page, "Passport").get_by_role("link", name="Passport", exact=True)
    expect(opens).to_be_focused()
    keys.press("Enter")
    expect(opens).to_have_attribute("aria-expanded", "true")


def test_a_note_is_written_and_given_up(visitor, checklist_of):
    page = visitor(**STILL).open(checklist_of("pt-01").get_absolute_url())
    keys = Keys(page)
    document(page, "Passport").get_by_role("button", name="I have it").focus()
    keys.press("Tab")
    keys.press("Enter")
    settled(page)
    link = re.compile("Note or date ?: Passport")
    keys.tab_to("link", link)
    keys.press("Enter")
    settled(page)
    keys.tab_to("textbox", "Note")
    page.keyboard.type("In the blue folder")
    keys.tab_to("link", "Cancel")
    keys.press("Enter")
    expect(page.get_by_role("textbox", name="Note")).to_have_count(0)
    keys.check_focus()
    keys.press("Shift+Tab")
    keys.check_focus()


def test_no_page_traps_the_focus(visitor, checklist_of):
    """From the first to the last stop and out at the end, on the longest page."""
    page = visitor(DESKTOP, **STILL).open(checklist_of("es-05").get_absolute_url())
    keys = Keys(page)
    keys.tab_to("link", "Open the task")
    keys.tab_to("button", "Dark", most=300)


def test_focus_is_back_at_the_line_when_its_note_is_saved(visitor, checklist_of):
    page = visitor(**STILL).open(checklist_of("pt-01").get_absolute_url())
    keys = Keys(page)
    line = document(page, "Passport")
    line.get_by_role("link", name="Passport", exact=True).focus()
    keys.press("Enter")
    line.get_by_role("link", name="Note or date").focus()
    keys.press("Enter")
    settled(page)
    keys.tab_to("textbox", "Note")
    page.keyboard.type("In the blue folder")
    settled(page)
    keys.tab_to("button", "Save")
    keys.press("Enter")
    expect(line).to_contain_text("In the blue folder")
    settled(page)
    expect(line.get_by_role("link", name="Note or date")).to_be_focused()
    keys.check_focus()
