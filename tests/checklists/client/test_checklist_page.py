"""The checklist page: everything of a plan, each document once, with reasons and sources."""

import datetime
import re

import pytest
from django.utils.html import escape

from checklists.models import Checklist
from checklists.planning import plan_checklist
from guides import clock
from tests.checklists.conftest import answers_of
from tests.checklists.pages import address, list_of, press, row


def show(client, checklist):
    response = client.get(checklist.get_absolute_url())
    assert response.status_code == 200
    return response


def ids(response):
    return re.findall(r'\sid="([^"]+)"', response.text)


class TestContent:
    def test_begins_with_the_next_step_and_why(self, client, freelancer, published, today):
        page = show(client, freelancer).text
        hero = page.partition("Do this next")[2].partition("</section>")[0]
        ready = [task for task in plan_checklist(published, freelancer, (), today).tasks if task.ready]
        [task] = [task for task in ready if f'<h2 id="next-title">{escape(task.name)}</h2>' in hero]
        assert escape(task.way.procedure.reason) in hero
        assert page.index("Do this next") < page.index("tasks finished") < page.index("Documents to collect")

    @pytest.mark.parametrize("persona", ["es-01", "es-05", "es-09", "pt-01", "pt-05", "pt-11"])
    def test_every_line_stands_there_once(self, client, published, today, persona):
        page = show(client, Checklist.objects.start(answers=answers_of(persona), edition=1))
        found = ids(page)
        assert len(found) == len(set(found))
        assert any(name.startswith("document-") for name in found)
        assert any(name.startswith("procedure-") for name in found)

    @pytest.mark.parametrize("persona", ["es-01", "es-05", "es-09", "pt-01", "pt-05", "pt-11"])
    def test_links_inside_the_page_lead_somewhere(self, client, published, today, persona):
        page = show(client, Checklist.objects.start(answers=answers_of(persona), edition=1))
        targets = set(re.findall(r'href="#([^"]+)"', page.text)) | set(
            re.findall(r'popovertarget="([^"]+)"', page.text)
        )
        assert targets <= set(ids(page))

    def test_document_has_its_local_name_window_and_reason(self, client, freelancer):
        found = row(show(client, freelancer), "document", "padron-certificate")
        assert '<span class="local" lang="es">Certificado de empadronamiento</span>' in found
        assert "Get it between 25 January 2027 (Monday) and 15 February 2027 (Monday)" in found
        assert "Health card (TSI) asks for it" in found
        assert "Not older than 3 months" in found

    def test_sources_open_in_place_with_confidence_publisher_and_day(self, client, freelancer):
        page = show(client, freelancer).text
        note = page.partition('<div class="fact-note" id="note.padron.obligation"')[2].partition("<button")[0]
        assert "verified on 21 November 2026" in note
        assert "tag--official" in note or "tag--secondary" in note
        assert "https://" in note

    def test_document_of_the_answers_is_in_hand_without_a_tick(self, client, employee):
        found = row(show(client, employee), "document", "residence-visa")
        assert "You said that you have it." in found
        assert address("change-answer", employee, "in_hand") in found
        assert "tick-document-residence-visa" not in found

    def test_ways_are_compared(self, client, freelancer):
        page = show(client, freelancer).text
        task = page.partition('id="procedure-aeat-censal-036"')[2].partition("</article>")[0]
        assert "Recommended: It asks for no access that you do not have yet" in task
        assert "You still need: FNMT digital certificate" in task

    def test_dates_are_listed_in_order(self, client, freelancer):
        page = show(client, freelancer).text
        days = re.findall(r'<time datetime="([\d-]+)">', page.partition('id="dates"')[2].partition("</section>")[0])
        assert days == sorted(days)
        assert "2027-02-14" in days

    def test_calendar_has_a_table_beside_it(self, client, freelancer):
        page = show(client, freelancer).text
        assert "<svg" in page.partition('class="timeline"')[2]
        assert "<table" in page.partition("The same as a table")[2]

    def test_guides_of_the_plan_are_offered(self, client, freelancer):
        found = show(client, freelancer).text.partition('id="guides-title"')[2]
        assert "/guides/spain/" in found
        assert "/guides/portugal/" not in found

    def test_without_a_destination_asks_for_it(self, client, published, today):
        checklist = Checklist.objects.start(answers={}, edition=1)
        page = show(client, checklist).text
        assert "Nothing is certain yet." in page
        assert f'href="{address("next-question", checklist)}"' in page
        assert "Documents to collect" not in page

    def test_says_when_everything_is_done(self, client, freelancer):
        freelancer.answers |= {"digital_id": ["none"], "housing": "owner", "region": "madrid"}
        freelancer.save()
        while tasks := set(re.findall(r'id="tick-procedure-([\w-]+)"[^>]*>\s*<svg', show(client, freelancer).text)):
            for key in tasks:
                freelancer.items.create(kind="procedure", key=key, done=True)
            freelancer.save()
        page = show(client, freelancer).text
        assert "Everything is done" in page
        assert "Do this next" not in page
        assert "Everything required is done." in page

    def test_while_all_tasks_wait_documents_are_next(self, client, freelancer):
        for key in ("fnmt-certificate", "aeat-censal-036", "digital-nomad-social-security"):
            freelancer.items.create(kind="procedure", key=key, done=True)
        freelancer.save()
        page = show(client, freelancer).text
        assert "Collect your documents" in page
        assert 'href="#documents"' in page.partition("Do this next")[2].partition("</section>")[0]

    def test_done_because_of_an_answer_can_only_be_changed_there(self, client, published, today):
        answers = answers_of("pt-01") | {"in_hand": ["residence-visa", "nif-document"]}
        page = show(client, Checklist.objects.start(answers=answers, edition=1))
        card = page.text.partition('id="procedure-nif"')[2].partition("</article>")[0]
        assert "Done already, as your answers say." in card
        assert "Not finished after all" not in card

    def test_answers_that_no_edition_knows_are_left_aside(self, client, freelancer):
        freelancer.answers |= {"shoe_size": 44, "housing": "igloo"}
        freelancer.save()
        show(client, freelancer)


