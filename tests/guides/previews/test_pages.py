"""What a preview shows, and that neither it nor the site shows anything of the other."""

import re

import pytest

from guides.editions.publishing import publish
from guides.models import Guide, Procedure, Term

from .conftest import NEW_NAME

pytestmark = pytest.mark.django_db

DRAFT = "/preview/draft/today"
OLD_NAME = "Get a tax number"
GUIDE, PROCEDURE = "/guides/portugal/work-in-portugal/", "/procedures/portugal/nif/"
DOCUMENT = "/documents/passport/"
PAGES = [
    "/",
    "/guides/",
    "/guides/portugal/",
    GUIDE,
    PROCEDURE,
    DOCUMENT,
    "/sources/",
    "/search/?q=nif",
    "/about/",
]


def bar(response):
    return response.text.partition('<aside class="page preview"')[2].partition("</aside>")[0]


def outside_bar(response):
    return response.text.replace(bar(response), "")


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace(" .", ".").replace(" ,", ",")


class TestWhatIsShown:
    def test_draft_is_shown_and_the_site_stays_as_published(self, browser, changed_draft):
        assert NEW_NAME in browser.get(f"{DRAFT}{PROCEDURE}").text
        assert NEW_NAME not in browser.get(PROCEDURE).text

    def test_draft_follows_its_editors(self, browser, changed_draft):
        browser.get(f"{DRAFT}{PROCEDURE}")
        Procedure.objects.filter(key="nif").update(name="Changed again")
        assert "Changed again" in browser.get(f"{DRAFT}{PROCEDURE}").text

    def test_older_edition_is_shown_as_it_was(self, browser, changed_draft):
        publish(actor=None, note="The second")
        assert OLD_NAME in browser.get(f"/preview/1/today{PROCEDURE}").text
        assert NEW_NAME in browser.get(f"/preview/2/today{PROCEDURE}").text
        assert NEW_NAME in browser.get(PROCEDURE).text

    @pytest.mark.parametrize("first", [DRAFT, ""])
    @pytest.mark.parametrize("page", PAGES)
    def test_neither_leaves_a_trace_in_the_other(self, browser, changed_draft, page, first):
        """Whichever is drawn first and kept, each is what it is when it is drawn alone."""
        second = "" if first else DRAFT
        browser.get(f"{first}{page}")
        found = {first: browser.get(f"{first}{page}"), second: browser.get(f"{second}{page}")}
        assert "/preview/" not in found[""].text
        assert NEW_NAME not in found[""].text
        assert OLD_NAME not in found[DRAFT].text

    @pytest.mark.parametrize("page", PAGES)
    @pytest.mark.parametrize("prefix", [DRAFT, "/preview/draft/2027-05-03", "/preview/1/today"])
    def test_every_link_stays_in_the_preview(self, browser, changed_draft, page, prefix):
        browser.get(f"/preview/draft/2027-05-04{page}")
        response = browser.get(f"{prefix}{page}")
        links = re.findall(r'(?:href|action)="(/[^"]*)"', outside_bar(response))
        assert len(links) > 5
        assert [link for link in links if not link.startswith((f"{prefix}/", "/static/"))] == []

    def test_what_only_the_draft_has_opens_there_alone(self, browser, changed_draft):
        Guide.objects.create(key="new-guide", country_id=Guide.objects.first().country_id, title="New", summary="New.")
        assert browser.get(f"{DRAFT}/guides/portugal/new-guide/").status_code == 200
        assert browser.get("/guides/portugal/new-guide/").status_code == 404


