"""The admin wears the house: its colours and its words; and what editors came to read stands first."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

from guides.editions.loading import load
from guides.models import Fact, Procedure, Report, Source
from tests.guides.forms import page
from tests.guides.small import small_catalogue

SHEET = (settings.BASE_DIR / "guides/static/guides/admin.css").read_text()
RULES = re.sub(r"/\*.*?\*/", "", SHEET, flags=re.DOTALL)


@pytest.fixture
def browser(client, editor, edition):
    client.force_login(editor)
    return client


def test_every_colour_of_djangos_admin_is_one_of_the_house():
    stock = "".join(Path(finders.find(f"admin/css/{name}.css")).read_text() for name in ("base", "dark_mode"))
    assert set(re.findall(r"(--[a-z-]+): #", stock)) - set(re.findall(r"(--[a-z-]+):", RULES)) == set()


@pytest.mark.parametrize(
    "value",
    [
        r"#[0-9a-f]{3,8}\b(?=[^{]*[;}])",
        r"\b(?:rgb|hsl)a?\(",
        r"font-size: [\d.]",
        r"font-weight: \d|bold",
        "!important",
    ],
)
def test_it_has_no_value_of_its_own_beside_the_tokens(value):
    rules = re.sub(r"@font-face \{.*?\}", "", RULES)
    assert re.findall(value, rules) == []


def test_one_stylesheet_serves_all_its_pages(browser):
    for address in ("admin:index", "admin:guides_fact_changelist", "admin:guides_edition_add", "exchange:index"):
        text = browser.get(reverse(address)).text
        sheets = re.findall(r'href="/static/((?:css|guides|checklists)/[^"]+\.css)', text)
        assert [re.sub(r"\.[0-9a-f]{12}\.", ".", sheet) for sheet in sheets] == ["css/tokens.css", "guides/admin.css"]
        assert "Relocation Checklist · editors" in text


@pytest.mark.parametrize(("model", "title"), [(Procedure, "Procedures"), (Fact, "Facts"), (Report, "Reports")])
def test_a_list_is_called_by_what_it_lists(browser, model, title):
    text = browser.get(page(model, "changelist")).text
    assert f"<h1>{title}</h1>" in text
    assert f"<title>{title} | " in text
    assert " to change" not in text


def test_days_are_written_as_on_the_site(browser):
    load(small_catalogue())
    assert "1 November 2027" in browser.get(page(Fact, "changelist")).text


def columns(browser, model):
    return re.findall(r'<th scope="col" class="[^"]*\bcolumn-(\w+)', browser.get(page(model, "changelist")).text)


def test_what_a_fact_says_comes_first_and_its_key_last(browser):
    assert columns(browser, Fact) == ["statement", "confidence", "review_due", "country", "state", "key"]
    fact = Fact.objects.get(key="nif.what")
    text = browser.get(page(Fact, "changelist")).text
    assert re.search(rf'<th class="field-statement"><a href="[^"]*/{fact.pk}/change/[^"]*">{fact.statement}</a>', text)


@pytest.mark.parametrize(("model", "first"), [(Procedure, "name"), (Source, "title")])
def test_other_lists_do_alike(browser, model, first):
    found = columns(browser, model)
    assert (found[0], found[-1]) == (first, "key")


def test_the_start_page_tells_what_waits_in_four_cards(browser):
    Procedure.objects.filter(key="nif").update(summary="Another one.")
    text = browser.get(reverse("admin:index")).text
    cards = re.findall(r'<h2>(.+?)</h2>\s*<p class="waiting__number">(.+?)</p>', text)
    assert cards == [
        ("Not published yet", "1"),
        ("To review", "0"),
        ("Reported by readers", "0"),
        ("What readers see", "Edition 1"),
    ]
    for address in ("guides_edition_add", "guides_fact_reviews", "guides_report_changelist", "preview"):
        assert f'href="{reverse(f"admin:{address}")}"' in text
