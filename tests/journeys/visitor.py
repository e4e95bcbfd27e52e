"""Somebody with a browser, and a guard that notes whatever no page of the site may do."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
# 1280 pixels at 400 %: the narrowest page that WCAG 1.4.10 asks for.
NARROW = {"width": 320, "height": 740}

# Milliseconds to wait for what must come. Only a busy machine needs them.
PATIENCE = 20_000

AXE = Axe()
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What the same page can break in other colours and at another size, where nothing appears that was hidden.
SIZES_AND_COLOURS = {
    "type": "rule",
    "values": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"],
}


def go_to(page: Page, name: str) -> None:
    """Follow a link in the head of the page, which on a phone waits in the menu."""
    head = page.get_by_role("banner")
    if page.viewport_size["width"] < 768:
        head.get_by_text("Menu", exact=True).click()
    head.get_by_role("link", name=name, exact=True).click()


class Visitor:
    """One browser with one page.

    ``problems`` collects, in words: errors in the console, among them everything that the content security policy
    refused; errors of scripts; requests to other hosts; answers of 500 and above; and any from 400 to 499 for which
    the journey did not say ``expect``.
    """

    def __init__(self, context: BrowserContext, origin: str):
        self.context, self.origin = context, origin
        self.problems: list[str] = []
        self.expected: set[int] = set()
        self.page = self.new_page()

    def new_page(self) -> Page:
        """A further tab of the same browser, under the same guard."""
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._note(page, f"script error: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)
        return page

    def open(self, path: str) -> Page:
        self.page.goto(path if path.startswith("http") else f"{self.origin}{path}")
        return self.page

    def look(self, *paths: str) -> None:
        """Look at each page, or at the one that is open, in all sizes and both themes.

        All of axe is asked on the desktop, where most is shown; on the phone what sizes and colours change. No size
        scrolls sideways.
        """
        usual = self.page.viewport_size
        for path in paths or [""]:
            if path:
                self.open(path)
            self._turn(DESKTOP, "dark")
            self.note_violations()
            self.note_sideways_scrolling()
            self._turn(PHONE, "light")
            self.note_violations(only=SIZES_AND_COLOURS)
            self.note_sideways_scrolling()
            self._turn(NARROW, "light")
            self.note_sideways_scrolling()
            self._turn(usual, "light")

    def _turn(self, size, scheme):
        # Colours that still fade into the others would be measured half-way.
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        self.page.set_viewport_size(size)

    def expect(self, *statuses: int) -> "Visitor":
        """From now on, pages with these statuses are part of the journey."""
        self.expected.update(statuses)
        return self

    def note_violations(self, only=EVERYTHING) -> None:
        """Look at the page with axe: WCAG 2.2 A and AA, and best practice; or only with some rules."""
        page = self.page
        if page.evaluate("typeof axe === 'undefined'"):
            page.evaluate(AXE.axe_script)
        options = {"runOnly": only, "resultTypes": ["violations"]}
        for violation in page.evaluate("options => axe.run(options).then(found => found.violations)", options):
            for node in violation["nodes"]:
                self._note(page, f"axe {violation['id']}: {node['html'][:300]} {node['failureSummary']}")

    def note_sideways_scrolling(self) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self._note(self.page, f"scrolls sideways by {wide} px at {self.page.viewport_size['width']} px")

    def _console(self, message):
        # What failed to load is noted with its status by _response.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self._note(message.page, f"console: {message.text}")

    def _request(self, request):
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:")):
            self.problems.append(f"request to another host: {request.url}")

    def _response(self, response):
        if response.status >= 500 or (response.status >= 400 and response.status not in self.expected):
            self.problems.append(f"{response.status}: {response.request.method} {response.url}")

    def _note(self, page, text):
        self.problems.append(f"{page.url}: {text}")
