"""One case, two doors: a client lets a firm in, sees what it does, and takes the access back."""

import pytest
from playwright.sync_api import expect

from checklists.firms.casework.services import add_task, ask, write_message
from checklists.models import CasePerson

from .answering import press
from .lines import beside, document, tick
from .visitor import DESKTOP, NARROW, PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def firm(site, firm):
    return firm


@pytest.fixture
def advisor(site, visitor, client, firm):
    """The firm's advisor at their desk, signed in."""
    person = visitor(DESKTOP, color_scheme="dark")
    client.force_login(firm.advisor)
    person.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    return person


def look(person):
    person.note_violations()
    person.note_sideways_scrolling()
    if person.page.viewport_size["width"] == PHONE["width"]:
        person.page.set_viewport_size(NARROW)
        person.note_sideways_scrolling()
        person.page.set_viewport_size(PHONE)


def test_client_lets_a_firm_in_sees_what_it_does_and_puts_it_out(visitor, checklist_of, advisor):
    path = checklist_of("pt-01").get_absolute_url()
    client = visitor()
    beside(client.open(path), "Who can see this")
    press(client.page, "Make a code")
    code = client.page.get_by_role("heading", name="Code").inner_text().split()[-1]
    look(client)

    advisor.open("/share/").get_by_label("Your client's code").fill(code.lower().replace("-", " "))
    press(advisor.page, "Look what it opens")
    advisor.page.get_by_label("Your client's name").fill("Ana Silva")
    look(advisor)
    press(advisor.page, "Open a case")
    door = f"/c/{CasePerson.objects.get().door}/"
    advisor.open(door)
    expect(advisor.page.get_by_text("You see Ana Silva’s checklist")).to_be_visible()
    advisor.note_sideways_scrolling()
    tick(document(advisor.page, "Passport"))

    client.open(path)
    banner = client.page.get_by_role("region", name="Somebody worked on your list for you")
    banner.locator("summary").click()
    expect(banner).to_contain_text("Adam Advisor (Move Well) ticked “Passport”")
    client.page.get_by_role("button", name="I have read this").click()
    expect(banner).to_have_count(0)
    beside(client.page, "Who can see this")
    expect(client.page.get_by_role("region", name="What firms looked at and did")).to_contain_text(
        "looked at the checklist"
    )
    look(client)
    client.page.get_by_role("link", name="Take the access back").click()
    look(client)
    press(client.page, "Yes, take the access back")
    expect(client.page.get_by_role("main")).to_contain_text("Move Well no longer sees your checklist.")

    advisor.expect(404)
    document(advisor.page, "Rental contract").get_by_role("button").first.click()
    expect(advisor.page.get_by_role("heading", name="Not open to your firm")).to_be_visible()
    expect(advisor.page.get_by_role("main")).to_contain_text("Ana Silva has taken the access to this checklist back.")
    look(advisor)


def test_client_answers_a_firm_with_the_keyboard_alone(visitor, site, firm, published):
    place = firm.case(destination="es").people.get()
    ask(person=place, text="Send us your lease, please.", by=firm.advisor)
    add_task(person=place, text="Call us on Monday", by=firm.advisor)
    write_message(person=place, text="Welcome!", by=firm.advisor)
    client = visitor()
    page = client.open(place.checklist.get_absolute_url())
    page.get_by_role("button", name="Done: Call us on Monday").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Done: Call us on Monday.")
    page.get_by_role("link", name="Send us your lease").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/messages/**")
    look(client)
    page.get_by_label("Your answer").focus()
    page.keyboard.type("It is in the post.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Your answer is sent: Send us your lease, please.")
    page.get_by_role("button", name="I have read this").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="I have read this")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_what_a_firm_sees_is_changed_in_two_windows(visitor, firm, javascript):
    place = firm.case(destination="es").people.get()
    path = f"{place.checklist.get_absolute_url()}access/"
    first, second = visitor(javascript=javascript), visitor(javascript=javascript).expect(409)
    for person in (first, second):
        person.open(path).get_by_text("Change what it sees").click()
    form = first.page.get_by_role("group", name="What may Move Well see?")
    form.get_by_label("The documents").uncheck()
    press(first.page, "Save what it sees")
    expect(first.page.get_by_role("main")).to_contain_text("Move Well now sees the checklist with your answers.")
    second.page.get_by_role("group", name="What may Move Well see?").get_by_label("Your notes").check()
    press(second.page, "Save what it sees")
    expect(second.page.get_by_role("alert")).to_contain_text("This was changed in another window")
    if javascript:
        look(second)


def test_the_line_above_a_client_s_list_is_low_on_a_phone(visitor, client, site, firm, published):
    place = firm.case("Kavya Ramanathan Reddy", destination="es").people.get()
    person = visitor()
    client.force_login(firm.advisor)
    person.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page = person.open(f"/c/{place.door}/")
    line = page.locator(".ask", has=page.get_by_role("link", name="To the case"))
    expect(line).to_contain_text("Kavya Ramanathan Reddy sees that you looked and what you change.")
    assert line.bounding_box()["height"] <= 68
