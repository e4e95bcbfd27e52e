"""An advisor's morning: what is due, giving cases out, looking at columns, days and workload."""

import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from checklists.models import Case, CaseDeadline
from tests.people import Firm

from .conftest import TODAY
from .visitor import DESKTOP, NARROW, PHONE

pytestmark = pytest.mark.browser

TABLET = {"width": 768, "height": 1024}
CLIENTS = ["Ana Silva", "Bo Lind", "Carla Ruiz", "Dev Patel", "Eva Novak", "Femi Ade"]


@pytest.fixture
def firm(site):
    """A firm with cases in every state that the board shows."""
    firm = Firm()
    label = firm.organisation.labels.create(name="Family")
    stages = list(firm.organisation.stages.all())
    for number, name in enumerate(CLIENTS):
        case = firm.case(name, reference=f"R-{number}", target_date=TODAY + datetime.timedelta(20 + number))
        Case.objects.filter(pk=case.pk).update(
            next_deadline=[TODAY - datetime.timedelta(3), TODAY + datetime.timedelta(2), None][number % 3],
            next_step="Register at the town hall",
            tasks_done=number,
            tasks_total=9,
            progress=100 * number // 9,
            stage=stages[number % 3],
            priority=3 if number == 1 else 2,
            waiting_for=["client", "office", ""][number % 3],
            assignee=[firm.owner, None][number % 2],
            has_problem=number == 4,
        )
        if number % 2:
            case.labels.add(label)
        CaseDeadline.objects.create(
            organisation=firm.organisation,
            case=case,
            person=case.people.get(),
            procedure="empadronamiento",
            day=TODAY + datetime.timedelta(number // 2),
        )
    return firm


@pytest.fixture
def advisor(visitor, firm, client):
    """The advisor, signed in, in a browser of this size."""

    def come(size, **options):
        person = visitor(size, **options)
        client.force_login(firm.advisor)
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": person.origin}
        person.context.add_cookies([session])
        return person

    return come


def page_of(firm, name):
    return reverse(f"board:{name}", args=[firm.organisation.slug])


def test_from_what_is_due_to_who_does_it_by_keyboard(advisor, firm):
    person = advisor(DESKTOP)
    page = person.open(page_of(firm, "cases"))
    rows = page.locator(".board__row")
    expect(rows).to_have_count(6)
    expect(rows.first).to_contain_text("3 days ago")
    page.get_by_label("Find a person or reference").press_sequentially("an")
    page.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    expect(page.locator("#total")).to_have_text("1 case")
    page.get_by_role("link", name="take this filter away").press("Enter")
    expect(rows).to_have_count(6)

    page.get_by_role("link", name="Unassigned").press("Enter")
    expect(rows).to_have_count(3)
    for name in ("Bo Lind", "Dev Patel"):
        page.get_by_role("checkbox", name=name).press("Space")
    page.get_by_role("button", name="Assign 2 cases").press("Enter")
    page.get_by_role("heading", name="Assign 2 cases").wait_for()
    person.note_violations()
    page.get_by_label("Assign to").select_option(label="Adam Advisor")
    page.get_by_role("button", name="Assign 2 cases").press("Enter")
    expect(page.get_by_text("2 cases were assigned.")).to_be_visible()
    expect(rows).to_have_count(1)
    page.get_by_role("link", name="Mine").press("Enter")
    expect(rows).to_have_count(2)


def top_of(part):
    return part.evaluate("part => part.getBoundingClientRect().top")


def test_the_first_case_is_in_sight_and_its_row_is_low(advisor, firm):
    rows = advisor(PHONE).open(page_of(firm, "cases")).locator(".board__row")
    assert top_of(rows.first) <= 400
    assert max(box["height"] for box in (row.bounding_box() for row in rows.all())) <= 114
    rows = advisor(DESKTOP).open(page_of(firm, "cases")).locator(".board__row")
    assert top_of(rows.first) <= 210
    assert {box["height"] for box in (row.bounding_box() for row in rows.all())} == {45}


def test_verbs_lie_over_the_rows_only_while_something_is_ticked(advisor, firm):
    person = advisor({**PHONE, "height": 600})
    page = person.open(page_of(firm, "cases"))
    verbs = page.get_by_role("form", name="Act on several cases")
    box = page.get_by_role("checkbox", name="Ana Silva")
    expect(verbs).not_to_be_in_viewport()
    box.check()
    expect(verbs).to_be_in_viewport(ratio=1)
    expect(verbs.get_by_role("button", name="Assign 1 case")).to_be_visible()
    page.get_by_role("checkbox", name="Bo Lind").check()
    verbs.get_by_text("More", exact=True).click()
    expect(verbs.get_by_role("button", name="Archive 2 cases")).to_be_in_viewport(ratio=1)
    person.note_violations()
    verbs.get_by_text("More", exact=True).click()
    page.get_by_role("checkbox", name="All 6 of this list").check()
    expect(verbs.get_by_role("button", name="Assign 6 cases")).to_be_visible()
    for name in ("All 6 of this list", "Bo Lind", "Ana Silva"):
        page.get_by_role("checkbox", name=name).uncheck()
    expect(verbs.get_by_role("button", name="Assign the ticked cases")).to_be_attached()
    expect(verbs).not_to_be_in_viewport()


def test_a_phone_shows_only_the_days_on_which_something_falls(advisor, firm):
    page = advisor(PHONE).open(page_of(firm, "calendar"))
    shown = [day for day in page.locator(".month__day").all() if day.is_visible()]
    assert [day.locator("time").get_attribute("datetime") for day in shown] == [
        f"{TODAY + datetime.timedelta(days)}" for days in (0, 1, 2)
    ]


def test_on_a_phone_the_month_begins_today_and_earlier_days_are_folded(advisor, firm):
    late = CaseDeadline.objects.order_by("pk").first()
    late.day = TODAY - datetime.timedelta(3)
    late.save()
    page = advisor(PHONE).open(page_of(firm, "calendar"))
    days = page.locator(".month__day")
    earlier, shown = page.get_by_text("1 date on earlier days"), days.locator("visible=true")
    expect(shown.first).to_contain_text("today")
    earlier.click()
    expect(shown.first).to_contain_text("overdue")
    page.set_viewport_size(DESKTOP)
    expect(earlier).to_be_hidden()
    expect(days.filter(has_text="overdue")).to_be_visible()


def test_open_filters_lie_over_no_case(advisor, firm):
    for size in (PHONE, DESKTOP):
        page = advisor(size).open(page_of(firm, "cases"))
        first = page.locator(".board__row").first
        page.get_by_text("Filters", exact=True).click()
        panel = page.get_by_role("form", name="Filters").bounding_box()
        assert panel["y"] + panel["height"] <= first.bounding_box()["y"]
        corners = page.get_by_role("form", name="Filters").locator(".select, .button")
        assert len(set(corners.evaluate_all("l => l.map(part => getComputedStyle(part).borderRadius)"))) == 1
        page.keyboard.press("Escape")
        expect(page.get_by_role("form", name="Filters")).to_be_hidden()


MIDDLES = """() => [...document.querySelectorAll(".firm-bar__name, .firm-bar .tabs a")].map(part => {
  const range = document.createRange();
  range.selectNodeContents(part);
  const box = range.getBoundingClientRect();
  return box.top + box.height / 2;
})"""


def test_the_words_of_the_bar_stand_on_one_line_and_headings_at_one_height(advisor, firm):
    pages = [page_of(firm, "calendar"), page_of(firm, "workload"), f"/firms/{firm.organisation.slug}/history/"]
    case = Case.objects.first().get_absolute_url()
    for size in (PHONE, DESKTOP):
        person, tops = advisor(size), {}
        for path in [*pages, case, f"{case}requests/", f"{case}messages/"]:
            page = person.open(path)
            tops[path] = page.locator("main h1").bounding_box()["y"]
            middles = page.evaluate(MIDDLES)
            assert max(middles) - min(middles) <= 1
        assert max(tops.values()) - min(tops.values()) <= 1, tops


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"])
def test_every_page_of_the_board(advisor, firm, size, scheme):
    person = advisor(size, color_scheme=scheme)
    cases = page_of(firm, "cases")
    paths = [cases, f"{cases}?stuck=1", f"{cases}?view=columns", f"{cases}?q=nobody", page_of(firm, "calendar")]
    for path in [*paths, f"{page_of(firm, 'calendar')}?day={TODAY}", page_of(firm, "workload")]:
        page = person.open(path)
        page.evaluate("for (const part of document.querySelectorAll('main details:not(#bulk *)')) part.open = true")
        person.note_violations()
        person.note_sideways_scrolling()
        if size is PHONE:
            for other in (NARROW, TABLET):
                page.set_viewport_size(other)
                person.note_sideways_scrolling()
            page.set_viewport_size(PHONE)


def test_without_scripts(advisor, firm):
    person = advisor(PHONE, javascript=False)
    page = person.open(f"{page_of(firm, 'cases')}?view=columns")
    page.get_by_role("checkbox", name="Carla Ruiz").check()
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Move the ticked cases").click()
    page.get_by_label("Stage").select_option(label="Finishing")
    page.get_by_role("button", name="Move 1 case").click()
    expect(page.get_by_text("1 case was moved.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("checkbox", name="All 6 of this list").check()
        page.get_by_text("More", exact=True).click()
        page.get_by_role("button", name="Download a table (CSV)").click()
    assert download.value.suggested_filename.endswith(".csv")
