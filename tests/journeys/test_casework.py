"""An advisor works a case: asks for what the plan misses, the client answers by their link, the advisor sees it."""

import datetime
import re

import pytest
from django.core import mail
from django.test import Client
from playwright.sync_api import expect

from checklists.access.access import Access
from checklists.client.services import save_answers
from checklists.firms.casework.notes import write_note
from checklists.firms.casework.services import add_task, ask, write_message
from checklists.mail.sending import send_owed
from checklists.models import OutgoingMail
from checklists.seen import fingerprint

from .answering import answers_of
from .visitor import DESKTOP, PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def case(site, firm):
    """A client whose plan is known."""
    case = firm.case("Ana Silva", email="ana@example.org")
    checklist = case.people.get().checklist
    save_answers(access=Access(checklist), answers=answers_of("es-05"), seen=fingerprint(1), edition=1)
    return case


@pytest.fixture
def working(site, visitor, firm):
    """An advisor at work, signed in."""

    def come(size=DESKTOP, **options):
        person, client = visitor(size, **options), Client()
        client.force_login(firm.advisor)
        person.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        return person

    return come


def news(page):
    return page.get_by_role("region", name=re.compile("^(What changed since|What others did)"))


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_from_a_suggestion_to_the_answer(working, visitor, case, javascript):
    advisor = working(javascript=javascript)
    page = advisor.open(case.get_absolute_url())
    news(page).get_by_role("button", name="Mark as seen").click()
    expect(news(page)).to_have_count(0)
    boxes = page.get_by_role("checkbox", name=re.compile("^Ask for:"))
    for box in boxes.all()[1:]:
        box.uncheck()
    asked = page.locator("label", has_text="Ask for:").first.text_content().partition(":")[2].strip()
    boxes.first.check()
    page.get_by_role("button", name="Ask for this paper" if javascript else "Ask for the ticked papers").click()
    expect(page.get_by_text("Asked Ana Silva for 1 paper.")).to_be_visible()

    OutgoingMail.objects.update(next_try_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    mail.outbox.clear()
    send_owed()
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["ana@example.org"], "1 request from Move Well")
    assert asked not in letter.body
    link = re.search(r"http\S+/messages/", letter.body)[0]

    client = visitor(PHONE, javascript=javascript)
    theirs = client.open(re.sub(r"^http://[^/]+", "", link))
    theirs.get_by_label("Your answer").fill("It comes on Monday.")
    theirs.get_by_role("button", name="Send the answer").click()
    expect(theirs.get_by_text("It comes on Monday.")).to_have_count(0)

    advisor.open(case.get_absolute_url())
    expect(news(page)).to_contain_text(f"answered the request: {asked}")
    page.get_by_role("link", name="Requests").first.click()
    expect(page.get_by_text("It comes on Monday.")).to_be_visible()


def test_the_button_says_how_many_papers_are_asked_for(working, case):
    page = working().open(case.get_absolute_url())
    boxes = page.get_by_role("checkbox", name=re.compile("^Ask for:"))
    ticked = boxes.and_(page.locator(":checked"))
    expect(ticked).to_have_count(1)
    expect(page.get_by_role("button", name="Ask for this paper")).to_be_visible()
    boxes.nth(1).check()
    expect(page.get_by_role("button", name="Ask for these (2)")).to_be_visible()
    for box in boxes.all():
        box.uncheck()
    expect(page.get_by_role("button", name="Ask for the ticked papers")).to_be_visible()


def test_the_next_step_is_in_sight_at_once(working, case):
    page = working().open(case.get_absolute_url())
    assert page.locator("#next").bounding_box()["y"] <= 260
    for field in ("Stage", "Assigned to", "Waiting for"):
        expect(page.get_by_label(field)).to_be_visible()
    page.set_viewport_size(PHONE)
    assert page.locator("#next").bounding_box()["y"] <= 410
    expect(page.get_by_label("Stage", exact=True)).to_be_hidden()
    page.get_by_text("Stage, assigned, waiting").click()
    expect(page.get_by_label("Stage", exact=True)).to_be_visible()


def test_everything_is_done_with_the_keyboard_alone(working, case):
    page = working().open(f"{case.get_absolute_url()}notes/")
    page.get_by_role("textbox", name="Note").focus()
    page.keyboard.type("Prefers phone calls")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Noted. Only your firm can read it.")).to_be_visible()
    page.get_by_role("link", name="Change or delete").focus()
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Note").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" in the morning")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Prefers phone calls in the morning")).to_be_visible()


def test_pages_of_a_case(working, firm, case):
    person, advisor = case.people.get(), firm.advisor
    write_message(person=person, text="Hello", by=advisor)
    write_message(person=person, text="A" * 200, by=None)
    asked = ask(person=person, text="Your lease", by=advisor, due=datetime.date(2026, 12, 1))
    add_task(person=person, text="Call the school", by=advisor)
    note = write_note(case=case, text="Likes tea", by=advisor)
    visitor = working().expect(422)
    home, key = case.get_absolute_url(), person.pk
    paths = ["", f"messages/{key}/", "requests/", f"requests/new/{key}/", f"requests/{asked.pk}/received/", "tasks/"]
    more = [f"tasks/new/{key}/", "notes/", f"notes/{note.pk}/", "timeline/"]
    visitor.look(*(f"{home}{path}" for path in [*paths, *more]))
    visitor.open(f"{home}requests/new/{key}/").get_by_role("button", name="Send the request").click()
    visitor.page.get_by_role("alert").wait_for()
    visitor.look()


def test_on_a_phone_more_pushes_the_case_down_instead_of_lying_over_it(working, case):
    page = working(PHONE).open(case.get_absolute_url())
    page.get_by_text("More", exact=True).first.click()
    archive = page.get_by_role("button", name="Archive").bounding_box()
    parts = page.get_by_role("navigation", name="Parts of the case")
    assert archive["y"] + archive["height"] <= parts.bounding_box()["y"]
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Archive")).to_be_hidden()


def test_messages_are_as_wide_as_is_good_to_read(working, case):
    page = working().open(f"{case.get_absolute_url()}messages/")
    assert page.get_by_role("textbox", name="Message").bounding_box()["width"] >= 800
