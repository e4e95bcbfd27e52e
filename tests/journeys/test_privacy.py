"""What is held of somebody: the owner of a firm reads its history; a client takes their data along, and erases it."""

import json

import pytest
from playwright.sync_api import expect

from checklists.firms.cases.services import open_case
from checklists.firms.casework.services import write_message
from checklists.firms.history.verifying import verify
from checklists.models import Checklist, User
from tests.people import Firm, somebody

from .answering import answers_of
from .lines import beside
from .visitor import DESKTOP, PHONE

pytestmark = pytest.mark.browser

PASSWORD = "a-long-enough-secret"


def look(person):
    person.page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")
    person.look()


@pytest.fixture
def firm(site):
    return Firm()


def signed_in(visitor, client, site, user):
    person = visitor()
    client.force_login(user)
    person.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    return person


def test_a_client_takes_their_data_along_and_erases_it(visitor, site, client, firm):
    ana = somebody("ana@example.org", first_name="Ana", last_name="Silva", password=PASSWORD, second_factor=False)
    case = firm.case("Ana Silva", email="ana@example.org")
    Checklist.objects.filter(places__case=case).update(owner=ana, answers=answers_of("es-05"))
    write_message(person=case.people.get(), text="We got an appointment for you.", by=firm.advisor)

    person = signed_in(visitor, client, site, ana)
    page = person.open("/account/data/")
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page.get_by_role("heading", name="Your data", level=1)).to_be_visible()
    look(person)
    expect(page.get_by_role("main")).to_contain_text("We got an appointment for you.")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download for programs (JSON)").click()
    content = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert content["about"]["checklists.User"][0]["first_name"] == "Ana"

    page.get_by_role("link", name="Erase my account …").click()
    expect(page.get_by_role("heading", name="Erase your account?")).to_be_visible()
    look(person)
    person.expect(422)
    page.get_by_role("button", name="Erase my account for ever").click()
    expect(page.get_by_role("main")).to_contain_text("Nothing has been erased.")
    look(person)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Erase my account for ever").click()
    expect(page.get_by_text("Your account and everything that was held about you is erased.")).to_be_visible()
    assert not User.objects.filter(pk=ana.pk).exists()

    advisor = signed_in(visitor, client, site, firm.advisor)
    page = advisor.open(f"/firms/move-well/cases/{case.pk}/")
    expect(page.get_by_role("heading", name=f"Erased client {case.pk}", level=1)).to_be_visible()
    look(advisor)
    assert verify(firm.organisation).broken is None


def test_an_owner_hands_over_before_erasing_and_reads_the_history(visitor, site, client, firm):
    firm.owner.set_password(PASSWORD)
    firm.owner.authenticator_set.all().delete()
    firm.owner.save()
    firm.owner.authenticator_set.create(type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    for number in range(30):
        open_case(organisation=firm.organisation, name=f"Client {number}", by=firm.advisor)
    person = signed_in(visitor, client, site, firm.owner)
    page = person.open("/firms/move-well/history/")
    look(person)
    page.set_viewport_size(DESKTOP)
    parts = [*(page.get_by_label(name) for name in ("Who", "What", "Number of a case")), page.get_by_label("Day").first]
    assert len({part.bounding_box()["y"] for part in parts}) == 1
    page.set_viewport_size(PHONE)
    page.get_by_label("What").select_option(label="opened the case")
    page.get_by_role("button", name="Filter the history").click()
    expect(page.get_by_role("main")).not_to_contain_text("added Client 29")
    expect(page.get_by_role("main")).to_contain_text("Adam Advisor opened the case")
    look(person)
    page.get_by_role("link", name="Client 29").first.click()
    expect(page.get_by_role("heading", name="History of Client 29")).to_be_visible()
    look(person)


def test_without_an_account_the_link_is_enough(visitor, site):
    checklist = Checklist.objects.start(answers=answers_of("es-05"), edition=1)
    person = visitor()
    page = person.open(checklist.get_absolute_url())
    beside(page, "Keep the link")
    page.get_by_role("link", name="What is held about me, and how to erase it").click()
    expect(page.get_by_role("heading", name="Your data", level=1)).to_be_visible()
    look(person)
    page.get_by_role("link", name="Why, and for how long").click()
    expect(page.get_by_role("heading", name="Privacy", level=1)).to_be_visible()
    look(person)
    page.go_back()
    page.get_by_role("link", name="Erase this checklist …").click()
    look(person)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Erase this checklist for ever").click()
    expect(page.get_by_text("is erased.")).to_be_visible()
    person.expect(404)
    person.open(checklist.get_absolute_url())
    assert not Checklist.objects.exists()
