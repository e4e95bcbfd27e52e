"""A guide as it is read: its text, its facts and where it leads."""

import re

import pytest
from django.urls import reverse

from tests.guides.reading_pages import GUIDE, publish, reading_catalogue, structured
from tests.guides.small import changed

pytestmark = pytest.mark.django_db


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
