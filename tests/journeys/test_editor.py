"""Somebody who edits the catalogue: from the admin to everybody's checklist."""

import pytest
from playwright.sync_api import expect

from checklists.models import Checklist, Persona
from guides.editions.loading import load
from guides.models import Procedure
from tests.shipped import shipped_catalogue

from .answering import answers_of
from .lines import document, open_task, tick
from .signing import sign_in
from .visitor import DESKTOP

pytestmark = pytest.mark.browser

FORM = "Form EX-17"
CARD = "Foreigner identity card (TIE)"
NEW = "Book the fingerprint appointment at sunrise, when the new dates come out."
# A procedure with few parts, whose page opens fast.
SHORT = "us-certificate-of-coverage"
BROKEN = "to_spain and activites has employee"


@pytest.fixture
def editor(site, visitor, publisher):
    """A publisher who has signed in, with the working copy behind the published edition."""
    load(shipped_catalogue().catalogue)
    publisher.set_password("publish-the-checklist")
    publisher.save()
    person = visitor(DESKTOP)
    sign_in(person.open("/admin/"), publisher.email, "publish-the-checklist")
    return person


def open_procedure(page, key):
    page.get_by_role("link", name="Procedures", exact=True).first.click()
    page.get_by_role("textbox", name="Search").fill(key)
    page.get_by_role("button", name="Search").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("cell", name=key, exact=True))
    row.get_by_role("link").first.click()


def test_a_changed_step_reaches_readers_and_checklists(editor, visitor, checklist_of):
    checklist = checklist_of("es-05").get_absolute_url()
    expat, page = visitor(), editor.page
    tick(document(expat.open(checklist), FORM))

    open_procedure(page, "tie-ex17")
    steps = page.get_by_role("group", name="Steps", exact=True)
    steps.get_by_role("heading", name="Steps").click()
    steps.get_by_role("heading").nth(2).click()
    steps.get_by_label("Text:").nth(1).fill(NEW)
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    expat.page.reload()
    expect(open_task(expat.page, CARD)).not_to_contain_text(NEW)

    page.get_by_role("link", name="Home", exact=True).click()
    page.get_by_role("link", name="Editions", exact=True).first.click()
    page.get_by_role("link", name="Publish…").click()
    expect(page.get_by_role("row").get_by_role("insertion").filter(has_text="sunrise")).to_be_visible()
    page.get_by_label("Note").fill("When to look for an appointment")
    page.get_by_role("button", name="Publish edition 2").click()
    expect(page.get_by_text("Edition 2 is current.")).to_be_visible()
    page.get_by_role("link", name="View site").click()
    expect(page.get_by_role("contentinfo")).to_contain_text("Edition 2")

    expat.open(checklist)
    expect(document(expat.page, FORM).get_by_role("button", pressed=True)).to_be_visible()
    expect(open_task(expat.page, CARD).get_by_role("listitem").filter(has_text=NEW)).to_be_visible()
    expat.page.get_by_role("link", name="Everything about this task").click()
    expect(expat.page.get_by_role("listitem").filter(has_text=NEW)).to_be_visible()


def part(page, section, name):
    """A row of the procedure's page, opened."""
    page.get_by_role("navigation", name="Sections of this page").get_by_role("link", name=section).click()
    group = page.get_by_role("group", name=section, exact=True)
    group.get_by_role("heading", name=name, exact=True).click()
    return group


def save(page):
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()


def ask_only_those_who_have_arrived(page, whom):
    """Set the condition of the photo: of its requirement, or of its only alternative."""
    part(page, "Requirements", "Photo")
    photo = page.locator("#requirements-2")
    photo.get_by_role("heading", name="Passport photo").click()
    for number, field in enumerate(("requirement", "alternative")):
        photo.get_by_label("When:").nth(number).fill("already_arrived" if field == whom else "")
    save(page)


def see_it_refused(editor):
    """The publish page has no button; its counterexample opens as a preview of the draft."""
    page = editor.expect(422).open("/admin/guides/edition/add/")
    expect(page.get_by_role("alert")).to_contain_text("1 error keeps this from being published.")
    expect(page.get_by_role("button", name="Publish edition 2")).to_have_count(0)
    page.get_by_role("button", name="Open an example").click()
    expect(page.get_by_role("complementary", name="Preview")).to_contain_text("the draft")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Spain")


def see_what_it_changes(editor):
    page = editor.open("/admin/guides/edition/add/")
    expect(page.get_by_text("No errors and no warnings.")).to_be_visible()
    # Of the two checklists of this journey, one is of somebody who has arrived.
    expect(page.get_by_role("row").filter(has_text="Passport photo")).to_contain_text("0 0 1 0")
    kim = page.locator(".entry-change").filter(has=page.get_by_role("heading", name="Kim"))
    expect(kim.get_by_role("listitem")).to_contain_text("no longer needed Passport photo")


def test_a_requirement_is_refused_once_mended_and_told_to_whom_it_concerns(editor, visitor, checklist_of):
    checklist = checklist_of("es-05").get_absolute_url()
    Checklist.objects.start(answers={**answers_of("es-05"), "already_arrived": True}, edition=1)
    Persona.objects.create(name="Kim", answers=answers_of("es-05"))
    expat, page = visitor(), editor.page
    tick(document(expat.open(checklist), FORM))

    open_procedure(page, "tie-ex17")
    ask_only_those_who_have_arrived(page, "alternative")
    editing = page.url
    see_it_refused(editor)
    page.goto(editing)
    ask_only_those_who_have_arrived(page, "requirement")
    see_what_it_changes(editor)
    expat.page.reload()
    expect(document(expat.page, "Passport photo")).to_be_visible()

    page.get_by_label("Note").fill("The photo can wait until you are there")
    page.get_by_role("button", name="Publish edition 2").click()
    expect(page.get_by_text("Edition 2 is current.")).to_be_visible()

    expat.page.reload()
    told = expat.page.get_by_role("region", name="What has changed")
    expect(told).to_contain_text("Passport photo")
    expect(document(expat.page, "Passport photo")).to_have_count(0)
    expect(document(expat.page, FORM).get_by_role("button", pressed=True)).to_be_visible()
    told.locator("summary").click()
    told.get_by_role("button", name="I have read this").click()
    expect(told).to_have_count(0)


def test_a_broken_condition_is_refused_at_its_word(editor):
    page = editor.page
    open_procedure(page, SHORT)
    field = page.get_by_label("Recommended when:")
    field.fill(BROKEN)
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("Please correct the error below.")).to_be_visible()
    refusal = page.get_by_role("list").filter(has_text="activities")
    expect(refusal).to_contain_text(f"Character {BROKEN.index('activites') + 1}: ")
    expect(field).to_have_value(BROKEN)
    assert Procedure.objects.get(key=SHORT).recommended_when == ""
