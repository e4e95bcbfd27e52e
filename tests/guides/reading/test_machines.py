"""What machines read: the feed, the map of the site, and what robots are told."""

from xml.etree import ElementTree

import pytest

from tests.guides.reading_pages import GUIDE, PAGES

pytestmark = pytest.mark.django_db


class TestMachines:
    def test_feed_lists_every_guide(self, text, client):
        text("/feed.atom")
        feed = client.get("/feed.atom")
        assert feed.headers["Content-Type"].startswith("application/atom+xml")
        root = ElementTree.fromstring(feed.content)
        entries = root.findall("{*}entry")
        links = {entry.find("{*}link").get("href") for entry in entries}
        assert links == {f"http://testserver{GUIDE}", "http://testserver/guides/portugal/live-in-portugal/"}
        assert all(entry.find("{*}updated").text for entry in entries)
        assert "2026-11-01T00:00:00+00:00" in feed.text
        assert root.findtext("{*}author/{*}name") == "Relocation Checklist", "RFC 4287, 4.1.1"

    def test_sitemap_lists_every_page(self, text, client):
        root = ElementTree.fromstring(text("/sitemap.xml"))
        found = {place.text.removeprefix("http://testserver") for place in root.findall(".//{*}loc")}
        assert found >= {*PAGES, "/", "/search/", "/procedures/portugal/niss/", "/documents/passport/"}
        assert "2026-11-01" in text("/sitemap.xml")

    def test_robots_may_read_that_a_page_behind_a_key_is_not_to_be_listed(self, text, client):
        page = text("/robots.txt")
        assert "Disallow: /admin/" in page
        for path in ("/c/", "/my-checklist/", "/mail/", "/share/", "/firms/", "/account/"):
            assert f"Disallow: {path}" not in page
            assert client.get(path).headers["X-Robots-Tag"] == "noindex"
        assert "Sitemap: http://testserver/sitemap.xml" in page

    @pytest.mark.parametrize("path", ["/feed.atom", "/sitemap.xml", "/robots.txt"])
    def test_only_read(self, client, path):
        assert client.post(path).status_code == 405

    def test_feed_without_an_edition(self, client):
        assert client.get("/feed.atom").status_code == 200
