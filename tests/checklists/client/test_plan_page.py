"""What the list says of a plan: what to read first, one row for each thing to reach, what comes again, how it ends."""

import re

import pytest
from django.utils.html import escape

from tests.checklists.pages import address, plain, press, row
from tests.checklists.planner.small import (
    deadline,
    document,
    procedure,
    task,
)


def task_row(page, key):
    return row(page, "procedure", key)


class TestDays:
    def test_a_row_tells_the_last_day_and_the_hero_how_far_it_is(self, page):
        found = page(procedure("a", days=2, deadlines=[deadline("deadline", "start")]), start="2027-01-29")
        assert "You can start now" in task_row(found, "a")
        assert "<b>29 Jan</b>at the latest" in task_row(found, "a")
        assert "by 29 January (Friday), in 2 months" in plain(found.text.partition("Do this next")[2])

    def test_what_is_late_says_so(self, page):
        found = page(procedure("a", days=2, deadlines=[deadline("deadline", "start")]), start="2026-11-10")
        assert "<b>10 Nov</b>late" in task_row(found, "a")
        assert 'state--late" role="img" aria-label="Overdue"' in task_row(found, "a")

    def test_an_own_day_is_an_appointment(self, client, page):
        page(procedure("a", days=2), procedure("b", order=2))
        page.checklist.items.create(kind="procedure", key="b", date="2026-12-15", time="10:40", office="The Office")
        page.checklist.save()
        found = task_row(client.get(page.checklist.get_absolute_url()), "b")
        assert "<b>15 Dec</b>appointment" in found
        assert "Your appointment, 10:40, The Office" in found
        assert "You can start now" not in found


class TestAppointment:
    """What the list says once the first task has an appointment."""

    @pytest.fixture
    def booked(self, client, page):
        def show(day, **start):
            steps = [{"key": "book", "text": "Book a day."}]
            desks = [{"key": key, "kind": "in_person", "name": key} for key in ("desk", "post")]
            last = [deadline("deadline", "start")] if start else []
            page(procedure("a", days=0, needs=["photo"], steps=steps, channels=desks, deadlines=last), **start)
            page.checklist.items.create(kind="procedure", key="a", date=day, time="10:40", office="The Office")
            page.checklist.save()
            return client.get(page.checklist.get_absolute_url())

        return show

    def test_the_next_step_says_when_where_and_what_to_bring(self, booked):
        hero = booked("2026-12-15").text.partition("Do this next")[2].partition("</section>")[0]
        assert "You have an appointment: 15 December (Tuesday), 10:40, The Office. Bring: photo." in hero
        assert "on 15 December (Tuesday), in 24 days" in plain(hero)
        assert "Book a day" not in hero

    def test_one_after_the_last_day_is_said_with_a_way_out(self, booked, page):
        found = booked("2027-02-02", start="2027-01-29")
        hero = found.text.partition("Do this next")[2].partition("</section>")[0]
        assert "Your appointment is after the last day, 29 January 2027. Ask for an earlier one." in hero
        assert f'href="{address("task", page.checklist, "a")}#other-ways"' in hero
        assert "by 29 January (Friday)" in hero
        line = task_row(found, "a")
        assert "row--soon" in line
        assert "<b>29 Jan</b>at the latest" in line
        assert "Your appointment, 2 Feb, is after the last day" in line

    def test_one_after_the_last_day_comes_before_what_is_ready(self, client, page):
        later = procedure("b", order=2, days=0, deadlines=[deadline("deadline", "start")])
        page(procedure("a"), later, start="2027-01-29")
        page.checklist.items.create(kind="procedure", key="b", date="2027-02-02")
        page.checklist.save()
        found = client.get(page.checklist.get_absolute_url())
        assert "You can start now" in task_row(found, "a")
        hero = found.text.partition("Do this next")[2].partition("</section>")[0]
        assert "B</h2>" in hero
        assert "Ask for an earlier one." in hero

    def test_what_the_reader_does_comes_before_what_the_employer_does(self, page):
        found = page(procedure("a", by_employer=True), procedure("b", order=2))
        assert "B</h2>" in found.text.partition("Do this next")[2].partition("</section>")[0]

    def test_what_the_employer_does_says_what_comes_first(self, page):
        found = page(procedure("b", gives=["card"]), procedure("c", needs=["card"], order=2, by_employer=True))
        assert "Your employer does it. After: B" in task_row(found, "c")


