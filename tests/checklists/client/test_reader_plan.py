"""Guides mark what is on the reader's own checklist, and link there."""

import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from checklists.access.access import Access
from checklists.access.links import COOKIE, remember
from checklists.client.services import save_item
from checklists.models import Checklist
from guides.editions.publishing import current
from tests.checklists.publishing import publish as publish_next
from tests.guides.reading_pages import publish, reading_catalogue
from tests.guides.small import changed

GUIDE = "/guides/portugal/work-in-portugal/"
PROCEDURE = "/procedures/portugal/nif/"


@pytest.fixture
def catalogue(db):
    """Only the NIF is in the plans of people who move to Portugal."""
    publish(
        changed(reading_catalogue(), "procedures", "nif", required_when="here", recommended_when="", optional_when="")
    )


@pytest.fixture
def reader(client, catalogue):
    """Somebody whose browser remembers their checklist."""
    checklist = Checklist.objects.start(answers={"destination": "pt", "here": True}, edition=current().number)
    client.cookies[COOKIE] = signed(checklist)
    return checklist


def signed(checklist):
    """What the browser holds once it remembers this checklist."""
    return remember(RequestFactory().get("/"), HttpResponse(), checklist).cookies[COOKIE].value


def part(page, anchor):
    """The page from one heading to the next."""
    return re.split(r"<h[23]", page.partition(f'id="{anchor}"')[2])[0]


def test_part_on_the_checklist_says_why_and_links_to_its_line(client, reader):
    found = part(client.get(GUIDE).text, "the-tax-number")
    assert "required, because you are there" in found
    assert f'href="{reader.get_absolute_url()}tasks/nif/"' in found


def test_part_that_is_not_on_the_checklist_says_so(client, reader):
    assert "Not on your checklist" in part(client.get(GUIDE).text, "the-other-number")


def test_contents_and_opening_mark_it_too(client, reader):
    page = client.get(GUIDE).text
    assert page.count("on your list") == 1
    assert "These parts are about lines of your checklist:" in page
    assert "Answer a few questions" not in page


def test_what_is_done_is_marked_as_done(client, reader):
    assert "done." not in part(client.get(GUIDE).text, "the-tax-number")
    save_item(access=Access(reader), kind="procedure", key="nif", done=True)
    found = client.get(GUIDE).text
    assert "done." in part(found, "the-tax-number")
    assert '<span class="contents__yours">done</span>' in found


def test_procedure_page_links_to_the_task_and_folds_for_whom_it_is(client, reader):
    page = client.get(PROCEDURE).text
    assert f'href="{reader.get_absolute_url()}tasks/nif/"' in page
    assert '<summary><h2 id="who">On your list because you are there</h2></summary>' in page


def test_checklist_for_another_country_marks_nothing(client, reader):
    reader.answers = {"destination": "es"}
    reader.save()
    page = client.get(GUIDE).text
    assert "Your checklist is for another country" in page
    assert "Not on your checklist" not in page
    assert "In your case" not in page


@pytest.mark.parametrize("cookie", ["forged", "forged:1xUvR4:itdUCUtU7nvgG"])
def test_forged_cookie_counts_as_none(client, catalogue, cookie):
    client.cookies[COOKIE] = cookie
    assert "Answer a few questions" in client.get(GUIDE).text


def test_link_that_was_replaced_counts_as_none(client, reader):
    reader.replace_link()
    assert "Answer a few questions" in client.get(GUIDE).text


def test_somebody_else_sees_nothing_of_it(reader, client):
    client.cookies.clear()
    page = client.get(GUIDE).text
    assert reader.token not in page
    assert "In your case" not in page


@pytest.mark.parametrize("address", [GUIDE, PROCEDURE])
def test_each_reader_sees_their_own_marks_after_everybody_else(client, reader, address):
    def seen_by(checklist):
        client.cookies.clear()
        if checklist:
            client.cookies[COOKIE] = signed(checklist)
        page = client.get(address).text
        return page.count(checklist.token if checklist else "/c/"), "In your case" in page

    other = Checklist.objects.start(answers={"destination": "pt", "here": True}, edition=current().number)
    mine = seen_by(reader)
    assert mine[0]
    assert mine[1]
    assert [seen_by(who) for who in (None, other, None, reader)] == [(0, False), mine, (0, False), mine]


@pytest.mark.parametrize("address", [GUIDE, PROCEDURE, "/"])
def test_a_new_edition_is_drawn_at_once(client, reader, address):
    def drawn():
        """For the reader, and for somebody without a list."""
        pages = [client.get(address).text]
        client.cookies.clear()
        pages.append(client.get(address).text)
        client.cookies[COOKIE] = signed(reader)
        return [("Work in Lisbon" in page, "Work in Portugal" in page) for page in pages]

    assert drawn() == [(False, True)] * 2
    publish_next(changed(current().catalogue, "guides", "work-in-portugal", title="Work in Lisbon"))
    assert drawn() == [(True, False)] * 2


def test_it_needs_one_query_and_only_with_a_checklist(client, reader, django_assert_num_queries):
    client.get(GUIDE)
    with django_assert_num_queries(1):
        client.get(GUIDE)
    with django_assert_num_queries(0):
        client.get("/guides/")
    client.cookies.clear()
    with django_assert_num_queries(0):
        client.get(GUIDE)
