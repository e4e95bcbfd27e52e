"""An advisor opens cases, answers for a client, shares a household's papers and brings clients in from a file."""

import re

import pytest
from playwright.sync_api import expect

from checklists.access.access import Access
from checklists.client.services import save_answers
from checklists.firms.cases.household import add_person
from checklists.models import Case, ChecklistItem
from checklists.seen import fingerprint
from tests.people import Firm

from .answering import answer_all, answers_of, press
from .lines import document, tick
from .test_firms import sign_in
from .visitor import DESKTOP, PHONE

pytestmark = pytest.mark.browser
FILE = "Name;Email;Country;Date\nAna Sá;ana@client.example;Spain;03/04/2027\nRui;rui@client.example;pt;\n"


@pytest.fixture
def firm(site):
    return Firm()


def home(firm):
    return f"/firms/{firm.organisation.slug}"


def household(firm):
    """Ana and Rui, who answered alike."""
    case = firm.case("Ana Silva", email="ana@client.example")
    add_person(case=case, name="Rui Silva", by=firm.advisor)
    for person in case.people.select_related("checklist"):
        save_answers(access=Access(person.checklist), answers=answers_of("es-05"), seen=fingerprint(1), edition=1)
    return case


def test_an_advisor_answers_for_a_client_who_sees_it(visitor, firm):
    advisor = sign_in(visitor(DESKTOP), firm.advisor)
    page = advisor.open(f"{home(firm)}/cases/new/")
    page.get_by_label("Client").fill("Ana Silva")
    page.get_by_label("Email").fill("ana@client.example")
    page.get_by_label("Destination").select_option(label="Spain")
    press(page, "Open the case")
    expect(page.get_by_text("The case of Ana Silva is open.")).to_be_visible()
    page.locator("summary", has_text="More: Ana Silva").click()
    with page.expect_navigation():
        page.get_by_role("link", name="Answer the questionnaire for Ana Silva").click()
    answer_all(page, answers_of("es-05"))
    person = Case.objects.get().people.select_related("checklist").get()
    assert f"/c/{person.door}/" in page.url

    assert person.checklist.answers["nationalities"] == answers_of("es-05")["nationalities"]

    client = visitor(PHONE)
    client.open(person.checklist.get_absolute_url())
    expect(document(client.page, "Passport")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_one_paper_for_a_household(visitor, firm, javascript):
    case = household(firm)
    advisor = sign_in(visitor(DESKTOP, javascript=javascript), firm.advisor)
    page = advisor.open(f"{home(firm)}/cases/{case.pk}/documents/")
    page.get_by_label("One paper for everybody: Passport", exact=True).check()
    press(page, "Save")
    expect(page.get_by_text("Saved which documents are for everybody.")).to_be_visible()

    ana, rui = (person.checklist for person in case.people.select_related("checklist").order_by("pk"))
    client = visitor(PHONE)
    client.open(ana.get_absolute_url())
    tick(document(client.page, "Passport"))
    assert ChecklistItem.objects.get(checklist=rui, key="passport").done
    other = visitor(PHONE)
    other.open(rui.get_absolute_url())
    expect(
        other.page.get_by_role("button", name=re.compile("I have it"))
        .and_(other.page.locator('[aria-pressed="true"]'))
        .first
    ).to_be_visible()


def test_clients_come_from_a_file_by_keyboard_alone(visitor, firm):
    advisor = sign_in(visitor(DESKTOP).expect(422), firm.advisor)
    page = advisor.open(f"{home(firm)}/cases/import/")
    send(page, "Name,Email\nAna,nobody\n")
    for table in ("Cells that cannot be used", "Rows of the file"):
        expect(page.get_by_role("table", name=table).get_by_text("This is no email address.")).to_be_visible()
    advisor.note_violations()
    page.set_viewport_size(PHONE)
    said = page.get_by_role("row").filter(has_text="nobody").first
    assert " ".join(said.inner_text().split()).startswith("Line 2, Email nobody This is no email address.")
    out = "cells => cells.filter(cell => cell.getBoundingClientRect().right > innerWidth).length"
    assert page.locator("td, th").evaluate_all(out) == 0
    page.set_viewport_size(DESKTOP)
    page.get_by_role("link", name="Bring in the corrected file").press("Enter")
    send(page, FILE)
    expect(page.get_by_text("Dates like 03/04/2027 are read with the day first.")).to_be_visible()
    advisor.note_violations()
    page.get_by_role("button", name="Open 2 cases").press("Enter")
    expect(page.get_by_text("2 cases are open.")).to_be_visible()
    assert sorted(case.name for case in Case.objects.all()) == ["Ana Sá", "Rui"]


def send(page, text):
    file = {"name": "clients.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("CSV file").set_input_files(files=[file])
    page.get_by_role("button", name="Show what would be opened").press("Enter")


def test_pages_of_cases(visitor, firm):
    case = household(firm)
    person = case.people.first()
    advisor = sign_in(visitor(DESKTOP).expect(409, 422), firm.advisor)
    own = f"{home(firm)}/cases/{case.pk}"
    paths = ["edit/", "documents/", "people/new/", f"people/{person.pk}/", f"people/{person.pk}/remove/"]
    advisor.look(f"{home(firm)}/cases/new/", f"{home(firm)}/cases/import/", *(f"{own}/{path}" for path in paths))
    page = advisor.open(f"{home(firm)}/cases/new/")
    page.get_by_label("Client").fill("Ana")
    page.get_by_label("Email").fill("ana@client.example")
    press(page, "Open the case")
    expect(page.get_by_role("alert")).to_contain_text("There is a case with this address already")
    advisor.look()
    advisor.open(f"{own}/edit/").get_by_label("Email").fill("ana.with.a.long.address@client.example")
    Case.objects.update(version=7, name="Ana Sousa")
    press(page, "Save")
    page.get_by_role("heading", name="Somebody changed this before you").wait_for()
    advisor.look()
    page.set_viewport_size(PHONE)
    hidden = page.locator(".table-scroll").evaluate("table => table.scrollWidth - table.clientWidth")
    assert hidden == 0, f"{hidden} px of what was typed are out of sight on a phone"