class TestPaperCopy:
    """What only a printed list has."""

    def test_says_from_where_and_of_which_day_it_is(self, client, page):
        top = page(procedure("a")).text.partition("letterhead")[2].partition("</p>")[0]
        assert "Relocation Checklist (testserver)" in top
        assert "Printed on 21 November 2026" in top
        assert "Guidance, not legal advice" in top
        assert page.checklist.token not in top

    def test_what_is_folded_is_one_line_of_names(self, page):
        found = page(procedure("a"), procedure("b", order=2, required_when="", optional_when="always"))
        assert '<p class="print-only small"><b>You can also (1)</b>: B</p>' in found.text


class TestWays:
    TASK = task("number", "desk-way", "web-way")

    def ways(self):
        online = procedure("web-way", order=2, gives=["paper"], recommended_when="works", required_when="")
        return procedure("desk-way", gives=["paper"]), online

    def test_one_thing_is_one_row_and_the_other_way_is_on_its_page(self, client, page):
        found = page(*self.ways(), tasks=[self.TASK], works=True)
        assert found.text.count('class="row row--') == 1
        assert "0 of 1 tasks done" in found.text
        assert ">Number</a></h4>" in task_row(found, "desk-way")
        shown = client.get(address("task", page.checklist, "number")).text
        assert "Web-Way" in shown.partition("Another way")[2]

    def test_any_way_finishes_the_task(self, client, page):
        page(*self.ways(), tasks=[self.TASK], works=True)
        shown = client.get(address("task", page.checklist, "number")).text
        button = re.search(r'formaction="([^"]+)"[^>]*id="tick-procedure-web-way"', shown)
        client.post(button[1].replace("&amp;", "&"), {"done": "1"})
        after = client.get(page.checklist.get_absolute_url())
        assert "1 of 1 tasks done" in after.text
        assert "row--done" in task_row(after, "web-way")
        assert "everything required is done" in after.text

    def test_what_is_only_offered_is_folded_away(self, page):
        offer = procedure("offer", required_when="", optional_when="destination is xx")
        found = page(procedure("a"), offer)
        assert found.text.index("You can also (1)") < found.text.index('id="procedure-offer"')
        assert "0 of 1 tasks done" in found.text

    def test_a_paper_that_nothing_gives_is_named(self, page):
        found = page(procedure("a", needs=["visa"]), documents=[document("visa", "consulate")])
        assert "You need first: visa" in task_row(found, "a")
        assert "Get what the next tasks need" in found.text

    def test_what_the_employer_does_says_so(self, page):
        assert "Your employer does it" in task_row(page(procedure("a", by_employer=True)), "a")


class TestDuties:
    DUTY = {"key": "return", "text": "File the return.", "first": "start", "every": "3 months", "facts": ["law"]}

    def test_the_next_day_is_among_the_next_dates_until_it_is_ticked(self, client, page):
        found = page(procedure("tax", ongoing=True, recurring=[self.DUTY]), start="2027-01-15")
        assert "Comes again each quarter" in task_row(found, "tax")
        dates = found.text.partition('id="dates"')[2]
        assert '<time datetime="2027-01-15">' in dates
        assert "File the return." in dates
        client.post(address("tick", page.checklist, "recurring", "tax/return/2027-01-15"), {"done": "1"})
        after = client.get(page.checklist.get_absolute_url()).text.partition('id="dates"')[2]
        assert '<time datetime="2027-01-15">' not in after
        assert '<time datetime="2027-04-15">' in after

    def test_what_was_ticked_is_not_a_leftover(self, page):
        past = ("recurring", "tax/return/2026-10-15")
        found = page(procedure("tax", recurring=[self.DUTY]), items=[past], start="2026-04-15")
        assert "No longer needed" not in found.text

    @pytest.mark.parametrize(
        "key", ["tax/return/2027-02-30", "tax/other/2027-01-15", "tax/return", "none/return/2027-01-15"]
    )
    def test_other_days_are_not_found(self, client, page, key):
        page(procedure("tax", recurring=[self.DUTY]), start="2027-01-15")
        assert client.post(address("tick", page.checklist, "recurring", key), {"done": "1"}).status_code == 404

    def test_a_duty_without_an_end_cannot_be_finished(self, client, page):
        found = page(procedure("tax", ongoing=True), procedure("a"))
        assert "Goes on while you live there" in task_row(found, "tax")
        assert "tick-procedure-tax" not in client.get(address("task", page.checklist, "tax")).text
        assert "tick-procedure-a" in client.get(address("task", page.checklist, "a")).text
        assert client.post(address("tick", page.checklist, "procedure", "tax"), {"done": "1"}).status_code == 404
        assert 'name="done"' not in client.get(address("item", page.checklist, "procedure", "tax")).text