class TestBar:
    def test_says_what_is_shown(self, browser, changed_draft):
        draft, other, old = (
            browser.get(f"/preview/{what}/") for what in ("draft/today", "draft/2027-05-03", "1/today")
        )
        assert "Preview of the draft. Only editors see this." in text_of(bar(draft))
        assert "Preview of the draft, as if today were 3 May 2027. Only editors see this." in text_of(bar(other))
        assert "Preview of edition 1." in text_of(bar(old))
        assert bar(browser.get("/")) == ""

    def test_leads_to_the_same_page_on_the_site(self, browser, changed_draft):
        assert f'href="{PROCEDURE}"' in bar(browser.get(f"{DRAFT}{PROCEDURE}"))
        assert 'href="/search/?q=nif&amp;kind=guide"' in bar(browser.get(f"{DRAFT}/search/?q=nif&kind=guide"))

    def test_is_on_error_pages_too(self, browser, changed_draft):
        response = browser.get(f"{DRAFT}/procedures/portugal/nothing/")
        assert response.status_code == 404
        assert "Preview of the draft" in bar(response)

    def test_leads_to_what_publishing_changes(self, browser, changed_draft):
        address = "/admin/guides/edition/add/"
        assert f'href="{address}"' in bar(browser.get(f"{DRAFT}/"))
        assert browser.get(address).status_code == 200

    @pytest.mark.parametrize(
        ("choice", "leads_to"),
        [
            ({"edition": "draft", "day": ""}, DRAFT),
            ({}, DRAFT),
            ({"edition": "1", "day": "2027-05-03"}, "/preview/1/2027-05-03"),
        ],
    )
    def test_another_day_or_edition_of_the_same_page(self, browser, changed_draft, choice, leads_to):
        response = browser.get("/preview/", {**choice, "page": "/search/?q=nif"})
        assert response.url == f"{leads_to}/search/?q=nif"

    @pytest.mark.parametrize("page", ["//example.org/", "https://example.org/", "\\example.org"])
    def test_it_never_leads_elsewhere(self, browser, changed_draft, page):
        assert browser.get("/preview/", {"edition": "draft", "page": page}).url.startswith(f"{DRAFT}/")

    @pytest.mark.parametrize(
        ("choice", "complaint"),
        [
            ({"edition": "7"}, "Select a valid choice"),
            ({"edition": "draft", "day": "3 May"}, "Enter a valid date"),
            ({"edition": "draft", "day": "2999-01-01"}, "Choose a day between"),
        ],
    )
    def test_bad_choice_is_named(self, browser, changed_draft, choice, complaint):
        response = browser.get("/preview/", choice)
        assert response.status_code == 422
        assert complaint in response.text


class TestEntries:
    """Pages of the admin name an entry; where its page is, only the draft knows."""

    @pytest.mark.parametrize(
        ("kind", "key", "page"),
        [
            ("procedure", "nif", PROCEDURE),
            ("guide", "work-in-portugal", GUIDE),
            ("document", "passport", DOCUMENT),
        ],
    )
    def test_lead_to_their_pages(self, browser, changed_draft, kind, key, page):
        assert browser.get("/preview/", {"kind": kind, "key": key}).url == f"{DRAFT}{page}"
        assert browser.get("/preview/", {"kind": kind, "key": key, "day": "2027-05-03"}).url.endswith(f"-05-03{page}")

    @pytest.mark.parametrize(("kind", "key"), [("procedure", "nothing"), ("fact", "nif.what"), ("procedure", "")])
    def test_those_without_a_page_are_not_found(self, browser, changed_draft, kind, key):
        assert browser.get("/preview/", {"kind": kind, "key": key}).status_code == 404

    def test_a_broken_draft_is_named(self, browser, changed_draft):
        Term.objects.update(condition="nonsense")
        assert browser.get("/preview/", {"kind": "procedure", "key": "nif"}).status_code == 422


class TestBrokenDraft:
    @pytest.fixture
    def broken(self, changed_draft):
        Term.objects.filter(key="to_portugal").update(condition="destination is nowhere")

    @pytest.mark.parametrize("page", ["/", PROCEDURE, "/start/"])
    def test_says_what_is_wrong_and_where(self, browser, broken, page):
        response = browser.get(f"{DRAFT}{page}")
        assert response.status_code == 422
        assert "destination is nowhere" in response.text
        assert f'href="/admin/guides/term/{Term.objects.get().pk}/change/"' in response.text
        assert "Preview of the draft" in bar(response)

    def test_the_site_and_older_editions_go_on(self, browser, broken):
        browser.get(f"{DRAFT}/")
        assert browser.get(PROCEDURE).status_code == 200
        assert browser.get(f"/preview/1/today{PROCEDURE}").status_code == 200

    def test_a_procedure_that_cannot_be_read_is_named(self, browser, changed_draft):
        Procedure.objects.filter(key="nif").update(required_when="nonsense")
        response = browser.get(f"{DRAFT}/")
        assert response.status_code == 422
        assert "procedures nif › required_when" in response.text