class TestCost:
    def test_first_view_needs_two_queries(self, client, freelancer, django_assert_num_queries):
        with django_assert_num_queries(2):
            show(client, freelancer)

    def test_further_views_need_one(self, client, freelancer, django_assert_num_queries):
        show(client, freelancer)
        with django_assert_num_queries(1):
            show(client, freelancer)

    def test_what_is_kept_holds_no_token_of_a_request(self, client, freelancer):
        first, second = show(client, freelancer), show(client, freelancer)
        tokens = [re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1] for page in (first, second)]
        assert tokens[0] != tokens[1]
        assert not {"csrfmiddlewaretoken", *tokens} & set(re.findall(r"[\w-]+", list_of(first)))

    def test_a_change_is_seen_at_once(self, client, freelancer):
        page = show(client, freelancer)
        press(client, page, "document", "photo")
        assert "doc--done" in show(client, freelancer).text

    def test_another_day_is_another_page(self, client, freelancer, monkeypatch, today):
        import datetime

        from django.utils import timezone

        assert "in 3 months" in show(client, freelancer).text
        monkeypatch.setattr(timezone, "localdate", lambda: today + datetime.timedelta(days=75))
        assert "in 10 days" in show(client, freelancer).text

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    def test_other_methods_are_refused(self, client, freelancer, method):
        assert getattr(client, method)(freelancer.get_absolute_url()).status_code == 405


class TestDoubts:
    def test_overdue_facts_are_named_by_their_numbers_and_marked_in_their_notes(self, client, freelancer):
        with clock.as_of(datetime.date(2027, 5, 21)):
            page = show(client, freelancer)
        assert "Should have been checked again" not in row(page, "document", "padron-certificate")
        with clock.as_of(datetime.date(2027, 5, 22)):
            page = show(client, freelancer)
        assert "Should have been checked again by now: fact" in row(page, "document", "padron-certificate")
        note = page.text.partition('<div class="fact-note" id="note.padron.obligation"')[2].partition("<button")[0]
        assert "This should have been checked again by 21 May 2027." in note

    def test_disputed_facts_are_named_and_tell_which_one_is_followed(self, client, employee):
        page = show(client, employee)
        note = page.text.partition('<div class="fact-note" id="note.pt-er-01"')[2].partition("<button")[0]
        assert "Another source says otherwise:" in note
        assert "Checklists follow that one:" in note
        assert "Sources disagree: see fact" in page.text

    def test_task_leads_to_a_report_of_what_an_office_did_differently(self, client, freelancer):
        task = row_of_task(show(client, freelancer), "aeat-censal-036")
        assert 'href="/procedures/spain/aeat-censal-036/report/"' in task


def row_of_task(page, key):
    return page.text.partition(f'id="procedure-{key}"')[2].partition("</article>")[0]
