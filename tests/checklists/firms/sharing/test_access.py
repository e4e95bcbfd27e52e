"""The client's page: making codes, seeing who is in and what they did, and taking the access back."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from checklists.access.access import Access
from checklists.client.services import save_item
from checklists.firms.sharing.services import take_back, take_code
from checklists.firms.sharing.words import SHARES, written
from checklists.models import CasePerson, Checklist, HistoryEntry, ShareCode, Visit
from checklists.seen import seen_of

ALL = {"shares_checklist": "on", "shares_documents": "on", "shares_notes": "on"}


def url(name, checklist, *rest):
    return reverse(f"sharing:{name}", args=[checklist.token, *rest])


def text_of(response):
    return " ".join(response.text.split())


class TestCode:
    def test_is_made_and_shown_with_its_link(self, client, checklist):
        chosen = {"shares_checklist": "on", "shares_notes": "on"}
        page = client.post(url("new-code", checklist), chosen, follow=True)
        made = checklist.codes.get()
        assert (made.shares_checklist, made.shares_documents, made.shares_notes) == (True, False, True)
        assert f"Your code is {written(made.code)}" in text_of(page)
        assert f"http://testserver/share/{written(made.code)}/" in page.text
        assert "sees the checklist with your answers and your notes. It works once, until" in text_of(page)

    def test_notes_are_not_chosen_to_begin_with(self, client, checklist):
        page = client.get(url("access", checklist)).text
        chosen = [
            name
            for name in ALL
            if f'name="{name}"' in page and "checked" in page.partition(f'name="{name}"')[2].partition(">")[0]
        ]
        assert chosen == ["shares_checklist", "shares_documents"]

    def test_is_withdrawn_however_often_one_presses(self, client, checklist, code_of):
        code = code_of(checklist)
        for _time in range(2):
            page = client.post(url("end-code", checklist, code.pk), follow=True)
            assert "The code is withdrawn" in page.text
        assert not ShareCode.objects.exists()

    def test_that_a_firm_has_used_is_not_withdrawn(self, client, checklist, code_of, firm):
        code = code_of(checklist)
        take_code(code=code, organisation=firm.organisation, by=firm.advisor, name="Ana")
        page = client.post(url("end-code", checklist, code.pk), follow=True)
        assert "A firm has used this code already" in page.text
        assert ShareCode.objects.filter(pk=code.pk).exists()

    def test_that_is_over_is_not_shown(self, client, checklist, code_of):
        code = code_of(checklist)
        ShareCode.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
        assert written(code.code) not in client.get(url("access", checklist)).text

    def test_sixth_open_one_is_refused_with_what_was_chosen(self, client, checklist, code_of):
        for _time in range(5):
            code_of(checklist)
        page = client.post(url("new-code", checklist), {"shares_notes": "on"})
        assert page.status_code == 422
        assert "You have 5 open codes. Withdraw one first." in page.text
        assert checklist.codes.count() == 5

    def test_of_somebody_else_is_left_alone(self, client, checklist, code_of):
        other = code_of(Checklist.objects.start(answers={}, edition=1))
        client.post(url("end-code", checklist, other.pk))
        assert ShareCode.objects.filter(pk=other.pk).exists()


class TestFirm:
    def test_stands_there_with_its_advisor_and_what_it_sees(self, client, checklist, place):
        page = text_of(client.get(url("access", checklist)))
        assert "one firm that you let in" in page
        assert "Move Well" in page
        assert "Adam Advisor" in page
        assert "the checklist with your answers, your documents and your notes" in page

    def test_sees_less_from_now_on(self, client, checklist, place):
        sent = {"seen": seen_of(place, SHARES), "shares_checklist": "on"}
        page = client.post(url("shares", checklist, place.pk), sent, follow=True)
        assert "Move Well now sees the checklist with your answers." in text_of(page)
        place.refresh_from_db()
        assert (place.shares_checklist, place.shares_documents, place.shares_notes) == (True, False, False)
        assert "You changed what is shared: the checklist with your answers: Move Well" in text_of(page).replace(
            "<strong>", ""
        ).replace("</strong>", "")

    def test_change_in_two_windows_shows_both(self, client, checklist, place):
        seen = {"seen": seen_of(place, SHARES)}
        client.post(url("shares", checklist, place.pk), {**seen, "shares_checklist": "on"})
        page = client.post(url("shares", checklist, place.pk), {**seen, "shares_notes": "on"})
        assert page.status_code == 409
        assert "now sees the checklist with your answers. Below is what you chose" in text_of(page)
        place.refresh_from_db()
        assert (place.shares_checklist, place.shares_notes) == (True, False)
        again = {"seen": seen_of(place, SHARES), "shares_notes": "on"}
        assert f'value="{again["seen"]}"' in page.text
        assert client.post(url("shares", checklist, place.pk), again).status_code == 302

    def test_form_that_was_tampered_with_changes_nothing(self, client, checklist, place):
        page = client.post(url("shares", checklist, place.pk), {"seen": "x"})
        assert page.status_code == 409
        place.refresh_from_db()
        assert place.shares_checklist

    def test_is_put_out_after_a_question(self, client, checklist, place):
        asked = client.get(url("end", checklist, place.pk))
        assert "Take the access back from Move Well?" in asked.text
        page = client.post(url("end", checklist, place.pk), follow=True)
        assert "Move Well no longer sees your checklist." in page.text
        assert "took the access back" in page.text
        place.refresh_from_db()
        assert place.revoked_at and not place.is_open

    def test_that_is_out_has_no_page_any_more(self, client, checklist, place):
        take_back(place=place)
        for name in ("shares", "end"):
            assert client.post(url(name, checklist, place.pk), {"seen": seen_of(place, SHARES)}).status_code == 404

    def test_comes_in_again_with_a_new_code(self, checklist, place, firm, code_of):
        take_back(place=place)
        code = code_of(checklist, shares_notes=False)
        again = take_code(code=code, organisation=firm.organisation, by=firm.owner)
        assert again.pk == place.pk
        assert again.is_open and not again.shares_notes
        assert CasePerson.objects.count() == 1


class TestLog:
    def test_tells_every_look_and_change_by_name(self, client, checklist, place, firm):
        Visit.objects.create(person=place, user=firm.viewer, name="Vera Viewer", what=Visit.What.ANSWERS)
        save_item(
            access=Access(checklist, place, firm.advisor),
            kind="document",
            key="padron-certificate",
            done=True,
        )
        page = text_of(client.get(url("access", checklist)))
        assert "<strong>Vera Viewer</strong> (Move Well) looked at the answers" in page
        assert "<strong>Adam Advisor</strong> (Move Well) ticked “Certificate of residence from the padrón”" in page
        assert "<strong>Adam Advisor</strong> (Move Well) opened your checklist with your code" in page

    def test_leaves_out_what_the_client_did(self, client, checklist, place):
        save_item(access=Access(checklist), kind="document", key="photo", done=True)
        assert "ticked “" not in client.get(url("access", checklist)).text

    def test_stays_when_the_firm_is_out_and_its_details_are_erased(self, client, checklist, place, firm):
        save_item(access=Access(checklist, place, firm.advisor), kind="document", key="photo", done=True)
        take_back(place=place)
        HistoryEntry.objects.erase_details()
        page = text_of(client.get(url("access", checklist)))
        assert "took the access back" in page
        assert "<strong>Adam Advisor</strong> (Move Well) ticked (erased)" in page

    def test_is_paged(self, client, checklist, place, firm):
        Visit.objects.bulk_create(
            Visit(person=place, user=firm.viewer, name=f"Look {number}.", what=Visit.What.CHECKLIST)
            for number in range(30)
        )
        first, second = (client.get(url("access", checklist), {"page": page}).text for page in (1, 2))
        assert first.count("Look ") == 25
        assert second.count("Look ") == 5
        assert "Page 1 of 2" in first

    def test_takes_as_many_queries_however_long_it_is(self, client, checklist, place, firm, django_assert_num_queries):
        Visit.objects.bulk_create(
            Visit(person=place, user=firm.viewer, name="Vera", what=Visit.What.CHECKLIST) for _time in range(20)
        )
        with django_assert_num_queries(9):
            client.get(url("access", checklist))


PAGES = [("access",), ("end", 1)]
POSTS = [("new-code",), ("end-code", 1), ("shares", 1), ("end", 1)]


class TestAnybodyElse:
    @pytest.mark.parametrize("page", [*PAGES, *POSTS])
    def test_other_link_leads_nowhere(self, client, published, page):
        address = reverse(f"sharing:{page[0]}", args=["x" * 22, *page[1:]])
        assert (client.post if page in POSTS else client.get)(address).status_code == 404

    @pytest.mark.parametrize("page", [("access",), ("new-code",)])
    def test_firm_does_not_get_in_through_its_door(self, client, place, firm, page):
        client.force_login(firm.owner)
        address = reverse(f"sharing:{page[0]}", args=[place.door, *page[1:]])
        assert (client.post if page == ("new-code",) else client.get)(address).status_code == 404

    @pytest.mark.parametrize("name", ["shares", "end"])
    def test_other_clients_firm_is_not_found(self, client, place, name):
        other = Checklist.objects.start(answers={}, edition=1)
        assert client.post(url(name, other, place.pk), {"seen": seen_of(place, SHARES)}).status_code == 404
        place.refresh_from_db()
        assert place.is_open

    @pytest.mark.parametrize("page", POSTS[:3])
    def test_buttons_only_take_a_post(self, client, checklist, page):
        assert client.get(url(page[0], checklist, *page[1:])).status_code == 405

    @pytest.mark.parametrize("method", ["put", "delete"])
    def test_pages_take_nothing_else(self, client, checklist, place, method):
        assert getattr(client, method)(url("access", checklist)).status_code == 405
        assert getattr(client, method)(url("end", checklist, place.pk)).status_code == 405

    def test_page_stays_out_of_search_engines_and_caches(self, client, checklist):
        response = client.get(url("access", checklist))
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert "private" in response.headers["Cache-Control"]

    def test_checklist_of_a_preview_is_not_shared(self, client, editor, published, today):
        preview = Checklist.objects.start_preview(answers={}, edition=1)
        client.force_login(editor)
        assert client.get(f"/preview/draft/today{url('access', preview)}").status_code == 404
