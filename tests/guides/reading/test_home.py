"""The start page and the page about the site."""

import math
import re

import pytest
from django.urls import reverse

from guides.editions import publishing
from tests.shipped import shipped_catalogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped_edition(monkeypatch):
    monkeypatch.setattr(publishing, "_held", publishing._Held((1, ""), shipped_catalogue(), math.inf))


def test_before_the_first_edition_it_says_so(client):
    page = client.get(reverse("guides:home"))
    assert page.status_code == 200
    assert "Nothing is published yet" in page.text
    assert "Edition" not in page.text


@pytest.mark.usefixtures("shipped_edition")
class TestWithAnEdition:
    def test_each_country_has_a_door(self, client):
        page = client.get(reverse("guides:home")).text
        for key in ("es", "pt"):
            assert f'<input type="hidden" name="destination" value="{key}">' in page
        assert page.count(f'action="{reverse("checklists:start")}"') == 2

    def test_the_example_is_a_real_plan(self, client):
        page = client.get(reverse("guides:home")).text
        assert "Ana comes from Brazil" in page
        example = page.partition('id="example"')[2]
        assert "Do this next" in example
        opens_with = example.partition("</h3>")[0]
        assert "tax number (NIF)" in opens_with
        assert example.count('class="row row--waiting"') > 1
        assert "by the employer" not in example
        assert '<span class="state state--waiting" role="img" aria-label="Waits"></span>' in example

    def test_figures_come_from_the_edition(self, client):
        page = client.get(reverse("guides:home")).text
        proof = re.search(r'<p class="proof [^"]*"><a href="([^"]+)">([^<]+)</a>', page)
        assert proof.groups() == (
            reverse("guides:sources"),
            f"{len(shipped_catalogue().facts)} facts, each with its source",
        )
        assert "Edition 1, last verified on" in page

    def test_it_needs_no_query(self, client, django_assert_num_queries):
        client.get(reverse("guides:home"))
        with django_assert_num_queries(0):
            client.get(reverse("guides:home"))


def test_about_is_open_to_everybody(client):
    page = client.get(reverse("guides:about"))
    assert page.status_code == 200
    assert "POST /api/plan" in page.text


def test_the_page_cannot_be_posted_to(client):
    assert client.post(reverse("guides:home")).status_code == 405
