"""A procedure as it is read: for whom it is, what it asks for, how and by when."""

import re

import pytest

from tests.guides.reading_pages import DOCUMENT, PROCEDURE, publish, reading_catalogue, structured
from tests.guides.small import changed

pytestmark = pytest.mark.django_db


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
