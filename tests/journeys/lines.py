"""Finding the lines of a checklist on its page, and working on them."""

from playwright.sync_api import Locator, Page, expect


def document(page: Page, name: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name, exact=True, level=4))


def task(page: Page, name: str) -> Locator:
    return page.get_by_role("article", name=name, exact=True)


def unfold(line: Locator) -> None:
    """Open what a line keeps folded: its reasons, its note, and for a task its steps."""
    details = line.get_by_role("group").first
    if details.get_attribute("open") is None:
        details.locator("summary").first.click()


def settled(page: Page) -> None:
    """Wait until htmx has put its answer into the page and made the new links and buttons its own."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")).to_have_count(0)


def tick(line: Locator, *, name: str = "I have it") -> None:
    # Inside a line, what does as well as it can be ticked too.
    button = line.get_by_role("button", name=name).first
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    settled(line.page)


def write_note(line: Locator, text: str) -> None:
    """Write the note of a line: in place where scripts run, else on the page of the line."""
    page = line.page
    unfold(line)
    line.get_by_role("link", name="note or date").click()
    page.get_by_role("textbox", name="Note").fill(text)
    settled(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(line).to_contain_text(text)
    settled(page)
