"""What the list says of a plan: what to read first, one row for each thing to reach, what comes again, how it ends."""

import re

import pytest
from django.utils.html import escape

from checklists.models import Checklist
from guides.catalogue import schema
from tests.checklists.pages import address, plain, press, row
from tests.checklists.planner.small import (
    ANSWERS,
    QUESTIONS,
    alert,
    catalogue,
    deadline,
    document,
    procedure,
    question,
    task,
)
from tests.checklists.publishing import publish

OFFICE = schema.Authority.model_validate({"key": "office", "country": "xx", "name": "The Office", "local_name": ""})
FACT = schema.Fact.model_validate(
    {"key": "law", "country": "xx", "statement": "It is the law.", "confidence": "official"}
)


@pytest.fixture
def page(client, db, today):
    """Publishes procedures with the rest of a catalogue, and opens the list of somebody with these answers."""

    def show(*procedures, items=(), tasks=(), alerts=(), documents=(), questions=QUESTIONS, **answers):
        made = catalogue(*procedures, tasks=tasks, alerts=alerts, documents=documents, questions=questions)
        publish(made.catalogue.model_copy(update={"authorities": (OFFICE,), "facts": (FACT,)}))
        show.checklist = Checklist.objects.start(answers={**ANSWERS, "in_hand": [], **answers}, edition=1)
        for kind, key in items:
            show.checklist.items.create(kind=kind, key=key, done=True)
        return client.get(show.checklist.get_absolute_url())

    return show


def danger(kind="danger", **extra):
    """An alert for everybody who works."""
    texts = {"when": "works", "text": "You may not work.", "cost": "A fine.", "action": "Stop working."}
    return alert("too-long", kind, date="start", about=["works"], facts=["law"], **(texts | extra))


def alerts_on(page):
    """The alerts, the first in full and the others folded."""
    return re.findall(
        r'<(?:section|details) class="alert.*?(?=<(?:section|details) class="alert|<section class="next)',
        page.text,
        re.DOTALL,
    )


def task_row(page, key):
    return row(page, "procedure", key)


