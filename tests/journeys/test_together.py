"""Two editors on one entry: they are told of each other, and only what both changed is asked."""

import pytest
from playwright.sync_api import expect

from guides.editions.loading import load
from guides.models import Procedure
from tests.guides.small import small_catalogue

from .signing import let_in
from .visitor import DESKTOP, PHONE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_collision_is_chosen_with_the_keyboard(site, visitor, editor, publisher, size):
    load(small_catalogue())
    address = f"/admin/guides/procedure/{Procedure.objects.get(key='nif').pk}/change/"
    other, me = let_in(visitor(DESKTOP), publisher), let_in(visitor(size), editor).expect(409)
    other.open(address)
    me.open(address)
    expect(me.page.locator("#others")).to_contain_text("publisher@example.org has had this open since")
    other.page.get_by_label("Name:", exact=True).first.fill("Ask for a NIF")
    other.page.get_by_label("Summary:").fill("The number of a taxpayer.")
    other.page.get_by_role("button", name="Save", exact=True).first.click()
    me.page.get_by_label("Name:", exact=True).first.fill("Get the NIF")
    me.page.get_by_label("Reason:").fill("Every office asks for it.")
    me.page.get_by_role("button", name="Save", exact=True).first.click()
    expect(me.page.get_by_role("group", name="Name")).to_contain_text("Ask for a NIF")
    me.note_violations()
    me.note_sideways_scrolling()
    me.page.get_by_label("Yours").focus()
    me.page.keyboard.press("Space")
    me.page.keyboard.press("Enter")
    expect(me.page.get_by_text("changed: Summary. That stays")).to_be_visible()
    stored = Procedure.objects.get(key="nif")
    assert (stored.name, stored.summary) == ("Get the NIF", "The number of a taxpayer.")
    assert stored.reason == "Every office asks for it."
