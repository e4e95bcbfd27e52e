"""The calendar of a list, the head of every page and the short news, in a browser."""

import pytest
from playwright.sync_api import expect

from .visitor import DESKTOP, PHONE

pytestmark = pytest.mark.browser

PASSED = 6_500


@pytest.fixture
def calendar(visitor, checklist_of):
    """Opens the calendar of somebody whose duties come again."""

    def show(size=PHONE, **options):
        return visitor(size, **options).open(f"{checklist_of('pt-29').get_absolute_url()}calendar/")

    return show


def overlap(one, other):
    top, bottom = max(one["y"], other["y"]), min(one["y"] + one["height"], other["y"] + other["height"])
    return bottom - top


class TestDrawing:
    def test_waits_behind_a_fold_on_a_phone_and_keeps_its_names_while_it_scrolls(self, calendar):
        page = calendar()
        drawing = page.get_by_role("img", name="Calendar from")
        expect(drawing).to_be_hidden()
        page.get_by_text("The plan as a drawing").click()
        expect(drawing).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        names, days = page.locator(".drawing__names"), page.locator(".drawing__days")
        before = names.bounding_box()["x"], drawing.bounding_box()["x"]
        days.evaluate("days => days.scrollLeft += 120")
        assert names.bounding_box()["x"] == before[0]
        assert drawing.bounding_box()["x"] < before[1]

    def test_is_simply_there_on_a_desk(self, calendar):
        page = calendar(DESKTOP)
        expect(page.get_by_role("img", name="Calendar from")).to_be_visible()
        expect(page.get_by_text("The plan as a drawing")).to_be_hidden()

    def test_the_days_on_which_papers_are_fresh_have_an_outline(self, visitor, checklist_of):
        page = visitor(DESKTOP).open(f"{checklist_of('es-01').get_absolute_url()}calendar/")
        bands = page.locator(".drawing__band")
        assert bands.count() > 1
        assert "none" not in bands.evaluate_all("bands => bands.map(band => getComputedStyle(band).stroke)")

    def test_needs_no_javascript(self, calendar):
        page = calendar(javascript=False)
        page.get_by_text("The plan as a drawing").click()
        expect(page.get_by_role("img", name="Calendar from")).to_be_visible()

    def test_paper_holds_the_dates_in_its_place(self, calendar):
        page = calendar(DESKTOP)
        page.emulate_media(media="print")
        expect(page.get_by_role("img", name="Calendar from")).to_be_hidden()
        expect(page.get_by_role("heading", name="All dates")).to_be_visible()
        expect(page.get_by_role("heading", name="Comes again")).to_be_visible()


class TestNews:
    def tick(self, page):
        page.clock.install()
        duty = page.get_by_role("button", name="Done: ").last
        duty.scroll_into_view_if_needed()
        duty.press("Enter")
        news = page.locator(".toast")
        expect(news).to_contain_text("Done: ")
        return news

    def test_a_tick_stays_on_the_page_and_its_news_passes(self, calendar):
        page = calendar()
        news = self.tick(page)
        expect(page.get_by_role("heading", name="Calendar", level=1)).to_be_visible()
        expect(page.get_by_role("status")).to_contain_text("Done: ")
        page.clock.run_for(PASSED)
        expect(news).to_have_count(0)

    def test_it_stays_while_somebody_is_at_it(self, calendar):
        page = calendar(DESKTOP)
        news = self.tick(page)
        news.hover()
        page.clock.run_for(PASSED)
        expect(news).to_be_visible()
        page.mouse.move(0, 0)
        page.clock.run_for(2 * PASSED)
        expect(news).to_have_count(0)

    @pytest.mark.parametrize("size", [PHONE, DESKTOP])
    def test_it_never_covers_the_line_that_is_used(self, calendar, size):
        page = calendar(size)
        news = self.tick(page)
        line = page.locator("li:has(> :focus)")
        assert overlap(news.bounding_box(), line.bounding_box()) <= 0

    def test_what_could_not_be_saved_stays_until_it_is_closed(self, calendar):
        page = calendar()
        page.clock.install()
        page.evaluate("document.dispatchEvent(new Event('htmx:sendError'))")
        news = page.get_by_role("alert")
        expect(news).to_contain_text("This could not be saved.")
        page.clock.run_for(2 * PASSED)
        news.get_by_role("button", name="Close").click()
        expect(news).to_have_count(0)


class TestHead:
    def test_is_one_line_with_a_menu_on_a_phone(self, visitor):
        page = visitor(PHONE).open("/")
        assert page.get_by_role("banner").bounding_box()["height"] <= 57
        menu, link = page.get_by_text("Menu", exact=True), page.get_by_role("banner").get_by_role("link", name="Guides")
        expect(link).to_be_hidden()
        menu.click()
        expect(link).to_be_visible()
        page.keyboard.press("Escape")
        expect(link).to_be_hidden()
        expect(page.locator(".site-menu summary")).to_be_focused()
        menu.click()
        page.get_by_role("heading", name="How it works").click()
        expect(link).to_be_hidden()

    def test_the_menu_needs_no_javascript(self, visitor):
        page = visitor(PHONE, javascript=False).open("/")
        page.get_by_text("Menu", exact=True).click()
        page.get_by_role("banner").get_by_role("link", name="Search").click()
        expect(page.get_by_role("heading", name="Search", level=1)).to_be_visible()

    def test_is_a_row_on_a_desk(self, visitor):
        page = visitor(DESKTOP).open("/")
        expect(page.get_by_text("Menu", exact=True)).to_be_hidden()
        expect(page.get_by_role("banner").get_by_role("link", name="Search")).to_be_visible()


def test_the_start_page_is_short_and_says_first_how_it_works(visitor):
    page = visitor(PHONE).open("/")
    assert page.evaluate("document.documentElement.scrollHeight") <= 3_900
    tops = [page.locator(name).first.bounding_box()["y"] for name in (".country-card", ".proof", "#how", "#example")]
    assert tops == sorted(tops)
    assert page.locator(".example .row:visible").count() == 2
