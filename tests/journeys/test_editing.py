"""An editor's page of a procedure: rows in order, parts inside parts, conditions that answer while they are typed."""

import pytest
from playwright.sync_api import expect

from guides.editions.loading import load
from guides.models import Procedure
from tests.shipped import shipped_catalogue

from .signing import let_in
from .visitor import DESKTOP

pytestmark = pytest.mark.browser

TABLET = {"width": 768, "height": 1024}
# A procedure with few parts, whose page opens fast; test_editor opens a long one.
KEY = "us-certificate-of-coverage"


@pytest.fixture
def opened(site, visitor, editor):
    """The page of a procedure, opened by an editor, with the shipped content as the working copy."""
    load(shipped_catalogue().catalogue)

    def come(key, size=DESKTOP, **options):
        person = let_in(visitor(size, **options), editor)
        row = Procedure.objects.get(key=key)
        page = person.open(f"/admin/guides/procedure/{row.pk}/change/")
        expect(page.get_by_role("navigation", name="Sections of this page")).to_be_visible()
        return person

    return come


def section(page, name):
    page.get_by_role("navigation", name="Sections of this page").get_by_role("link", name=name).click()
    return page.get_by_role("group", name=name, exact=True)


def saved(page):
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()


def steps_of(key):
    return list(Procedure.objects.get(key=key).steps.values_list("key", flat=True))


def test_steps_are_put_in_order_with_the_keyboard_and_by_dragging(opened):
    page = opened(KEY).page
    first, second, third, *others = steps_of(KEY)
    steps = section(page, "Steps")
    button = steps.get_by_role("button", name="Move down").first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#steps-group > .moved")).to_have_text(f"Now at place 2 of {3 + len(others)}.")
    expect(button).to_be_visible()
    dragged, target = page.locator("#steps-2 .drag"), page.locator("#steps-1")
    dragged.hover()
    page.mouse.down()
    box = target.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 4, steps=8)
    page.mouse.up()
    saved(page)
    assert steps_of(KEY) == [third, second, first, *others]


def test_a_row_that_was_moved_and_taken_out_again_leaves_the_others_alone(opened):
    page = opened(KEY).page
    before = steps_of(KEY)
    steps = section(page, "Steps")
    steps.get_by_role("button", name="Add another Step").click()
    new = page.locator(f"#steps-{len(before) + 1}")
    new.get_by_role("button", name="Move up").click()
    new.get_by_role("button", name="Remove").click()
    page.locator("#steps-0").get_by_role("button", name="Move down").click()
    saved(page)
    assert steps_of(KEY) == [before[1], before[0], *before[2:]]


def test_an_alternative_is_added_inside_its_requirement(opened):
    person = opened(KEY, TABLET)
    page = person.page
    requirement = Procedure.objects.get(key=KEY).requirements.first()
    before = requirement.alternatives.count()
    section(page, "Requirements").get_by_role("heading", name=requirement.name, exact=True).click()
    inside = page.locator("#requirements-0-alternatives-group")
    inside.get_by_role("button", name="Add another alternative").click()
    new = page.locator(f"#requirements-0-alternatives-{before + 1}")
    new.get_by_role("searchbox").first.click()
    page.keyboard.type("identity-document")
    page.get_by_role("option", name="(identity-document)").first.click()
    person.note_sideways_scrolling()
    saved(page)
    assert requirement.alternatives.count() == before + 1
    assert requirement.alternatives.last().documents.get().key == "identity-document"


def test_a_condition_answers_while_it_is_typed(opened, checklist_of):
    checklist_of("es-05")
    person = opened(KEY)
    page = person.page
    field = page.get_by_label("Recommended when:")
    field.fill("to_spain and activites has employee")
    told = page.locator("#id_recommended_when_says")
    expect(told).to_contain_text("There is no question of this name.")
    expect(told.locator("mark")).to_have_text("activites")
    expect(field).to_have_attribute("aria-invalid", "true")
    told.get_by_role("button", name="activities").click()
    expect(field).to_have_value("to_spain and activities has employee")
    expect(told).to_contain_text("If you are moving to Spain, and you will work for an employer there.")
    expect(told).to_contain_text("of 1 live checklists")
    expect(field).to_be_focused()


def test_without_scripts_rows_have_positions_and_a_blank_row(opened):
    page = opened(KEY, javascript=False).page
    before = steps_of(KEY)
    steps = section(page, "Steps")
    expect(steps.get_by_role("button", name="Move up")).to_have_count(0)
    steps.get_by_role("heading", name="New step").click()
    new = page.locator(f"#steps-{len(before)}")
    new.get_by_label("Text:").fill("Breathe.")
    new.get_by_label("Key:").fill("breathe")
    new.get_by_label("Position:").fill("0")
    saved(page)
    assert steps_of(KEY) == ["breathe", *before]
    page.get_by_role("link", name="Whom does it match?").first.click()
    expect(page.get_by_role("heading", name="What the condition says")).to_be_visible()


def test_of_two_editors_both_keep_what_they_wrote(opened):
    person = opened(KEY)
    page, other = person.page, person.new_page()
    other.goto(page.url)
    other.get_by_label("Name:", exact=True).first.fill("The certificate")
    saved(other)
    page.get_by_label("Summary:").fill("It shows that you stay insured at home.")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    stored = Procedure.objects.get(key=KEY)
    assert (stored.name, stored.summary) == ("The certificate", "It shows that you stay insured at home.")
