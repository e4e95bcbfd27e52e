"""One checklist, several browsers: links, and changes that meet."""

import pytest
from playwright.sync_api import expect

from .answering import answer_page, answers_of, press, start_with
from .lines import beside, document, tick, unfold, write_note

pytestmark = pytest.mark.browser

FORGED = ["/c/AAAAAAAAAAAAAAAAAAAAAA/", "/c/%3Cscript%3Ealert(1)%3C%2Fscript%3E/", "/c/short/"]
NOTE = "The <b>blue</b> folder <script>document.title = 'taken'</script>\n& the drawer"


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_two_browsers_write_at_the_same_line(visitor, checklist_of, javascript):
    path = checklist_of("pt-01").get_absolute_url()
    first, second = visitor(javascript=javascript), visitor(javascript=javascript).expect(409)
    line = document(second.open(path), "Passport")
    unfold(line).get_by_role("link", name="Note or date").click()
    second.page.get_by_role("textbox", name="Note").fill("With Maria")

    write_note(document(first.open(path), "Passport"), "At home")
    second.page.get_by_role("button", name="Save", exact=True).click()
    expect(second.page.get_by_role("heading", name="Somebody changed this before you")).to_be_visible()
    expect(second.page.get_by_role("main")).to_contain_text("At home")
    expect(second.page.get_by_role("main")).to_contain_text("With Maria")
    if javascript:
        second.note_violations()
    assert "At home" in document(first.open(path), "Passport").inner_text()

    second.page.get_by_role("button", name="Save mine").click()
    expect(document(second.open(path), "Passport")).to_contain_text("With Maria")


def test_two_browsers_tick_the_same_line(visitor, checklist_of):
    path = checklist_of("pt-01").get_absolute_url()
    first, second = visitor(), visitor()
    first.open(path), second.open(path)
    tick(document(first.page, "Passport"))
    tick(document(second.page, "Passport"))
    tick(document(second.page, "Rental contract"))
    first.page.reload()
    expect(document(first.page, "Rental contract").get_by_role("button", pressed=True)).to_be_visible()


def test_two_browsers_answer_the_same_question(visitor, checklist_of):
    path = checklist_of("es-05").get_absolute_url()
    first, second = visitor(), visitor().expect(409)
    for person, answer in ((first, "Later"), (second, "They stay where they are")):
        person.open(f"{path}answers/family_moves/").get_by_role("radio", name=answer).check()
        press(person.page, "Show what this changes")
    for person in (first, second):
        press(person.page, "Save this change")
    conflict = second.page.get_by_role("row", name="When do they move to Spain?")
    expect(conflict).to_contain_text("Later")
    expect(conflict).to_contain_text("They stay where they are")
    second.note_violations()
    press(second.page, "Save mine")
    second.open(f"{path}answers/")
    expect(second.page.get_by_role("main")).to_contain_text("They stay where they are")


def test_a_link_of_somebody_else_leaves_the_own_list_alone(visitor, checklist_of):
    theirs = checklist_of("pt-01").get_absolute_url()
    reader = visitor()
    page = reader.page
    start_with(page, "Spain")
    answer_page(page, answers_of("es-05"))
    reader.open(theirs)
    expect(page.get_by_role("heading", name="Your move to Portugal", level=1)).to_be_visible()
    expect(page.get_by_text("This is not the checklist that this browser remembers")).to_be_visible()
    tick(document(page, "Passport"))
    page.get_by_role("link", name="Go to the other one").click()
    expect(page.get_by_role("heading", name="Your move to Spain", level=1)).to_be_visible()


def test_forged_and_replaced_links_lead_to_a_page_that_says_so(visitor, checklist_of):
    owner, stranger = visitor(), visitor().expect(404)
    path = checklist_of("pt-01").get_absolute_url()
    page = owner.open(path)
    tick(document(page, "Passport"))
    beside(page, "Keep the link")
    page.get_by_text("Replace the link", exact=True).click()
    page.get_by_role("button", name="Yes, replace the link").click()
    expect(page.get_by_text("Your checklist has a new link.")).to_be_visible()
    expect(document(page, "Passport").get_by_role("button", pressed=True)).to_be_visible()
    for wrong in (
        path,
        f"{path}answers/",
        "/c/AAAAAAAAAAAAAAAAAAAAAA/",
        "/c/%3Cscript%3Ealert(1)%3C%2Fscript%3E/",
        "/c/short/",
    ):
        stranger.open(wrong)
        expect(stranger.page.get_by_role("heading", level=1)).to_be_visible()
        expect(stranger.page.get_by_role("main")).to_contain_text("404")
    stranger.context.add_cookies([{"name": "checklist", "value": "forged:1abc:xyz", "url": stranger.origin}])
    stranger.open("/my-checklist/")
    expect(stranger.page.get_by_role("heading", name="Where are you moving?")).to_be_visible()


def test_markup_in_a_note_stays_text(visitor, checklist_of):
    reader = visitor()
    page = reader.open(checklist_of("pt-01").get_absolute_url())
    write_note(document(page, "Passport"), NOTE.splitlines()[0])
    page.reload()
    expect(document(page, "Passport")).to_contain_text("<script>document.title = 'taken'</script>")
    assert page.title().startswith("My checklist")
    assert document(page, "Passport").locator("b, script").count() == 0