class TestAlerts:
    def test_stand_first_with_cost_action_day_and_source(self, page):
        found = page(procedure("a"), alerts=[danger()], works=True, start="2027-01-15")
        [box] = alerts_on(found)
        assert "Danger</h2>" in box
        for words in ("You may not work.", "A fine.", "Stop working.", "15 January 2027 (Friday)", "note.law"):
            assert words in box
        assert found.text.index('class="alert"') < found.text.index("Do this next")

    def test_only_the_first_stands_in_full_and_every_title_shows(self, page):
        other = alert("other", "not_covered", "works", text="Something else.", action="Ask.")
        found = page(procedure("a"), alerts=[danger(), other], works=True)
        first, second = alerts_on(found)
        assert first.startswith("<section")
        assert "Danger</h2>" in first
        assert second.startswith("<details")
        assert "This list does not cover everything" in second.partition("</summary>")[0]
        assert "Something else." in second.partition("</summary>")[2]

    def test_a_long_one_shows_its_first_sentences(self, page):
        long = alert("long", "notice", "works", text=f"It is so: {'word ' * 40}end. And more.")
        [box] = alerts_on(page(procedure("a"), alerts=[long], works=True))
        assert '<p class="small">It is so.</p>' in box
        assert "And more." in box.partition("<details")[2]

    def test_lead_to_the_answer_that_they_are_about(self, page):
        [box] = alerts_on(page(procedure("a"), alerts=[danger("conflict")], works=True))
        assert "These answers do not fit together" in box
        assert address("change-answer", page.checklist, "works") in box

    def test_answers_that_time_has_overtaken_are_asked_again_one_at_a_time(self, page):
        passed = {"stale_when": "start before today", "stale_text": "Is it still so?"}
        aged = [question(key, "yes_no", order, **passed) for order, key in enumerate(("one", "two"), 20)]
        when = "one and two and works"
        found = page(
            procedure("a", required_when=when),
            alerts=[danger()],
            questions=(*QUESTIONS, *aged),
            works=True,
            start="2026-11-20",
            one=True,
            two=True,
        )
        again, other = alerts_on(found)
        assert "Is it still so?" in again
        assert address("change-answer", page.checklist, "one") in again
        assert "You may not work." in other

    def test_nobody_else_sees_any(self, page):
        assert alerts_on(page(procedure("a"), alerts=[danger()], works=False)) == []

    def test_all_that_is_late_stands_in_one_box(self, page):
        bound = deadline("deadline", "start", cost="A fine.", facts=["law"])
        late = [procedure(key, days=0, deadlines=[bound]) for key in ("card", "number")]
        found = page(*late, start="2026-11-20")
        [box] = alerts_on(found)
        assert "Too late</h2>" in box
        assert "Card: the last day was 20 November 2026 (Friday)." in box
        assert "Number: the last day was 20 November 2026 (Friday)." in box
        assert "A fine." in box
        assert "No day can be told: something is late" in found.text

    def test_a_stopped_task_names_the_alert_and_never_says_start(self, page):
        found = page(procedure("a"), procedure("b", order=2), alerts=[danger(stops=["a"])], works=True)
        stopped = task_row(found, "a")
        assert "Impossible now: read above" in stopped
        assert "state--stopped" in stopped
        assert "You can start now" not in stopped
        assert "You can start now" in task_row(found, "b")

    def test_what_to_do_stands_in_the_box_and_the_answer_is_a_quiet_link(self, page):
        long = danger(action=f"Stop working. {'Word ' * 40}end. Then wait.")
        [box] = alerts_on(page(procedure("a"), alerts=[long], works=True))
        shown, _fold, more = box.partition("<details")
        assert "<strong>What to do now:</strong> Stop working.</p>" in shown
        assert "Then wait." in more
        assert box.count("What to do now") == 1
        assert 'class="link small no-print"' in box
        assert 'class="button' not in box

    def test_what_is_dangerous_comes_before_the_next_task(self, page):
        step = page(procedure("a"), alerts=[danger()], works=True).text.partition('class="next')[2]
        assert "First do what the box at the top says" in step
        assert "Then the next task is: A<" in step

    @pytest.mark.parametrize(
        ("kind", "stops", "comes_first"),
        [
            ("not_covered", ["a"], True),
            ("conflict", ["a"], True),
            ("not_covered", ["b"], False),
            ("not_covered", [], False),
            ("notice", ["a"], False),
        ],
    )
    def test_what_stops_a_required_task_comes_before_the_next_one(self, page, kind, stops, comes_first):
        b, c = procedure("b", order=2, required_when="", optional_when="always"), procedure("c", order=3)
        found = page(procedure("a"), b, c, alerts=[danger(kind, stops=stops)], works=True)
        step = found.text.partition('class="next')[2].partition("</section>")[0]
        assert ("First do what the box at the top says" in step) is comes_first

    def test_a_folded_box_that_comes_first_is_named(self, page):
        late = alert("other", "late", "works", text="Too late.", action="Ask.")
        found = page(
            procedure("a"), procedure("b", order=2), alerts=[late, danger("not_covered", stops=["a"])], works=True
        )
        step = found.text.partition('class="next')[2].partition("</section>")[0]
        assert "First do what the box “This list does not cover everything” says" in step
        assert 'href="#alert-too-long"' in step

    def test_where_all_is_stopped_the_next_step_is_to_read_them(self, page):
        found = page(procedure("a"), alerts=[danger(stops=["a"])], works=True)
        assert "First do what the box at the top says" in found.text
        assert "Everything is done" not in found.text

    @pytest.mark.parametrize("certain", [True, False])
    def test_the_day_of_an_alert_stands_among_the_dates(self, client, page, certain):
        """Also while nothing else can be dated, because nothing is certain yet."""
        ends = danger(when="start on or after 2026-01-01", text="Your stay ends on {date}.")
        task = procedure("a", required_when="always" if certain else "works")
        found = page(task, alerts=[ends], start="2027-01-15")
        told = "Your stay ends on 15 January 2027."
        assert told in found.text.partition('id="dates"')[2]
        calendar = client.get(address("calendar", page.checklist)).text
        assert told in calendar
        assert f'href="{page.checklist.get_absolute_url()}#alert-too-long"' in calendar

    def test_the_day_of_an_alert_that_is_over_is_no_date_to_come(self, page):
        found = page(procedure("a"), alerts=[danger()], works=True, start="2026-11-20")
        assert "rows--dates" not in found.text


def test_the_groups_of_tasks_count_as_the_line_at_the_top_does(page):
    duty = procedure("duty", order=3, ongoing=True)
    found = page(procedure("a"), procedure("b", order=2), duty, items=[("procedure", "a")])
    assert "1 of 2 tasks done" in found.text
    assert sum(int(count) for count in re.findall(r'<h3 class="phase">[^<]*<span>(\d+)</span>', found.text)) == 1
    assert "Done (1)" in found.text


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