class TestPapers:
    def test_one_line_stands_for_all_that_it_is_good_for(self, client, page):
        passport = document("passport", covers=[{"document": "identity"}])
        found = page(procedure("a", needs=["passport"]), procedure("b", needs=["identity"]), documents=[passport])
        assert "for 2 tasks" in row(found, "document", "passport")
        assert 'id="document-identity"' not in found.text
        shown = client.get(address("paper", page.checklist, "passport")).text
        assert "Also called</dt><dd>identity" in shown
        assert f'href="{address("task", page.checklist, "a")}"' in shown
        assert f'href="{address("task", page.checklist, "b")}"' in shown

    def test_information_stands_with_its_task(self, client, page):
        found = page(procedure("a", needs=["iban"]), documents=[document("iban", form="information")])
        assert 'id="papers"' not in found.text
        assert "iban" in client.get(address("task", page.checklist, "a")).text.partition("Have ready")[2]

    @pytest.mark.parametrize(("kind", "words"), [("photo", "Photo"), ("payment", "Payment"), ("paper", "Original")])
    def test_kinds_are_told_apart(self, page, kind, words):
        found = page(procedure("a", needs=["thing"]), documents=[document("thing", kind=kind)])
        assert f'<p class="row__form">{words}</p>' in row(found, "document", "thing")

    def test_forms_stand_under_fill_in(self, page):
        found = page(procedure("a", needs=["thing"]), documents=[document("thing", kind="form")])
        assert found.text.index("Fill in<span>1") < found.text.index('id="document-thing"')

    def test_a_provisional_line_is_folded_and_links_the_question_that_settles_it(self, client, page):
        maybe = procedure("a", required_when="works", needs=["contract"])
        found = page(procedure("b"), maybe)
        assert "Depends on an answer" in row(found, "document", "contract")
        assert found.text.index("Not sure yet, or only in some cases (1)") < found.text.index('id="document-contract"')
        shown = client.get(address("paper", page.checklist, "contract")).text
        assert f'<a href="{address("question", page.checklist, "works")}">works?</a>' in shown
        page(procedure("b"), maybe, works=None)
        shown = client.get(address("paper", page.checklist, "contract")).text
        assert address("change-answer", page.checklist, "works") in shown

    def test_what_does_as_well_is_counted_and_can_be_ticked_on_the_page_of_the_paper(self, client, page):
        found = page(procedure("a", needs=[["visa", "card"]]))
        assert "or 1 other paper" in row(found, "document", "visa")
        shown = client.get(address("paper", page.checklist, "visa"))
        assert "Or instead</dt><dd>card" in shown.text
        after = press(client, shown, "document", "card")
        assert "row--done" in row(after, "document", "card")


class TestEnd:
    def test_the_day_is_told_where_all_is_known(self, page):
        found = page(procedure("a", days=10))
        assert "everything required can be done by 1 December 2026 (Tuesday)" in found.text

    def test_today_is_never_promised(self, page):
        assert "can be done by" not in page(procedure("a", days=0)).text

    def test_a_length_that_nobody_tells_is_said(self, page):
        found = page(procedure("a", days=None))
        assert "Offices decide how long it takes, and nobody tells the usual time: A." in found.text

    def test_done_is_only_said_when_nothing_can_come_on_top(self, page):
        done = [("procedure", "a")]
        assert "everything required is done" in page(procedure("a"), items=done).text
        maybe = procedure("b", required_when="works")
        found = page(procedure("a"), maybe, items=done)
        assert "everything required is done" not in found.text
        assert escape("No day can be told yet: open questions can still add tasks.") in found.text
