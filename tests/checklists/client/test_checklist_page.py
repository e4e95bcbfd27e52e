"""The checklist page: where one stands, what to do next, tasks and papers as rows, the next dates; and nothing else."""

import datetime
import re

import pytest
from django.utils.html import escape

from checklists.models import Checklist
from checklists.planning import plan_checklist
from guides import clock
from tests.checklists.conftest import answers_of
from tests.checklists.pages import address, list_of, plain, press, row
from tests.checklists.planner.test_personas import PERSONAS

MOST_BYTES, MOST_ELEMENTS = 120_000, 1_500


def show(client, checklist):
    response = client.get(checklist.get_absolute_url())
    assert response.status_code == 200
    return response


def ids(response):
    return re.findall(r'\sid="([^"]+)"', response.text)


class TestContent:
    def test_begins_with_the_next_step_and_its_day(self, client, freelancer, published, today):
        page = show(client, freelancer).text
        hero = page.partition("Do this next")[2].partition("</section>")[0]
        ready = [task for task in plan_checklist(published, freelancer, (), today).tasks if task.ready]
        [task] = [task for task in ready if f'<h2 id="next-title">{escape(task.name)}</h2>' in hero]
        assert "by 12 February (Friday), in 3 months" in plain(hero)
        assert escape(task.way.steps[0].text) in hero
        assert f'href="{address("task", freelancer, task.key)}"' in hero
        assert "Bring: " in hero
        assert (
            page.index("tasks done") < page.index("Do this next") < page.index('id="tasks"') < page.index('id="papers"')
        )

    def test_a_duty_comes_next_while_no_task_can_be_started(self, client, published, today):
        """A freelancer with all numbers: the declaration of January, and not the renewal of August."""
        checklist = Checklist.objects.start(answers=answers_of("pt-29"), edition=1)
        hero = hero_of(show(client, checklist))
        assert "No task can start before" not in hero
        assert "tasks/freelancer-contributions/" in hero

    def test_task_offers_the_number_to_call(self, client, published, today):
        checklist = Checklist.objects.start(answers=answers_of("pt-21"), edition=1)
        assert 'href="tel:' in client.get(f"{checklist.get_absolute_url()}tasks/expired-permit/").text

    def test_task_opens_the_page_of_its_first_step(self, client, employee):
        task = f"{employee.get_absolute_url()}tasks/tax-number/"
        frame = client.get(task).text.partition('class="frame')[2].partition("</section>")[0]
        assert re.search(r'href="https://[^"]+"[^>]*>Open', frame)

    def test_one_line_tells_where_the_person_stands(self, client, employee):
        page = show(client, employee).text
        standing = page.partition('<p class="head__meta">')[2].partition("</p>")[0]
        assert standing == "0 of 7 tasks done · 1 of 10 papers in hand · you arrived on 16 November"

    @pytest.mark.parametrize("persona", sorted(PERSONAS))
    def test_is_short_and_every_line_stands_there_once(self, client, published, today, persona):
        page = show(client, Checklist.objects.start(answers=answers_of(persona), edition=1))
        found = ids(page)
        assert len(found) == len(set(found))
        assert any(name.startswith("document-") for name in found)
        assert any(name.startswith("procedure-") for name in found)
        assert len(page.content) <= MOST_BYTES
        assert len(re.findall(r"<[a-z]", page.text)) <= MOST_ELEMENTS

    @pytest.mark.parametrize("persona", ["es-01", "es-05", "es-09", "es-27", "pt-01", "pt-05", "pt-27"])
    def test_links_inside_the_page_lead_somewhere(self, client, published, today, persona):
        page = show(client, Checklist.objects.start(answers=answers_of(persona), edition=1))
        targets = set(re.findall(r'href="#([^"]+)"', page.text))
        for opened in re.findall(r'popovertarget="([^"]+)"', page.text):
            targets.add(opened)
        assert targets <= set(ids(page))

    @pytest.mark.parametrize("persona", sorted(PERSONAS))
    def test_every_row_leads_to_a_page_of_its_own(self, client, published, today, persona):
        page = show(client, Checklist.objects.start(answers=answers_of(persona), edition=1))
        rows = re.findall(r'<h4 class="row__name"><a [^>]*href="([^"]+)"', page.text)
        assert len(rows) > 1
        for url in rows:
            assert client.get(url).status_code == 200, url

    def test_weight_ring_and_words_tell_what_can_be_done_now(self, client, employee):
        page = show(client, employee)
        ready, waiting = (row(page, "procedure", key) for key in ("nif", "fiscal-address-change"))
        assert 'class="row row--ready"' in ready
        assert 'state--ready" role="img" aria-label="Can be started"' in ready
        assert "You can start now" in ready
        assert 'class="row row--waiting"' in waiting
        assert "After: Get your tax number (NIF)" in waiting
        assert "<b>15 Jan</b>at the latest" in waiting
        assert "<button" not in ready + waiting

    def test_a_day_within_a_week_presses(self, client, employee):
        with clock.as_of(datetime.date(2027, 1, 9)):
            found = row(show(client, employee), "procedure", "fiscal-address-change")
        assert "row--soon" in found
        assert '<b>15 Jan</b><span class="no-print">in 6 days</span>' in found
        assert '<span class="print-only">at the latest</span>' in found

    def test_an_appointment_stands_at_its_task(self, client, employee):
        found = row(show(client, employee), "procedure", "aima-first-permit")
        assert "<b>14 Jan</b>appointment" in found
        assert "Your appointment. After: Get your tax number (NIF)" in found

    def test_phases_count_their_tasks_and_the_first_is_now(self, client, employee):
        phases = re.findall(r'<h3 class="phase">([^<]+)<span>(\d+)</span>', show(client, employee).text)
        assert phases[0] == ("Now: your first weeks", "7")
        assert ("Your first months", "2") in phases

    def test_of_somebody_who_is_there_for_long_no_weeks_are_the_first(self, client, employee):
        employee.answers["arrival_date"] = "2026-03-01"
        employee.save()
        phases = re.findall(r'<h3 class="phase">([^<]+)<span>', show(client, employee).text)
        assert phases[0] == "Now: the next weeks"
        assert "Your first months" not in phases

    @pytest.mark.parametrize(
        ("day", "told"),
        [
            ((2026, 11, 30), "Tomorrow is a public holiday. Offices are closed."),
            ((2026, 12, 1), "Today is a public holiday. Offices are closed."),
            ((2026, 12, 2), ""),
            # Christmas 2027 falls on a Saturday, which closes nothing more.
            ((2027, 12, 24), ""),
        ],
    )
    def test_a_public_holiday_is_told_to_those_who_are_there(self, client, employee, day, told):
        with clock.as_of(datetime.date(*day)):
            page = show(client, employee).text
        assert (told in page) if told else ("public holiday. Offices" not in page)

    def test_where_the_last_day_is_closed_the_row_says_that_it_names_the_last_open_one(self, client, published, today):
        """The ninetieth day of this visitor, 2 January 2027, is a Saturday after a holiday."""
        visitor = Checklist.objects.start(answers=answers_of("es-27"), edition=1)
        found = row(show(client, visitor), "procedure", "visitor-90-days")
        assert "<b>31 Dec</b>last open day" in found

    def test_papers_stand_under_where_they_come_from(self, client, employee):
        page = show(client, employee).text
        ask, fill, given = (
            page.index(f">{title}<span>") for title in ("Bring or ask for", "Fill in", "Comes from a task")
        )
        assert ask < page.index('id="document-passport"') < fill < page.index('id="document-sworn-') < given
        assert given < page.index('id="document-nif-document"')

    def test_paper_has_its_local_name_form_and_window(self, client, freelancer):
        page = show(client, freelancer)
        found = row(page, "document", "padron-certificate")
        assert '<span class="local" lang="es">Certificado de empadronamiento</span>' in found
        assert "get it 25 Jan to 15 Feb" in found
        assert "Original and copy, <b>apostille and sworn translation</b> if foreign" in row(
            page, "document", "relationship-proof"
        )

    def test_a_paper_of_all_countries_has_the_name_of_the_one_that_is_moved_to(self, client, employee, freelancer):
        assert 'lang="pt">Passaporte</span>' in row(show(client, employee), "document", "passport")
        assert 'lang="es">Pasaporte</span>' in row(show(client, freelancer), "document", "passport")

    def test_document_of_the_answers_is_in_hand_without_a_tick(self, client, employee):
        found = row(show(client, employee), "document", "residence-visa")
        assert "You said that you have it" in found
        assert "row--done" in found
        assert "tick-document-residence-visa" not in found

    def test_next_dates_are_few_and_lead_to_all(self, client, freelancer):
        found = show(client, freelancer).text.partition('id="dates"')[2].partition("</section>")[0]
        days = re.findall(r'<time datetime="([\d-]+)">', found)
        assert days == sorted(days)
        assert len(days) == 5
        assert re.search(r'href="[^"]+/calendar/">Calendar and all \d+ dates</a>', found)

    def test_guides_of_the_plan_are_offered(self, client, freelancer):
        found = show(client, freelancer).text.partition("guides for your case")[2]
        assert "/guides/spain/" in found
        assert "/guides/portugal/" not in found

    def test_everything_else_is_under_more(self, client, freelancer):
        menu = show(client, freelancer).text.partition('class="head__do')[2].partition("</details>")[0]
        for name in ("answers", "keep"):
            assert f'href="{address(name, freelancer)}"' in menu
        assert "Print" in menu
        assert "Who can see this" in menu

    def test_without_a_destination_asks_for_it(self, client, published, today):
        checklist = Checklist.objects.start(answers={}, edition=1)
        page = show(client, checklist).text
        assert "Nothing is certain yet." in page
        assert f'href="{address("next-question", checklist)}"' in page
        assert 'id="papers"' not in page

    def test_while_nothing_is_certain_shows_the_question_and_no_catalogue(self, client, beginner):
        page = show(client, beginner)
        assert "Nothing is certain yet." in page.text
        assert re.search(r"\d+ tasks are possible in Spain", page.text)
        assert 'href="/guides/spain/"' in page.text
        assert 'class="row' not in page.text
        assert len(page.content) < 15_000

    def test_says_when_everything_is_done(self, client, freelancer):
        freelancer.answers |= {"digital_id": ["none"], "housing": "owner", "region": "madrid"}
        freelancer.save()
        while tasks := set(re.findall(r'row--(?!done)[^>]*id="procedure-([\w-]+)"', show(client, freelancer).text)):
            for key in tasks:
                freelancer.items.create(kind="procedure", key=key, done=True)
            freelancer.save()
        page = show(client, freelancer).text
        assert "Everything is done" in page
        assert "Do this next" not in page
        assert "everything required is done" in page

    def test_done_tasks_sink_into_one_fold(self, client, freelancer):
        freelancer.items.create(kind="procedure", key="empadronamiento", done=True, date=datetime.date(2026, 11, 10))
        freelancer.save()
        page = show(client, freelancer)
        assert (
            page.text.index("<h3>Done</h3>")
            < page.text.index('id="procedure-empadronamiento"')
            < page.text.index('id="papers"')
        )
        assert "<b>10 Nov</b>done" in row(page, "procedure", "empadronamiento")

    def test_while_all_tasks_wait_papers_are_next(self, client, freelancer):
        for key in ("fnmt-certificate", "aeat-censal-036", "digital-nomad-social-security"):
            freelancer.items.create(kind="procedure", key=key, done=True)
        freelancer.save()
        page = show(client, freelancer)
        assert "Collect your papers" in page.text
        assert 'href="#papers"' in hero_of(page)

    def test_done_because_of_an_answer_can_only_be_changed_there(self, client, published, today):
        answers = answers_of("pt-01") | {"in_hand": ["residence-visa", "nif-document"]}
        checklist = Checklist.objects.start(answers=answers, edition=1)
        assert "row--done" in row(show(client, checklist), "procedure", "nif")
        task = client.get(address("task", checklist, "tax-number")).text
        assert "Done already, as your answers say." in task
        assert "Not done after all" not in task

    def test_answers_that_no_edition_knows_are_left_aside(self, client, freelancer):
        freelancer.answers |= {"shoe_size": 44, "housing": "igloo"}
        freelancer.save()
        show(client, freelancer)


def hero_of(page):
    return page.text.partition("Do this next")[2].partition("</section>")[0]


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
        assert "row--done" in row(show(client, freelancer), "document", "photo")

    def test_another_day_is_another_page(self, client, freelancer, monkeypatch, today):
        import datetime

        from django.utils import timezone

        assert "in 3 months" in hero_of(show(client, freelancer))
        monkeypatch.setattr(timezone, "localdate", lambda: today + datetime.timedelta(days=75))
        assert "in 8 days" in hero_of(show(client, freelancer))

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    def test_other_methods_are_refused(self, client, freelancer, method):
        assert getattr(client, method)(freelancer.get_absolute_url()).status_code == 405
