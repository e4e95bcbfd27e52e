"""The open data as it is served: addresses, headers, and what may be kept for how long."""

import hashlib

import pytest

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Catalogue
from guides.editions.publishing import publish, showing
from guides.models import Edition, Procedure
from guides.opendata import LICENCE

JSON = "/open-data/catalogue.json"
JSON_LD = "/open-data/catalogue.jsonld"
FIRST_JSON = "/open-data/editions/1/catalogue.json"
FIRST_JSON_LD = "/open-data/editions/1/catalogue.jsonld"
EDITIONS = "/open-data/editions.json"
SCHEMA = "/open-data/schema.json"
DATA = [JSON, JSON_LD, FIRST_JSON, FIRST_JSON_LD, EDITIONS, SCHEMA]

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(edition):
    """Another edition, after the first."""
    Procedure.objects.filter(key="nif").update(name="Ask for a tax number")
    return publish(actor=None, note="A better name")


def names(response):
    return {procedure["key"]: procedure["name"] for procedure in response.json()["procedures"]}


def titles(response):
    services = [thing for thing in response.json()["@graph"] if thing["@type"] == "cpsv:PublicService"]
    return {service["identifier"]: service["title"]["en"] for service in services}


class TestEditions:
    def test_json_is_the_catalogue_and_its_digest_can_be_checked(self, client, edition, small):
        response = client.get(JSON)
        assert Catalogue.model_validate_json(response.content) == small
        assert hashlib.sha256(response.content).hexdigest() == edition.digest
        assert response.headers["ETag"] == f'"{edition.digest}"'

    def test_every_edition_stays_at_its_number(self, client, edition):
        before = client.get(FIRST_JSON).content
        Procedure.objects.filter(key="nif").update(name="Ask for a tax number")
        publish(actor=None, note="")
        assert client.get(FIRST_JSON).content == before
        assert names(client.get(FIRST_JSON))["nif"] == "Get a tax number"
        assert titles(client.get(FIRST_JSON_LD))["nif"] == "Get a tax number"
        for path in (JSON, "/open-data/editions/2/catalogue.json"):
            assert names(client.get(path))["nif"] == "Ask for a tax number"
        for path in (JSON_LD, "/open-data/editions/2/catalogue.jsonld"):
            assert titles(client.get(path))["nif"] == "Ask for a tax number"

    def test_nothing_unpublished_is_in_them(self, client, edition):
        Procedure.objects.filter(key="nif").update(name="Not yet decided")
        for path in [*DATA, "/open-data/"]:
            assert "Not yet decided" not in client.get(path).text

    def test_a_preview_does_not_reach_them(self, client, edition, small):
        with showing(CompiledCatalogue(small.model_copy(update={"procedures": ()}))):
            assert names(client.get(JSON)).keys() == titles(client.get(JSON_LD)).keys() == {"nif", "niss"}

    def test_the_list_names_them_all_with_digest_and_address(self, client, second):
        found = client.get(EDITIONS).json()
        assert [edition["number"] for edition in found["editions"]] == [2, 1]
        assert [edition["note"] for edition in found["editions"]] == ["A better name", "The first"]
        assert found["licence"] == LICENCE
        for edition in found["editions"]:
            assert hashlib.sha256(client.get(edition["json"]).content).hexdigest() == edition["sha256"]
            assert edition["sha256"].encode() in client.get(edition["jsonld"]).content

    def test_it_does_not_tell_who_published(self, client, working_copy, editor):
        publish(actor=editor, note="")
        assert not any(editor.email in client.get(path).text for path in [*DATA, "/open-data/"])

    def test_schema_describes_each_field(self, client):
        schema = client.get(SCHEMA).json()
        assert schema["$id"] == f"http://testserver{SCHEMA}"
        assert schema["properties"].keys() == Catalogue.model_fields.keys()
        assert schema["$defs"]["Procedure"]["properties"]["place"]["default"] == "destination"

    @pytest.mark.parametrize("form", ["json", "jsonld"])
    @pytest.mark.parametrize("number", [0, 3, 10**30])
    def test_unknown_edition(self, client, second, number, form):
        answer = client.get(f"/open-data/editions/{number}/catalogue.{form}")
        assert answer.status_code == 404
        assert answer.json() == {"errors": [{"key": "", "message": "There is no such edition."}]}

    @pytest.mark.parametrize("path", [JSON, JSON_LD])
    def test_before_the_first_edition(self, client, path):
        assert client.get(path).status_code == 404
        assert client.get(EDITIONS).json()["editions"] == []


