"""Finding the lines of a checklist on its page, and working on them."""

from playwright.sync_api import Locator, Page, expect


def document(page: Page, name: str) -> Locator:
    return _row(page, "Papers", name)


def task(page: Page, name: str) -> Locator:
    return _row(page, "Tasks", name)


def _row(page: Page, section: str, name: str) -> Locator:
    rows = page.get_by_role("region", name=section, exact=True).get_by_role("listitem")
    return rows.filter(has=page.get_by_role("heading", name=name, exact=True, level=4))


def finish(page: Page, name: str) -> None:
    """Go from the list to the page of a task and say that it is done."""
    open_task(page, name).locator("button[id^=tick-procedure-]").first.click()
    expect(page.get_by_text("Done: ").first).to_be_visible()


def open_task(page: Page, name: str) -> Locator:
    """Go from the list to the page of a task; what it holds."""
    task(page, name).get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name, exact=True, level=1)).to_be_visible()
    return page.get_by_role("main")


def beside(page: Page, name: str) -> None:
    """Follow a link that belongs to the list as a whole, which below 1024 pixels waits in the menu of its head."""
    main = page.get_by_role("main")
    if page.viewport_size["width"] < 1024:
        main.get_by_text("More", exact=True).click()
    main.get_by_role("link", name=name, exact=True).click()


def unfold(line: Locator) -> Locator:
    """Open what there is to know about a paper: in its row where scripts run, else on its page. Returns where it is."""
    link = line.get_by_role("heading").get_by_role("link")
    match link.get_attribute("aria-expanded"):
        case None:
            link.click()
            return line.page.get_by_role("main")
        case "false":
            link.click()
            expect(link).to_have_attribute("aria-expanded", "true")
            settled(line.page)
    return line


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
    place = unfold(line)
    place.get_by_role("link", name="Note or date").click()
    page.get_by_role("textbox", name="Note").fill(text)
    settled(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(place).to_contain_text(text)
    settled(page)
