"""Where steps are done, and what people should also think of, on the pages to read and in search."""

import re

import pytest
from django.utils.html import escape

from tests.guides.reading_pages import PROCEDURE, publish, reading_catalogue
from tests.guides.small import LINK, POINTER, changed

pytestmark = pytest.mark.django_db

NAME = escape(LINK["name"])
PHONE = {"kind": "phone", "url": "tel:+351211234567", "home_page": False, "hours": "Monday to Friday, 9 to 17"}


def test_a_step_has_its_link_on_the_page_of_the_procedure(text):
    step = re.search(r"Go there\..*?</li>", text(PROCEDURE), re.S)[0]
    assert f'<a class="link" href="{LINK["url"]}" rel="noopener">{NAME}</a>' in step
    assert f'<i lang="pt">{LINK["local_name"]}</i>' in step
    assert "opens the first page of the site" in step


def test_a_telephone_says_when_somebody_answers(client):
    publish(changed(reading_catalogue(), "links", LINK["key"], **PHONE))
    page = client.get(PROCEDURE).text
    assert f'Call: <a class="link" href="tel:+351211234567">{NAME}</a>' in page
    assert PHONE["hours"] in page
    assert "opens the first page of the site" not in page


def test_a_country_lists_what_to_think_of_with_its_links(text):
    page = text("/guides/portugal/")
    there = page[page.index('id="pointers"') :]
    assert f'id="{POINTER["key"]}"' in there
    assert POINTER["text"] in there
    assert f'href="{LINK["url"]}"' in there


def test_a_country_without_any_has_no_such_part(client):
    publish(reading_catalogue().model_copy(update={"pointers": ()}))
    assert 'id="pointers"' not in client.get("/guides/portugal/").text


@pytest.mark.parametrize("words", ["bank account", "conta bancaria", "a bank asks"])
def test_search_finds_it_and_leads_to_its_place(text, words):
    page = text(f"/search/?q={words}")
    assert f'href="/guides/portugal/#{POINTER["key"]}"' in page
    assert "Also think of" in page
