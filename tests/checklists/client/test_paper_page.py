"""The page of one paper: how to get it, for what, what does as well, and why; and the page that keeps the link."""

import datetime

import pytest

from checklists.models import Checklist
from guides import clock
from tests.checklists.pages import address, plain, press, row, tick_of
from tests.checklists.planner.small import deadline, procedure


def show(client, checklist, key, **headers):
    response = client.get(address("paper", checklist, key), headers=headers)
    assert response.status_code == 200
    return response


class TestPaper:
    def test_says_from_whom_when_and_for_what(self, client, freelancer):
        page = show(client, freelancer, "padron-certificate").text
        assert '<span class="local" lang="es">Certificado de empadronamiento</span>' in page
        assert "Get it between 25 January 2027 (Monday) and 15 February 2027 (Monday)." in page
        assert "Not older than 3 months" in page
        assert "Health card (TSI) asks for it" in page
        for task in ("empadronamiento", "tie-ex17"):
            assert f'href="{address("task", freelancer, task)}"' in page

    @pytest.mark.parametrize(
        ("deadlines", "told"),
        [
            ([], "not older than 3 months"),
            ([deadline("earliest", "start")], "not older than 3 months"),
            ([deadline("earliest", "start"), deadline("latest", "start + 1 month")], "get it by 1 feb"),
        ],
        ids=["any day", "no last day", "dated"],
    )
    def test_days_are_told_only_where_something_says_when_it_is_handed_in(self, page, deadlines, told):
        young = {"documents": ["certificate"], "max_age": "3 months"}
        found = page(procedure("card", needs=[[young]], deadlines=deadlines), start="2027-01-15")
        assert told in plain(row(found, "document", "certificate")).casefold()

    def test_in_its_row_five_reasons_are_enough(self, client, freelancer):
        page = show(client, freelancer, "passport").text
        reasons = page.partition('class="paper__why')[2].partition("</ul>")[0]
        more = reasons.count('<li class="paper__on-page">')
        assert reasons.count("<li>") >= 5
        assert f"and {more} more task" in reasons
        assert page.index(">Close<") < page.index('class="paper__why')

    def test_leads_back_to_its_row(self, client, freelancer):
        page = show(client, freelancer, "photo").text
        assert f'href="{freelancer.get_absolute_url()}#document-photo"' in page

    def test_is_ticked_and_stays_in_view(self, client, freelancer):
        page = show(client, freelancer, "photo")
        url = address("paper", freelancer, "photo")
        button = tick_of(page, "document", "photo")
        after = client.post(button["formaction"], {"done": "1", "next": url}, follow=True)
        assert after.redirect_chain[-1][0].startswith(url)
        assert "row--done" in row(after, "document", "photo")

    def test_answers_that_say_it_is_held_are_named(self, client, employee):
        page = show(client, employee, "residence-visa").text
        assert "You said that you have it." in page
        assert address("change-answer", employee, "in_hand") in page

    def test_sources_open_in_place_with_confidence_publisher_and_day(self, client, freelancer):
        page = show(client, freelancer, "padron-certificate").text
        note = page.partition('<div class="fact-note"')[2].partition("<button")[0]
        assert "verified on 21 November 2026" in note
        assert "tag--official" in note or "tag--secondary" in note
        assert "https://" in note

    def test_what_does_as_well_can_be_ticked(self, client, published, today):
        from tests.checklists.conftest import answers_of

        checklist = Checklist.objects.start(answers=answers_of("pt-11"), edition=1)
        page = show(client, checklist, "rental-contract")
        assert "one of these is enough" in page.text
        other = page.text.partition('class="check" id="document-')[2].partition('"')[0]
        press(client, page, "document", other)
        assert checklist.items.get(key=other).done

    def test_an_own_note_stands_there(self, client, freelancer):
        freelancer.items.create(kind="document", key="photo", note="In the blue folder", date=datetime.date(2027, 1, 2))
        page = show(client, freelancer, "photo").text
        assert "In the blue folder" in page
        assert "2 January 2027" in page

    def test_opened_in_its_row_its_forms_lead_back_to_the_list(self, client, freelancer):
        own, opened = show(client, freelancer, "photo").text, show(client, freelancer, "photo", hx_request="true").text
        url = address("item", freelancer, "document", "photo")
        assert f'href="{url}?next={address("paper", freelancer, "photo")}"' in own
        assert f'href="{url}?next={freelancer.get_absolute_url()}"' in opened

    def test_what_another_line_stands_for_leads_there(self, client, freelancer):
        response = client.get(address("paper", freelancer, "identity-document"))
        assert response.url == address("paper", freelancer, "passport")

    @pytest.mark.parametrize("key", ["no-such", "nuss"])
    def test_others_are_not_found(self, client, freelancer, key):
        response = client.get(address("paper", freelancer, key))
        assert response.status_code == 404
        assert "This paper is not on the list" in response.text

    @pytest.mark.parametrize("name", ["paper", "keep"])
    def test_other_methods_are_refused(self, client, freelancer, name):
        assert client.post(address(name, freelancer, *(["photo"] if name == "paper" else []))).status_code == 405

    def test_queries_are_few(self, client, freelancer, django_assert_num_queries):
        with django_assert_num_queries(2):
            show(client, freelancer, "photo")


class TestDoubts:
    def test_overdue_facts_are_named_by_their_numbers_and_marked_in_their_notes(self, client, freelancer):
        with clock.as_of(datetime.date(2027, 5, 21)):
            page = show(client, freelancer, "padron-certificate").text
        assert "Should have been checked again" not in page
        with clock.as_of(datetime.date(2027, 5, 22)):
            page = show(client, freelancer, "padron-certificate").text
        assert "Should have been checked again by now: fact" in page
        assert "This should have been checked again by 21 May 2027." in page

    def test_disputed_facts_are_named_and_tell_which_one_is_followed(self, client, freelancer):
        page = show(client, freelancer, "padron-certificate").text
        assert "Sources disagree: see fact" in page
        assert "Another source says otherwise:" in page


class TestKeep:
    def test_has_the_whole_link_and_the_emails(self, client, freelancer):
        page = client.get(address("keep", freelancer)).text
        assert f"http://testserver{freelancer.get_absolute_url()}" in page
        assert f'action="{address("mail", freelancer)}"' in page
        assert f'formaction="{address("new-link", freelancer)}"' in page

    def test_knows_whether_this_browser_remembers_it(self, client, freelancer):
        assert "Remember it in this browser" in client.get(address("keep", freelancer)).text
        client.post(address("remember", freelancer))
        assert "This browser remembers it." in client.get(address("keep", freelancer)).text
