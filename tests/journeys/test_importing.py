"""An editor works on the facts in a spreadsheet: out of the admin, and back in after a look at what changes."""

import pytest
from playwright.sync_api import expect

from guides.editions.loading import load
from guides.models import Fact
from tests.guides.small import small_catalogue

from .visitor import DESKTOP

pytestmark = pytest.mark.browser

KEY = "nif.what"
NEWER = "The NIF is the number of a taxpayer."


@pytest.fixture
def person(site, visitor, client, editor, settings):
    """An editor who is signed in, with the small catalogue as the working copy."""
    load(small_catalogue())
    client.force_login(editor)
    person = visitor(DESKTOP)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    person.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
    return person


def test_a_sheet_goes_out_and_comes_back_changed(person, tmp_path):
    page = person.open("/admin/")
    page.get_by_role("link", name="Import and export").click()
    page.get_by_role("link", name="Facts: CSV").wait_for()
    person.note_violations()
    with page.expect_download() as download:
        page.get_by_role("link", name="Facts: CSV").click()
    sheet = tmp_path / "facts.csv"
    download.value.save_as(sheet)
    before = Fact.objects.get(key=KEY).statement
    assert before in sheet.read_text("utf-8-sig")
    sheet.write_text(sheet.read_text("utf-8-sig").replace(before, NEWER), "utf-8")

    page.get_by_label("File").set_input_files(sheet)
    page.get_by_label("What a sheet holds").select_option("facts")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_text("0 new, 1 changed, 0 removed")).to_be_visible()
    expect(page.get_by_role("insertion").filter(has_text="of a taxpayer")).to_be_visible()
    person.note_violations()
    assert Fact.objects.get(key=KEY).statement == before

    page.get_by_role("button", name="Import exactly this").click()
    expect(page.get_by_text("Imported facts.csv: 1 changed")).to_be_visible()
    assert Fact.objects.get(key=KEY).statement == NEWER
