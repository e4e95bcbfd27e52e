"""Who reaches a checklist: whoever has the link; and what a browser remembers of it."""

import pytest
from django.urls import reverse

from checklists.access.links import COOKIE
from checklists.models import Checklist
from tests.checklists.pages import address

PAGES = [
    ("checklist",),
    ("paper", "photo"),
    ("keep",),
    ("next-question",),
    ("question", "housing"),
    ("answers",),
    ("all-answers",),
    ("change-answer", "housing"),
    ("item", "document", "photo"),
]
POSTS = [("new-link",), ("remember",), ("tick", "document", "photo")]
FORGED = ["x" * 22, "short", "a" * 300, "../../etc/passwd", "\x00" * 22, "é" * 22, "' OR 1=1 --" * 2]


@pytest.fixture
def other(published, today):
    return Checklist.objects.start(answers={"destination": "pt"}, edition=1)


class TestLink:
    @pytest.mark.parametrize("page", PAGES)
    def test_opens_every_page_without_an_account(self, client, freelancer, page):
        assert client.get(address(page[0], freelancer, *page[1:])).status_code in (200, 302)

    @pytest.mark.parametrize("page", [*PAGES, *POSTS])
    def test_forged_one_is_not_found_with_a_word_why(self, client, published, page):
        url = reverse(f"checklists:{page[0]}", args=("x" * 22, *page[1:]))
        response = client.post(url) if page in POSTS else client.get(url)
        assert response.status_code == 404
        assert "This link leads to no checklist" in response.text

    @pytest.mark.parametrize("token", FORGED)
    def test_nothing_but_the_right_link_works(self, client, freelancer, token):
        assert client.get(f"/c/{token}/").status_code == 404

    @pytest.mark.parametrize("page", PAGES)
    def test_pages_stay_out_of_search_engines_caches_and_referrers(self, client, freelancer, page):
        response = client.get(address(page[0], freelancer, *page[1:]))
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert "private" in response.headers["Cache-Control"]
        assert response.headers["Referrer-Policy"] == "same-origin"
        if response.status_code == 200:
            assert '<meta name="robots" content="noindex">' in response.text

    @pytest.mark.parametrize("page", PAGES)
    @pytest.mark.parametrize("method", ["get", "head"])
    def test_looking_changes_nothing(self, client, freelancer, page, method):
        before = Checklist.objects.values().get()
        response = getattr(client, method)(address(page[0], freelancer, *page[1:]))
        assert Checklist.objects.values().get() == before
        assert COOKIE not in response.cookies

    @pytest.mark.parametrize("page", POSTS)
    def test_buttons_only_take_a_post(self, client, freelancer, page):
        assert client.get(address(page[0], freelancer, *page[1:])).status_code == 405

    def test_can_be_replaced(self, client, freelancer):
        old = freelancer.get_absolute_url()
        response = client.post(address("new-link", freelancer))
        freelancer.refresh_from_db()
        assert response.url == freelancer.get_absolute_url() != old
        assert "The old one no longer works" in client.get(response.url).text
        assert client.get(old).status_code == 404

    def test_post_without_a_token_of_the_page_is_refused(self, freelancer):
        from django.test import Client

        client = Client(enforce_csrf_checks=True)
        assert client.post(address("tick", freelancer, "document", "photo"), {"done": "1"}).status_code == 403
        assert not freelancer.items.exists()


class TestMemory:
    def test_resume_without_one_starts(self, client, published):
        assert client.get(reverse("checklists:resume")).url == reverse("checklists:start")

    def test_forged_cookie_counts_as_none(self, client, freelancer):
        client.cookies[COOKIE] = freelancer.token
        assert client.get(reverse("checklists:resume")).url == reverse("checklists:start")

    def test_cookie_is_out_of_reach_for_scripts(self, client, freelancer):
        cookie = client.post(address("remember", freelancer)).cookies[COOKIE]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert freelancer.token in cookie.value

    def test_work_on_it_is_remembered(self, client, freelancer):
        client.post(address("tick", freelancer, "document", "photo") + "?seen=", {"done": "1"})
        assert client.get(reverse("checklists:resume")).url == freelancer.get_absolute_url()

    def test_somebody_elses_link_does_not_replace_it(self, client, freelancer, other):
        client.post(address("remember", freelancer))
        page = client.get(other.get_absolute_url())
        assert "This is not the checklist that this browser remembers" in page.text
        client.post(address("tick", other, "document", "passport") + "?seen=", {"done": "1"})
        assert client.get(reverse("checklists:resume")).url == freelancer.get_absolute_url()

    def test_is_replaced_when_the_reader_says_so(self, client, freelancer, other):
        client.post(address("remember", freelancer))
        client.post(address("remember", other))
        assert client.get(reverse("checklists:resume")).url == other.get_absolute_url()
        assert "This is not the checklist" not in client.get(other.get_absolute_url()).text

    def test_new_link_of_another_checklist_leaves_it(self, client, freelancer, other):
        client.post(address("remember", freelancer))
        client.post(address("new-link", other))
        assert client.get(reverse("checklists:resume")).url == freelancer.get_absolute_url()

    def test_follows_a_replaced_link(self, client, freelancer):
        client.post(address("remember", freelancer))
        client.post(address("new-link", freelancer))
        freelancer.refresh_from_db()
        assert client.get(reverse("checklists:resume")).url == freelancer.get_absolute_url()