@pytest.mark.usefixtures("edition")
class TestHeaders:
    @pytest.mark.parametrize("path", DATA)
    def test_every_website_may_read_them_under_the_licence(self, client, path):
        headers = client.get(path).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert f'<{LICENCE}>; rel="license"' in headers["Link"]
        assert "Set-Cookie" not in headers

    @pytest.mark.parametrize(
        ("path", "media_type"),
        [(JSON, "application/json"), (JSON_LD, "application/ld+json"), (SCHEMA, "application/schema+json")],
    )
    def test_media_type(self, client, path, media_type):
        assert client.get(path).headers["Content-Type"] == media_type

    def test_other_pages_are_not_opened_to_other_websites(self, client):
        for path in ("/open-data/", "/sources/", "/open-data/editions/9/catalogue.json"):
            assert "Access-Control-Allow-Origin" not in client.get(path).headers

    def test_only_the_stored_bytes_are_kept_for_ever(self, client):
        kept = {path: client.get(path).headers["Cache-Control"] for path in DATA}
        assert "immutable" in kept.pop(FIRST_JSON)
        assert all("public" in value and "immutable" not in value for value in kept.values())

    def test_json_tells_its_edition_day_and_schema(self, client, edition):
        headers = client.get(JSON).headers
        assert headers["Content-Location"] == FIRST_JSON
        assert f'<{SCHEMA}>; rel="describedby"' in headers["Link"]
        assert str(edition.published_at.year) in headers["Last-Modified"]


@pytest.mark.usefixtures("edition")
class TestAskingAgain:
    @pytest.mark.parametrize("path", DATA)
    def test_what_has_not_changed_is_not_sent_again(self, client, path, django_assert_max_num_queries):
        etag = client.get(path).headers["ETag"]
        with django_assert_max_num_queries(1):
            again = client.get(path, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        assert (again.headers["ETag"], again.headers["Access-Control-Allow-Origin"]) == (etag, "*")
        assert again.headers["Cache-Control"]

    @pytest.mark.parametrize("path", [JSON, JSON_LD])
    def test_a_new_edition_is_sent(self, client, path):
        etag = client.get(path).headers["ETag"]
        Procedure.objects.filter(key="nif").update(name="Ask for a tax number")
        publish(actor=None, note="")
        response = client.get(path, headers={"If-None-Match": etag})
        assert response.status_code == 200
        assert response.headers["ETag"] != etag

    def test_linked_data_differs_where_the_catalogue_is_the_same(self, client):
        """The number and the day are in it."""
        publish(actor=None, note="")
        assert client.get(JSON).headers["ETag"] == client.get(FIRST_JSON).headers["ETag"]
        assert client.get(JSON_LD).headers["ETag"] != client.get(FIRST_JSON_LD).headers["ETag"]

    def test_linked_data_is_made_once(self, client, django_assert_num_queries):
        first = client.get(JSON_LD).content
        with django_assert_num_queries(1):
            assert client.get(JSON_LD).content == first

    def test_addresses_are_those_of_the_host_that_was_asked(self, client, settings):
        settings.ALLOWED_HOSTS = ["testserver", "site.example"]
        assert client.get(JSON_LD).json()["@context"]["@base"] == "http://testserver/"
        asked = client.get(JSON_LD, headers={"host": "site.example"}, secure=True)
        assert asked.json()["@context"]["@base"] == "https://site.example/"

    @pytest.mark.parametrize("path", DATA)
    def test_head(self, client, path):
        whole, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["Content-Length"] == str(len(whole.content))

    @pytest.mark.parametrize("path", [*DATA, "/open-data/"])
    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    def test_wrong_method(self, client, path, method):
        assert getattr(client, method)(path).status_code == 405


class TestPage:
    def test_tells_what_there_is(self, client, second):
        page = client.get("/open-data/").text
        for path in (*DATA, "/open-data/editions/2/catalogue.json"):
            assert f'href="{path}"' in page
        assert "Edition 2 of" in page
        assert "A better name" in page
        assert Edition.objects.first().digest in page
        assert "http://testserver/open-data/editions/2/catalogue.json" in page
        assert f'href="{LICENCE}" rel="license' in page

    def test_needs_few_queries(self, client, second, django_assert_max_num_queries):
        client.get("/open-data/")
        with django_assert_max_num_queries(1):
            client.get("/open-data/")

    def test_shows_the_last_ten(self, client, working_copy):
        for _ in range(12):
            publish(actor=None, note="")
        page = client.get("/open-data/").text
        assert "Edition 3 as JSON" in page
        assert "Edition 2 as JSON" not in page
        assert "2 older editions" in page

    def test_before_the_first_edition(self, client):
        page = client.get("/open-data/")
        assert page.status_code == 200
        assert "Nothing is published yet" in page.text
        assert JSON not in page.text

    def test_is_linked_from_every_page_and_in_the_sitemap(self, client, edition):
        for path in ("/about/", "/sources/"):
            assert 'href="/open-data/"' in client.get(path).text
        assert "http://testserver/open-data/" in client.get("/sitemap.xml").text
