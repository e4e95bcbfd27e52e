"""The pages to read: what stands on them, and what happens at wrong addresses."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from tests.guides.reading_pages import publish, reading_catalogue
from tests.guides.small import changed, small_catalogue

GUIDE = "/guides/portugal/work-in-portugal/"
PROCEDURE = "/procedures/portugal/nif/"
DOCUMENT = "/documents/nif-document/"
PAGES = ["/guides/", "/guides/portugal/", GUIDE, PROCEDURE, DOCUMENT, "/sources/", "/about/"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def text(client, db):
    """The text of a page of the published catalogue."""
    publish(reading_catalogue())

    def read(path):
        page = client.get(path)
        assert page.status_code == 200
        return page.text

    return read


def structured(text):
    """The structured data of a page, by type."""
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    data = json.loads(found)
    return {part["@type"]: part for part in data.get("@graph", [data])}


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


class TestGuide:
    def test_opens_with_what_a_reader_wants_to_know(self, text):
        page = text(GUIDE)
        assert "<h1>Work in Portugal</h1>" in page
        assert "What to do first." in page
        assert '<time datetime="2026-11-01">1 November 2026</time>' in page
        assert "1 minute to read" in page
        assert '<a href="#sources">2 facts</a>: 1 official, 1 from private guides' in page

    def test_breadcrumbs(self, text):
        page = text(GUIDE)
        assert '<a href="/guides/portugal/">Portugal</a>' in page
        assert '<span aria-current="page">Work in Portugal</span>' in page

    def test_contents_lead_to_the_headings(self, text):
        page = text(GUIDE)
        anchors = re.findall(r'<a href="#([a-z-]+)">', page[page.index('class="contents') : page.index("<article")])
        assert anchors == ["the-tax-number", "where-to-go", "the-other-number", "questions", "related", "sources"]
        assert all(page.count(f'id="{anchor}"') == 1 for anchor in anchors)

    def test_every_fact_button_has_its_note(self, text):
        page = text(GUIDE)
        buttons = set(re.findall(r'popovertarget="([^"]+)" aria-label', page))
        assert buttons == {"note.nif.what", "note.nif.fee"}
        for note in buttons:
            assert page.count(f'id="{note}" popover') == 1
        assert "Old leaflets call it the taxpayer number." in page

    def test_facts_side_by_side_open_one_note_with_both(self, client):
        publish(changed(reading_catalogue(), "guides", "work-in-portugal", body="It is free.[^nif.fee][^nif.what]"))
        page = client.get(GUIDE).text
        assert 'popovertarget="note.nif.fee+nif.what" aria-label="Facts 1 and 2">1, 2</button>' in page
        note = page.partition('id="note.nif.fee+nif.what" popover')[2].partition("</div>")[0]
        assert "It is free." in note
        assert "Old leaflets call it the taxpayer number." in note

    def test_links_in_the_text_lead_to_pages(self, text):
        page = text(GUIDE)
        assert '<a href="/procedures/portugal/nif/">the procedure</a>' in page
        assert '<a href="/documents/nif-document/">paper</a>' in page
        assert '<a href="/guides/portugal/live-in-portugal/">the other guide</a>' in page

    def test_sources_name_publisher_and_title(self, text):
        page = text(GUIDE)
        assert re.search(r'The state: <a href="https://example.org/" rel="noopener">Portal</a> \(July 2024\)', page)

    def test_questions_and_further_pages(self, text):
        page = text(GUIDE)
        assert "<summary>Where?</summary>" in page
        assert '<a href="/procedures/portugal/niss/">Get a Social Security number</a>' in page
        assert '<a href="/guides/portugal/live-in-portugal/">Live there</a>' in page

    def test_without_a_checklist_it_offers_the_questions(self, text):
        assert f'<a href="{reverse("checklists:start")}">Answer a few questions</a>' in text(GUIDE)

    def test_structured_data(self, text):
        found = structured(text(GUIDE))
        article = found["Article"]
        assert article["headline"] == "Work in Portugal"
        assert article["url"] == f"http://testserver{GUIDE}"
        assert article["dateModified"] == "2026-11-01"
        assert found["FAQPage"]["mainEntity"][0]["acceptedAnswer"]["text"] == "At an office."
        crumbs = found["BreadcrumbList"]["itemListElement"]
        assert [crumb["name"] for crumb in crumbs] == ["Home", "Guides", "Portugal", "Work in Portugal"]
        assert crumbs[-1]["item"] == f"http://testserver{GUIDE}"

    def test_structured_data_cannot_break_out(self, client):
        publish(changed(reading_catalogue(), "guides", "work-in-portugal", title="</script><script>alert(1)//"))
        page = client.get(GUIDE).text
        assert "<script>alert" not in page
        assert structured(page)["Article"]["headline"] == "</script><script>alert(1)//"

    def test_links_for_machines(self, text):
        page = text(GUIDE)
        assert f'<link rel="canonical" href="http://testserver{GUIDE}">' in page
        assert '<link rel="alternate" type="application/atom+xml"' in page

    def test_a_guide_without_facts_and_questions(self, text):
        page = text("/guides/portugal/live-in-portugal/")
        assert "Verified" not in page
        assert 'id="sources"' not in page

    def test_caches_keep_the_pages_of_readers_apart(self, client):
        publish(reading_catalogue())
        assert "Cookie" in client.get(GUIDE).headers["Vary"]


class TestProcedure:
    def test_says_what_it_is_and_for_whom(self, text):
        page = text(PROCEDURE)
        assert "<h1>Get a tax number</h1>" in page
        assert '<span class="local" lang="pt">Pedir o NIF</span>' in page
        assert "Gives you the NIF." in page
        assert "You need it for a lease." in page
        assert "for everybody who moves to Portugal." in page
        assert "Your employer. You check that it was done." in page

    def test_requirements_with_their_alternatives(self, text):
        page = text(PROCEDURE)
        assert "Who you are" in page
        assert "Some offices ask for it." in page
        assert page.index("Recommended:") < page.index("Or another way")
        assert "If you are there" in page
        assert "If you are there" in page
        assert "Not older than 3 months when you hand it in." in page
        assert page.count('<a href="/documents/passport/">Passport</a>') >= 2
        assert "<b>apostille</b>" in page

    def test_a_need_that_is_one_paper_is_one_line(self, client):
        alternative = {"documents": ["passport"], "facts": ["nif.what"]}
        need = {"key": "r", "name": "Passport", "alternatives": [alternative]}
        publish(changed(reading_catalogue(), "procedures", "nif", requirements=[need]))
        needs = client.get(PROCEDURE).text.partition('id="documents"')[2].partition("</section>")[0]
        assert needs.count("Passport</a>") == 1
        assert re.search(r"Passport</a><span class=.cite.>.*</button></span>\s*<span class=.local. lang=.pt.>", needs)

    def test_the_reader_finds_what_to_bring_before_for_whom_it_is(self, text):
        page = text(PROCEDURE)
        found = re.findall(r'<h2 id="(\w+)">', page[page.index("<article") :])
        assert found == [
            "documents", "steps", "channels", "fees", "dates", "pitfalls", "who", "questions", "related", "sources"
        ]  # fmt: skip

    def test_long_conditions_are_a_list_of_cases(self, client):
        condition = "here or in_hand has passport or in_hand has nif-document"
        step = {"key": "go", "text": "Go there.", "when": condition}
        publish(changed(reading_catalogue(), "procedures", "nif", steps=[step]))
        steps = client.get(PROCEDURE).text.partition('id="steps"')[2].partition("</section>")[0]
        assert "Only in these cases" in steps
        assert steps.count("<li>if ") == 3

    def test_ways_steps_and_fees(self, text):
        page = text(PROCEDURE)
        assert "Tax office" in page
        assert re.search(r"Closed. Older guides still describe it:\s+\w", page)
        assert "At once" in page
        assert "Go there." in page
        assert "<strong>7.50 to 15 USD</strong> (2026)" in page
        assert "Within three months." in page

    def test_pitfalls_questions_and_sources(self, text):
        page = text(PROCEDURE)
        assert "Agents charge." in page
        assert "<strong>What to do:</strong> Go yourself." in page
        assert "<summary>Is it free?</summary>" in page
        assert "Private guide" in page
        assert "verified on 1 November 2026" in page

    def test_what_comes_before_and_after(self, text):
        assert '<a href="/procedures/portugal/niss/">Get a Social Security number</a>' in text(PROCEDURE)
        after = text("/procedures/portugal/niss/")
        assert '<a href="/procedures/portugal/nif/">Get a tax number</a>' in after
        assert "The form asks for the NIF." in after

    def test_guides_about_it(self, text):
        assert '<a href="/guides/portugal/work-in-portugal/">Work in Portugal</a>' in text(PROCEDURE)

    def test_facts_that_nothing_cites_are_told_as_well(self, client):
        catalogue = reading_catalogue()
        fact = catalogue.facts[0].model_copy(update={"key": "nif.more", "statement": "It has nine digits."})
        catalogue = catalogue.model_copy(update={"facts": (*catalogue.facts, fact)})
        publish(changed(catalogue, "procedures", "nif", facts=["nif.what", "nif.fee", "nif.more"]))
        assert re.search(r"<li>It has nine digits\.<span", client.get(PROCEDURE).text)

    def test_structured_data(self, text):
        found = structured(text(PROCEDURE))
        service = found["GovernmentService"]
        assert service["name"] == "Get a tax number"
        assert service["serviceOperator"]["alternateName"] == "Finanças"
        assert service["produces"][0]["url"] == f"http://testserver{DOCUMENT}"
        assert found["FAQPage"]["mainEntity"][0]["name"] == "Is it free?"


def test_document_says_who_gives_it_and_who_asks_for_it(text):
    page = text(DOCUMENT)
    assert "The tax authority" in page
    assert "for ever" in page
    given, asked = page[page.index('id="given"') : page.index('id="asked"')], page[page.index('id="asked"') :]
    assert PROCEDURE in given
    assert PROCEDURE in asked


class TestWhatTheFullCatalogueHasMore:
    @pytest.fixture
    def page(self, client, full):
        publish(full)
        return lambda path: client.get(path).text

    def test_where_a_way_is_taken_and_what_it_costs_to_be_late(self, page):
        told = page(PROCEDURE)
        assert "<dt>Where you must be</dt><dd>Abroad</dd>" in told
        assert "A fine." in told[told.index('id="dates"') : told.index('id="pitfalls"')]

    def test_a_length_that_is_only_assumed_is_told_as_such(self, client, full):
        channel = full.procedures[0].channels[0].model_dump()
        channel["processing"] = {"assumed_days": 90}
        publish(changed(full, "procedures", "nif", channels=[channel]))
        assert "Not stated; checklists count with 90 days" in client.get(PROCEDURE).text

    @pytest.mark.parametrize(
        ("low", "high", "said"), [(0, 0, "On the same day"), (0, 3, "Up to 3 days"), (2, 5, "2 to 5 days")]
    )
    def test_how_long_it_takes_counts_from_a_day_on(self, client, full, low, high, said):
        channel = full.procedures[0].channels[0].model_dump()
        channel |= {"available": True, "processing": {"min_days": low, "max_days": high}}
        publish(changed(full, "procedures", "nif", channels=[channel]))
        assert f"<div><dt>Takes</dt><dd>{said}</dd></div>" in client.get(PROCEDURE).text

    def test_duties_that_come_again(self, page):
        told = page("/procedures/portugal/contributions/")
        duties = told[told.index('id="again"') :]
        assert "Declare what you earned." in duties
        assert "If you are there" in duties
        assert 'href="#again"' in told

    def test_documents_that_stand_for_each_other(self, page):
        passport, identity = page("/documents/passport/"), page("/documents/identity-document/")
        assert "/documents/identity-document/" in passport[passport.index('id="stands"') :]
        instead = identity[identity.index('id="instead"') :]
        assert '<a href="/documents/passport/">Passport</a>' in instead
        assert "your checklist says whether in yours" in instead
        assert 'popovertarget="' in instead


def test_document_of_every_country_names_none(text):
    page = text("/documents/passport/")
    assert "Portugal" in page[page.index('id="asked"') :]
    assert '<a href="/guides/portugal/">' not in page


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

    def test_sitemap_lists_every_page(self, text, client):
        root = ElementTree.fromstring(text("/sitemap.xml"))
        found = {place.text.removeprefix("http://testserver") for place in root.findall(".//{*}loc")}
        assert found >= {*PAGES, "/", "/search/", "/procedures/portugal/niss/", "/documents/passport/"}
        assert "2026-11-01" in text("/sitemap.xml")

    def test_robots_are_kept_out_of_private_pages(self, text):
        page = text("/robots.txt")
        assert "Disallow: /c/" in page
        assert "Sitemap: http://testserver/sitemap.xml" in page

    @pytest.mark.parametrize("path", ["/feed.atom", "/sitemap.xml", "/robots.txt"])
    def test_only_read(self, client, path):
        assert client.post(path).status_code == 405

    def test_feed_without_an_edition(self, client):
        assert client.get("/feed.atom").status_code == 200
