"""Question pages on a small phone: nothing is passed over, taken back or lost unseen."""

import pytest
from playwright.sync_api import expect

from .answering import press

pytestmark = pytest.mark.browser

SMALL_PHONE = {"width": 360, "height": 640}


@pytest.fixture
def arriving(checklist_of):
    """Somebody who has not said yet when they arrive."""
    checklist = checklist_of("es-01")
    for key in ("already_arrived", "arrival_date"):
        del checklist.answers[key]
    checklist.save()
    return f"{checklist.get_absolute_url()}questions/arrival_date/"


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_no_question_is_passed_over(visitor, arriving, javascript):
    person = visitor(SMALL_PHONE, javascript=javascript).expect(422)
    page = person.open(arriving)
    page.get_by_role("radio", name="No", exact=True).check()
    press(page, "Continue")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("When did you arrive in Spain, or when will you?")
    alert.get_by_role("link").click()
    day = page.get_by_role("group", name="When did you arrive in Spain, or when will you?").get_by_label("Day")
    expect(day).to_be_in_viewport()
    if javascript:
        person.look()
    page.get_by_role("checkbox", name="I am not sure").check()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(lambda url: "questions/arrival_date" not in url)


def test_none_of_these_takes_the_others_back(visitor, checklist_of):
    page = visitor(SMALL_PHONE).open(f"{checklist_of('es-01').get_absolute_url()}questions/activities/")
    page.get_by_role("checkbox", name="Do an internship").check()
    none = page.get_by_role("checkbox", name="None of these")
    none.check()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
    page.get_by_role("checkbox", name="Look for work").check()
    expect(none).not_to_be_checked()


def test_leaving_with_something_typed_asks_first(visitor, arriving):
    page = visitor(SMALL_PHONE).open(arriving)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("radio", name="No", exact=True).check()
    page.get_by_role("link", name="My answers so far").click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(page.get_by_role("heading", name="Your arrival")).to_be_visible()


@pytest.mark.parametrize(("height", "position"), [(640, "sticky"), (256, "static")])
def test_the_buttons_stay_in_view_only_where_there_is_room(visitor, checklist_of, height, position):
    address = f"{checklist_of('es-01').get_absolute_url()}answers/activities/"
    bar = visitor({"width": 320, "height": height}).open(address).locator(".question__bar")
    assert bar.evaluate("bar => getComputedStyle(bar).position") == position
