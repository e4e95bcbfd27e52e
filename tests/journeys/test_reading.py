"""Somebody who reads: guides, their facts, procedures and search."""

import re

import pypdfium2
import pytest

from .answering import start_with
from .visitor import DESKTOP, PHONE, go_to

pytestmark = pytest.mark.browser

GUIDE = "/guides/spain/social-security-from-nie-to-nuss/"
PROCEDURE = "/procedures/spain/tie-ex17/"
PAGES = [
    GUIDE,
    PROCEDURE,
    "/guides/",
    "/guides/portugal/",
    "/documents/passport/",
    "/sources/",
    "/about/",
    "/open-data/",
    "/search/",
    "/search/?q=padron",
    "/search/?q=zzzz",
]


def test_every_page_can_be_used_by_everyone(visitor):
    visitor().look(*PAGES)


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_fact_opens_in_place(visitor, javascript):
    reader = visitor(javascript=javascript)
    page = reader.open(GUIDE)
    note = page.locator(".fact-note:popover-open")
    button = page.get_by_role("button", name="Fact 1", exact=True).first
    button.click()
    note.get_by_text("verified on").wait_for()
    if javascript:
        reader.note_violations()
    note.get_by_role("button", name="Close").click()
    note.wait_for(state="detached")
    button.press("Enter")
    note.wait_for()
    page.keyboard.press("Escape")
    note.wait_for(state="detached")


def test_the_number_of_a_fact_stands_off_the_word_before_it(visitor):
    page = visitor().open(GUIDE)
    margins = page.locator("p:not(.sources__facts) .fact-ref").evaluate_all(
        "marks => marks.map(m => parseFloat(getComputedStyle(m).marginLeft))"
    )
    assert min(margins) >= 3


def test_contents_lead_to_their_part_with_the_keyboard_alone(visitor):
    page = visitor(PHONE).open(GUIDE)
    page.get_by_text("On this page").press("Enter")
    link = page.get_by_role("navigation", name="On this page").get_by_role("link").nth(2)
    title = link.inner_text()
    link.press("Enter")
    assert page.locator(":target").inner_text() == title
    page.wait_for_function("Math.abs(document.querySelector(':target').getBoundingClientRect().y) < innerHeight / 2")


def test_contents_stand_beside_the_text_on_a_wide_screen(visitor):
    page = visitor(DESKTOP).open(GUIDE)
    contents = page.get_by_role("navigation", name="On this page")
    assert contents.get_by_role("link").first.is_visible()
    page.mouse.wheel(0, 2000)
    page.wait_for_function("scrollY > 1000")
    assert contents.get_by_role("link").first.bounding_box()["y"] > 0


@pytest.mark.parametrize("path", [PROCEDURE, "/procedures/spain/empadronamiento/", "/procedures/portugal/niss/"])
def test_what_to_bring_is_told_within_a_screen_and_a_half(visitor, path):
    needs = visitor(PHONE).open(path).get_by_role("heading", name="What you need")
    assert needs.bounding_box()["y"] <= 1.5 * PHONE["height"]


@pytest.mark.parametrize(
    ("path", "sheets", "told"), [(GUIDE, 7, "Tradelex"), ("/procedures/spain/empadronamiento/", 6, "volante")]
)
def test_pages_to_read_print_short_and_with_all_that_is_folded(visitor, path, sheets, told):
    page = visitor(DESKTOP).open(path)
    pdf = pypdfium2.PdfDocument(page.pdf(format="A4"))
    assert len(pdf) <= sheets
    text = " ".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    assert "Sources:" in text
    assert told in text


def test_from_the_list_of_guides_to_the_office(visitor):
    page = visitor().open("/")
    go_to(page, "Guides")
    page.get_by_role("link", name="Registering as autónomo").click()
    page.get_by_role("link", name="Tax registration for self-employment (form 036)").last.click()
    page.get_by_role("heading", name="Tax registration for self-employment (form 036)", level=1).wait_for()
    ways = page.get_by_role("region", name="Ways to do it")
    assert ways.locator("a[href^='https://sede.agenciatributaria.gob.es/']").first.is_visible()


@pytest.mark.parametrize("words", ["empadronamiento padrón", "EMPADRONAMIENTO PADRON"])
def test_accents_do_not_matter(visitor, words):
    page = visitor().open("/")
    go_to(page, "Search")
    page.get_by_role("searchbox", name="What are you looking for?").fill(words)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Town-hall residence registration").get_by_role("link").first.click()
    page.get_by_role("heading", name="Town-hall residence registration", level=1).wait_for()


def test_search_without_accents_leads_to_the_words(visitor):
    page = visitor(PHONE, javascript=False).open("/search/")
    page.get_by_role("searchbox", name="What are you looking for?").fill("seguranca social direta")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("navigation", name="Kind of result").get_by_role("link", name="Procedures").click()
    page.get_by_role("heading", name="Segurança Social Direta account").get_by_role("link").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Segurança Social Direta account"


def test_a_fact_that_was_searched_for_is_open_on_its_page(visitor):
    page = visitor().open("/search/?q=nif&kind=fact")
    page.locator(".result__from a").first.click()
    note = page.locator(".fact-note:popover-open")
    note.wait_for()
    assert re.search(r"NIF|tax number", note.inner_text())


def test_guides_mark_what_is_on_the_checklist(visitor):
    reader = visitor()
    start_with(reader.page, "Spain")
    page = reader.open("/guides/spain/empadronamiento/")
    page.get_by_text("In your case").first.wait_for()
    reader.note_violations()
    page.get_by_role("link", name="See it on your checklist").first.click()
    page.wait_for_url(re.compile(r"/c/[^/]+/tasks/empadronamiento/$"))


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_buttons_of_one_row_are_equally_wide_or_as_wide_as_their_words(visitor, size):
    page = visitor(size).page
    start_with(page, "Spain")
    page.goto(re.sub(r"(/c/[^/]+/).*", r"\1answers/", page.url))
    widths = page.locator("main .actions").first.locator(".button").evaluate_all("l => l.map(b => b.offsetWidth)")
    assert (len(set(widths)) == 1) == (size == PHONE)


def test_headings_stand_at_one_height(visitor):
    page = visitor(DESKTOP).page
    tops = {}
    for path in ["/", "/start/", "/account/login/", "/about/", "/sources/", GUIDE, PROCEDURE, "/guides/spain/"]:
        page.goto(path)
        tops[path] = page.locator("main h1").bounding_box()["y"]
    assert len(set(tops.values())) == 1, tops
