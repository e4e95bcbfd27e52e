"""Who may look at a preview, and what anybody else learns from its addresses."""

import pytest

from guides.models import Report

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/preview/draft/today/",
    "/preview/draft/2027-05-03/guides/portugal/work-in-portugal/",
    "/preview/1/today/procedures/portugal/nif/",
    "/preview/draft/today/start/",
    "/preview/draft/today/c/xxxxxxxxxxxxxxxxxxxxxx/",
    "/preview/99/today/",
    "/preview/draft/never/",
    "/preview/draft/today/procedures/portugal/nothing/",
    "/preview/draft/today/guides",
    "/preview/anything/",
    "/preview/?edition=draft&page=/",
]
NOT_FOR_READERS = [
    *("admin/", "admin/guides/procedure/", "api/openapi.json", "feed.atom", "sitemap.xml", "robots.txt"),
    *("open-data/", "open-data/catalogue.json", "open-data/editions/1/catalogue.jsonld"),
]
STATUSES = [200, 200, 200, 200, 404, 404, 404, 404, 301, 404, 302]
EVERY_ADDRESS = pytest.mark.parametrize("address", ADDRESSES)


@EVERY_ADDRESS
def test_anonymous_is_asked_to_sign_in(client, changed_draft, address):
    response = client.get(address)
    assert response.status_code == 302
    assert response.url.startswith("/account/login/?next=/preview/")


@EVERY_ADDRESS
@pytest.mark.parametrize("is_staff", [True, False])
@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_may_not_see_drafts_learns_nothing(client, changed_draft, address, is_staff, method, somebody):
    client.force_login(somebody("somebody@example.org", is_staff=is_staff))
    response = getattr(client, method)(address)
    assert response.status_code == 404
    assert without_nonces(response) == without_nonces(client.get("/no-such-page/"))


def without_nonces(response):
    return [line for line in response.text.splitlines() if "nonce=" not in line]


@pytest.mark.parametrize("role", ["Editors", "Publishers"])
@pytest.mark.parametrize(("address", "status"), list(zip(ADDRESSES, STATUSES, strict=True)))
def test_editors_and_publishers_look(client, in_role, changed_draft, role, address, status):
    client.force_login(in_role(role, "somebody@example.org"))
    assert client.get(address).status_code == status


@pytest.mark.parametrize("page", NOT_FOR_READERS)
def test_only_pages_for_readers_are_in_a_preview(browser, changed_draft, page):
    assert browser.get(f"/{page}").status_code == 200
    assert browser.get(f"/preview/draft/today/{page}").status_code == 404


@EVERY_ADDRESS
def test_no_search_engine_and_no_cache_keeps_it(browser, changed_draft, address):
    response = browser.get(address)
    if response.status_code in (200, 302):
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("day", ["2027-02-30", "0001-01-01", "9999-12-31", "20270503", "2027-5-3", "tomorrow"])
def test_there_is_no_preview_of_a_day_that_nobody_plans_for(browser, changed_draft, day):
    assert browser.get(f"/preview/draft/{day}/").status_code == 404


def test_readers_reports_are_not_sent_from_a_preview(browser, changed_draft):
    address = "/preview/draft/today/procedures/portugal/nif/report/"
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"saw": "It was closed.", "place": "Lisbon"}).status_code == 405
    assert not Report.objects.exists()
