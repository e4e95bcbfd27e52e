"""The pages to read: what holds for all of them, wrong addresses, and the pages that list the others."""

import re

import pytest

from tests.guides.reading_pages import GUIDE, PAGES, PROCEDURE, publish, reading_catalogue
from tests.guides.small import changed, small_catalogue

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", PAGES)
class TestEveryPage:
    def test_is_open_and_needs_no_query_but_that_for_the_edition(
        self, text, path, client, django_assert_max_num_queries
    ):
        text(path)
        with django_assert_max_num_queries(1):
            client.get(path)

    def test_cannot_be_posted_to(self, path, client):
        publish(reading_catalogue())
        assert client.post(path).status_code == 405

    def test_sets_no_cookie(self, path, client):
        publish(reading_catalogue())
        assert not client.get(path).cookies

    def test_before_the_first_edition(self, path, client):
        assert client.get(path).status_code in (200, 404)


@pytest.mark.parametrize(
    "path",
    [
        "/guides/atlantis/",
        "/guides/atlantis/work-in-portugal/",
        "/guides/portugal/gone/",
        "/procedures/portugal/gone/",
        "/procedures/atlantis/nif/",
        "/documents/gone/",
        "/documents/%3Cscript%3E/",
    ],
)
def test_what_does_not_exist_is_not_found(client, path):
    publish(reading_catalogue())
    page = client.get(path)
    assert page.status_code == 404
    assert "There is no page here" in page.text


def test_an_entry_is_found_below_its_own_country_only(client):
    spain = small_catalogue().countries[0].model_copy(update={"key": "es", "name": "Spain"})
    catalogue = reading_catalogue()
    publish(catalogue.model_copy(update={"countries": (*catalogue.countries, spain)}))
    assert client.get("/guides/spain/work-in-portugal/").status_code == 404
    assert client.get("/procedures/spain/nif/").status_code == 404
    assert client.get("/guides/spain/").status_code == 200


def test_country_lists_guides_and_procedures_by_office(text):
    page = text("/guides/portugal/")
    assert GUIDE in page
    assert page.index("Tax authority") < page.index(PROCEDURE)


def test_sources_are_listed_by_publisher_with_their_facts(text):
    page = text("/sources/")
    assert "2 facts rest on these 2 publications." in page
    assert page.index("Somebody") < page.index("The state")
    assert page.index("<h2>S ") < page.index("Somebody") < page.index("<h2>T ") < page.index("The state")
    assert re.search(r"Portal</a>\s*<span class=\"soft\">July 2024 · 1 fact<", page)


@pytest.mark.parametrize(
    ("printed", "said"),
    [("2024-07-09", "9 July 2024"), ("signed 2024-07-09", "signed 9 July 2024"), ("2024", "2024"), ("99-A", "99-A")],
)
def test_the_days_of_sources_are_written_out(client, printed, said):
    publish(changed(reading_catalogue(), "sources", "portal", date=printed))
    assert f'<span class="soft">{said} · 1 fact<' in client.get("/sources/").text


def test_about_tells_the_edition_and_what_is_not_verified(client):
    publish(changed(reading_catalogue(), "facts", "nif.fee", confidence="unverified"))
    page = client.get("/about/").text
    assert "This is edition 1" in page
    assert "<p>It is free.</p>" in page
    name = reading_catalogue().procedures[0].name
    assert f'<a class="link" href="{PROCEDURE}#note.nif.fee">{name}</a>' in page
