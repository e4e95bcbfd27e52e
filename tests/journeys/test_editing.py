"""An editor's page of a procedure: rows in order, parts inside parts, conditions that answer while they are typed."""

import pytest
from playwright.sync_api import expect

from guides.editions.loading import load
from guides.models import Procedure
from tests.shipped import shipped_catalogue

from .signing import sign_in as sign_in_as
from .visitor import DESKTOP

pytestmark = pytest.mark.browser

TABLET = {"width": 768, "height": 1024}


@pytest.fixture
def sign_in(site, visitor, editor):
    """Opens the page of a procedure as an editor, with the shipped content as the working copy."""
    load(shipped_catalogue().catalogue)
    editor.set_password("edit-the-checklist")
    editor.save()

    def come(key, size=DESKTOP, **options):
        person = visitor(size, **options)
        row = Procedure.objects.get(key=key)
        page = person.open(f"/admin/login/?next=/admin/guides/procedure/{row.pk}/change/")
        sign_in_as(page, editor.email, "edit-the-checklist")
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


def test_steps_are_put_in_order_with_the_keyboard_and_by_dragging(sign_in):
    page = sign_in("tie-ex17").page
    first, second, third, *others = steps_of("tie-ex17")
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
    assert steps_of("tie-ex17") == [third, second, first, *others]


def test_a_row_that_was_moved_and_taken_out_again_leaves_the_others_alone(sign_in):
    page = sign_in("tie-ex17").page
    before = steps_of("tie-ex17")
    steps = section(page, "Steps")
    steps.get_by_role("button", name="Add another Step").click()
    new = page.locator(f"#steps-{len(before) + 1}")
    new.get_by_role("button", name="Move up").click()
    new.get_by_role("button", name="Remove").click()
    page.locator("#steps-0").get_by_role("button", name="Move down").click()
    saved(page)
    assert steps_of("tie-ex17") == [before[1], before[0], *before[2:]]


def test_an_alternative_is_added_inside_its_requirement(sign_in):
    person = sign_in("tie-ex17", TABLET)
    page = person.page
    requirement = Procedure.objects.get(key="tie-ex17").requirements.first()
    before = requirement.alternatives.count()
    section(page, "Requirements").get_by_role("heading", name=requirement.name, exact=True).click()
    inside = page.locator("#requirements-0-alternatives-group")
    inside.get_by_role("button", name="Add another alternative").click()
    new = page.locator(f"#requirements-0-alternatives-{before + 1}")
    new.get_by_role("searchbox").first.click()
    page.keyboard.type("passport")
    page.get_by_role("option", name="Passport (passport)").click()
    person.note_sideways_scrolling()
    saved(page)
    assert requirement.alternatives.count() == before + 1
    assert str(requirement.alternatives.last()) == "Passport"


def test_a_condition_answers_while_it_is_typed(sign_in, checklist_of):
    checklist_of("es-05")
    person = sign_in("tie-ex17")
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


def test_without_scripts_rows_have_positions_and_a_blank_row(sign_in):
    page = sign_in("tie-ex17", javascript=False).page
    before = steps_of("tie-ex17")
    steps = section(page, "Steps")
    expect(steps.get_by_role("button", name="Move up")).to_have_count(0)
    steps.get_by_role("heading", name="New step").click()
    new = page.locator(f"#steps-{len(before)}")
    new.get_by_label("Text:").fill("Breathe.")
    new.get_by_label("Key:").fill("breathe")
    new.get_by_label("Position:").fill("0")
    saved(page)
    assert steps_of("tie-ex17") == ["breathe", *before]
    page.get_by_role("link", name="Whom does it match?").first.click()
    expect(page.get_by_role("heading", name="What the condition says")).to_be_visible()


def test_of_two_editors_the_second_sees_both_versions(sign_in):
    person = sign_in("tie-ex17").expect(409)
    page, other = person.page, person.new_page()
    other.goto(page.url)
    other.get_by_label("Name:", exact=True).first.fill("The card")
    saved(other)
    page.get_by_label("Summary:").fill("You get the card that shows your NIE.")
    page.get_by_role("button", name="Save", exact=True).first.click()
    row = page.get_by_role("row", name="Name The card")
    expect(row).to_contain_text("Foreigner identity card (TIE)")
    person.note_violations()
    page.get_by_role("button", name="Save mine in its place").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    stored = Procedure.objects.get(key="tie-ex17")
    assert (stored.name, stored.summary) == ("Foreigner identity card (TIE)", "You get the card that shows your NIE.")
