"""How long the pages of a checklist are, on a phone and on paper, and what stands where at first sight."""

import pypdfium2
import pytest

from tests.people import Firm

from .answering import PERSONAS
from .signing import let_in
from .visitor import DESKTOP, PHONE

pytestmark = pytest.mark.browser

SCREENS, SHEETS = 8, 2
# What is dangerous says what to do now; where nothing is, the task to do next leads on.
FIRST_DEED = ".alert > p:has(> strong:text('What to do now')):visible, .next__do a"
EVERYBODY = sorted(path.stem for path in PERSONAS.glob("*.yaml"))
# What moves while a page is drawn, in shares of the window (web.dev/cls), and the first paint in milliseconds.
SHIFTS = """() => new Promise(done => {
  let moved = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) moved += entry.value; })
    .observe({type: "layout-shift", buffered: true});
  document.fonts.ready.then(() => setTimeout(() => done(moved), 300));
})"""


def sheets_of(page):
    pdf = pypdfium2.PdfDocument(page.pdf(format="A4"))
    return len(pdf)


def bottom_of(locator):
    box = locator.bounding_box()
    return box["y"] + box["height"]


def test_everybody_gets_a_short_list(visitor, checklist_of):
    page = visitor(PHONE).page
    long = {}
    for persona in EVERYBODY:
        page.goto(checklist_of(persona).get_absolute_url())
        found = {
            "screens": page.evaluate("document.documentElement.scrollHeight") / PHONE["height"],
            "sheets": sheets_of(page),
            "elements": page.evaluate("document.querySelectorAll('*').length"),
            "bytes": len(page.request.get(page.url).body()),
            "deed": bottom_of(page.locator(FIRST_DEED).first),
        }
        most = {"screens": SCREENS, "sheets": SHEETS, "elements": 1_500, "bytes": 120_000, "deed": PHONE["height"]}
        long |= {f"{persona} {what}": value for what, value in found.items() if value > most[what]}
    assert long == {}


@pytest.mark.parametrize("persona", ["es-01", "pt-01"])
def test_every_task_fits_on_one_sheet(visitor, checklist_of, persona):
    page = visitor(PHONE).page
    page.goto(checklist_of(persona).get_absolute_url())
    tasks = page.locator(".row__name a[href*='/tasks/']").evaluate_all("links => links.map(link => link.href)")
    assert len(tasks) > 5
    long, most = {}, {"sheets": 1, "bytes": 60_000}
    for address in dict.fromkeys(tasks):
        page.goto(address)
        found = {"sheets": sheets_of(page), "bytes": len(page.request.get(address).body())}
        long |= {f"{address} {what}": value for what, value in found.items() if value > most[what]}
    assert long == {}


def test_ticks_are_seen_on_paper(visitor, checklist_of):
    """Browsers print no backgrounds, so the same tick must be drawn without one."""
    page = visitor(DESKTOP).page
    page.goto(checklist_of("pt-01").get_absolute_url())
    page.emulate_media(media="print")
    tick = page.locator(".row--done .tick__box").first
    drawn = tick.evaluate("""box => {
      const tick = getComputedStyle(box, "::before");
      return {width: parseFloat(tick.borderBottomWidth), colour: tick.borderBottomColor, size: parseFloat(tick.height)};
    }""")
    assert drawn["width"] >= 1
    assert drawn["size"] >= 5
    assert drawn["colour"] == "rgb(0, 0, 0)"


@pytest.mark.parametrize("chosen", ["", "dark"])
def test_selects_have_an_arrow_in_the_dark(visitor, chosen):
    page = visitor(DESKTOP, color_scheme="dark" if not chosen else "light").page
    page.goto("/search/")
    if chosen:
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.locator("main").evaluate("main => main.insertAdjacentHTML('beforeend', '<select class=select></select>')")
    arrow = page.locator(".select").last.evaluate("select => getComputedStyle(select).backgroundImage")
    assert "rgb(168, 184, 186)" in arrow


def test_on_a_phone_headings_stand_nearly_at_one_height(visitor, checklist_of):
    page = visitor(PHONE).page
    home = checklist_of("es-05").get_absolute_url()
    tops = {}
    for path in ["/", "/start/", "/search/", "/account/login/", home, f"{home}answers/", f"{home}calendar/"]:
        page.goto(path)
        tops[path] = page.locator("main h1").bounding_box()["y"]
    assert max(tops.values()) - min(tops.values()) <= 24, tops


def test_nothing_moves_when_the_font_arrives(visitor, checklist_of):
    page = visitor(PHONE).page
    page.goto(checklist_of("es-01").get_absolute_url())
    assert page.evaluate(SHIFTS) <= 0.02
    assert page.evaluate("""document.fonts.check('16px "Checklist Sans"')""")


def test_a_journey_has_one_left_edge(visitor, checklist_of):
    page = visitor(DESKTOP).page
    home = checklist_of("es-05").get_absolute_url()
    page.goto(home)
    task = page.locator(".row__name a[href*='/tasks/']").first.get_attribute("href")
    edges = {}
    pages = [home, f"{home}questions/housing/", f"{home}answers/", task, f"{home}calendar/"]
    for path in ["/start/", "/account/login/", *pages]:
        page.goto(path)
        # On the list a country's mark stands before the heading, at the same edge.
        edges[path] = page.locator("main :is(.mark, h1)").first.bounding_box()["x"]
    assert len(set(edges.values())) == 1, edges


def test_the_first_case_is_in_sight(visitor, site):
    firm = Firm()
    for number in range(3):
        firm.case(f"Client {number}")
    person = let_in(visitor(PHONE), firm.owner)
    page = person.open(f"/firms/{firm.organisation.slug}/")
    first = page.get_by_role("link", name="Client").first
    assert first.bounding_box()["y"] <= 400
    page.set_viewport_size(DESKTOP)
    assert first.bounding_box()["y"] <= 210
