"""An edition changes somebody's list: they see what and why, find it, and put the message away; mail is offered."""

import pytest
from playwright.sync_api import expect

from checklists.access.access import Access
from checklists.client.services import save_item
from checklists.models import Subscription
from tests.checklists.publishing import publish
from tests.guides.small import changed
from tests.shipped import shipped_catalogue

from .answering import press
from .lines import beside, document

pytestmark = pytest.mark.browser


@pytest.fixture
def checklist(checklist_of):
    """A checklist with a tick, of which the next edition changed a step."""
    checklist = checklist_of("es-05")
    save_item(access=Access(checklist), kind="document", key="photo", done=True)
    catalogue = shipped_catalogue().catalogue
    [procedure] = [entry for entry in catalogue.procedures if entry.key == "empadronamiento"]
    steps = [step.model_dump() for step in procedure.steps]
    steps[0]["text"] = "Book the appointment before you travel."
    publish(changed(catalogue, "procedures", "empadronamiento", steps=steps))
    return checklist


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_change_is_read_found_and_put_away(visitor, checklist, javascript):
    person = visitor(javascript=javascript)
    page = person.open(checklist.get_absolute_url())
    told = page.get_by_role("region", name="What has changed")
    expect(told).to_contain_text("The rules changed on")
    told.get_by_role("heading", name="The rules changed on").click()
    told.get_by_text("What has changed: Town-hall residence registration").click()
    told.get_by_role("link", name="Book the appointment before you travel.").click()
    assert "/tasks/empadronamiento/#step-empadronamiento--" in page.url
    page.go_back()
    if page.get_by_role("button", name="I have read this").is_hidden():
        told.get_by_role("heading", name="The rules changed on").click()
    page.get_by_role("button", name="I have read this").click()
    expect(told).to_have_count(0)
    expect(document(page, "Passport photo").get_by_role("button").first).to_have_attribute("aria-pressed", "true")
    beside(page, "Email me changes")
    page.get_by_role("link", name="What has changed so far").click()
    expect(page.get_by_role("main")).to_contain_text("You read this on")


def test_pages_about_changes(visitor, checklist):
    person = visitor().expect(422)
    home = checklist.get_absolute_url()
    subscription = Subscription.objects.create(checklist=checklist, email="ana@example.org")
    keyed = [f"/mail/{subscription.key}/{page}/" for page in ("confirm", "stop")]
    person.look(f"{home}changes/", f"{home}mail/", *keyed)
    person.open(home)
    person.note_sideways_scrolling()
    person.open(f"{home}keep/")
    press(person.page, "Email me the link to confirm")
    expect(person.page.get_by_role("alert")).to_be_visible()
    person.look()
