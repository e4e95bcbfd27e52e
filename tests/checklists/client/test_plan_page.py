"""What the list says of a plan: what to read first, one row for each thing to reach, what comes again, how it ends."""

import re

import pytest
from django.utils.html import escape

from checklists.models import Checklist
from guides.catalogue import schema
from tests.checklists.pages import address, press, row
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
    texts = {"text": "You may not work.", "cost": "A fine.", "action": "Stop working."}
    return alert("too-long", kind, "works", date="start", about=["works"], facts=["law"], **texts, **extra)


def alerts_on(page):
    return re.findall(r'<section class="alert-box.*?</section>', page.text, re.DOTALL)


def card(page, key):
    return page.text.partition(f'id="procedure-{key}"')[2].partition("</article>")[0]


class TestAlerts:
    def test_stand_first_with_cost_action_day_and_source(self, page):
        found = page(procedure("a"), alerts=[danger()], works=True, start="2027-01-15")
        [box] = alerts_on(found)
        assert "Danger</h2>" in box
        for words in ("You may not work.", "A fine.", "Stop working.", "15 January 2027 (Friday)", "note.law"):
            assert words in box
        assert found.text.index("alert-box") < found.text.index("Do this next")

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
        stopped = card(found, "a")
        assert 'href="#alert-too-long">Danger</a>' in stopped
        assert "You can start now" not in stopped
        assert "You can start now" in card(found, "b")

    def test_what_is_dangerous_comes_before_the_next_task(self, page):
        step = page(procedure("a"), alerts=[danger()], works=True).text.partition('class="next')[2]
        assert "First do what the red box says" in step
        assert "Then the next task is: A." in step

    def test_where_all_is_stopped_the_next_step_is_to_read_them(self, page):
        found = page(procedure("a"), alerts=[danger(stops=["a"])], works=True)
        assert "First do what the red box says" in found.text
        assert "Everything is done" not in found.text


class TestDays:
    def test_a_task_tells_the_day_to_aim_at_and_the_last_one(self, page):
        found = page(procedure("a", days=2, deadlines=[deadline("deadline", "start")]), start="2027-01-29")
        said = re.search(r"<strong>(You can start now\. Aim for [^<]+)</strong>", card(found, "a"))[1]
        assert re.fullmatch(
            r"You can start now\. Aim for \d+ January; at the latest 29 January 2027 \(Friday\)\.", said
        )
        assert "Allow 2 days for it." in card(found, "a")
        assert "Start by 29 January 2027 (Friday), in 2 months" in found.text.partition("Do this next")[2]


class TestWays:
    TASK = task("number", "desk-way", "web-way")

    def ways(self):
        online = procedure("web-way", order=2, gives=["paper"], recommended_when="works", required_when="")
        return procedure("desk-way", gives=["paper"]), online

    def test_one_thing_is_one_row_with_the_other_way_folded(self, page):
        found = page(*self.ways(), tasks=[self.TASK], works=True)
        assert found.text.count("<article") == 1
        assert "0 of 1 tasks finished" in found.text
        shown = card(found, "desk-way")
        assert ">Number</h4>" in shown
        assert "How:" in shown
        assert "it is the way for your case" in shown
        assert "Web-Way" in shown.partition("Other ways")[2]

    def test_any_way_finishes_the_task(self, client, page):
        found = page(*self.ways(), tasks=[self.TASK], works=True)
        button = re.search(r'formaction="([^"]+)"[^>]*id="tick-procedure-web-way"', found.text)
        after = client.post(button[1].replace("&amp;", "&"), {"done": "1"}, follow=True)
        assert "1 of 1 tasks finished" in after.text
        assert "Not finished after all" in card(after, "web-way")
        assert "Everything required is done." in after.text

    def test_what_is_only_offered_is_folded_away(self, page):
        offer = procedure("offer", required_when="", optional_when="destination is xx")
        found = page(procedure("a"), offer)
        assert found.text.index("You can also") < found.text.index('id="procedure-offer"')
        assert "0 of 1 tasks finished" in found.text

    def test_a_paper_that_nothing_gives_is_named(self, page):
        found = page(procedure("a", needs=["visa"]), documents=[document("visa", "consulate")])
        assert "You need first: visa. Nothing on this list gives it." in card(found, "a")
        assert "Get what the next tasks need" in found.text


class TestDuties:
    DUTY = {"key": "return", "text": "File the return.", "first": "start", "every": "3 months", "facts": ["law"]}

    def test_each_day_is_ticked_by_itself(self, client, page):
        found = page(procedure("tax", recurring=[self.DUTY]), start="2027-01-15")
        assert "15 April, 15 July and 15 October 2027" in found.text.partition("Comes again")[2]
        after = press(client, found, "recurring", "tax--return--2027-01-15")
        assert "Done: File the return (15 January 2027 (Friday))." in after.text
        assert 'id="tick-recurring-tax--return--2027-04-15"' in after.text
        assert page.checklist.items.get().key == "tax/return/2027-01-15"

    def test_what_was_ticked_stays_in_sight(self, page):
        past = ("recurring", "tax/return/2026-10-15")
        found = page(procedure("tax", recurring=[self.DUTY]), items=[past], start="2026-04-15")
        assert 'id="recurring-tax--return--2026-10-15"' in found.text
        assert "No longer needed" not in found.text

    @pytest.mark.parametrize(
        "key", ["tax/return/2027-02-30", "tax/other/2027-01-15", "tax/return", "none/return/2027-01-15"]
    )
    def test_other_days_are_not_found(self, client, page, key):
        page(procedure("tax", recurring=[self.DUTY]), start="2027-01-15")
        assert client.post(address("tick", page.checklist, "recurring", key), {"done": "1"}).status_code == 404

    def test_a_duty_without_an_end_cannot_be_finished(self, client, page):
        found = page(procedure("tax", ongoing=True), procedure("a"))
        assert "Ongoing" in card(found, "tax")
        assert "Mark as finished" not in card(found, "tax")
        assert "Mark as finished" in card(found, "a")
        assert client.post(address("tick", page.checklist, "procedure", "tax"), {"done": "1"}).status_code == 404
        assert 'name="done"' not in client.get(address("item", page.checklist, "procedure", "tax")).text


class TestPapers:
    def test_one_line_stands_for_all_that_it_is_good_for(self, page):
        passport = document("passport", covers=[{"document": "identity"}])
        found = page(procedure("a", needs=["passport"]), procedure("b", needs=["identity"]), documents=[passport])
        line = row(found, "document", "passport")
        assert "Offices also call it: identity" in line
        assert 'href="#procedure-a"' in line
        assert 'href="#procedure-b"' in line
        assert 'id="document-identity"' not in found.text

    def test_information_stands_with_its_task(self, page):
        found = page(procedure("a", needs=["iban"]), documents=[document("iban", form="information")])
        assert "Have ready" in card(found, "a")
        assert "iban" in card(found, "a").partition("Have ready")[2]
        assert "Documents to collect" not in found.text

    @pytest.mark.parametrize(
        ("kind", "word"), [("form", "Form to fill in"), ("photo", "Photo"), ("payment", "Payment")]
    )
    def test_kinds_are_told_apart(self, page, kind, word):
        found = page(procedure("a", needs=["thing"]), documents=[document("thing", kind=kind)])
        assert f'<span class="tag tag--{kind}">{word}</span>' in row(found, "document", "thing")

    def test_a_provisional_line_links_the_question_that_settles_it(self, client, page):
        maybe = procedure("a", required_when="works", needs=["contract"])
        line = row(page(maybe), "document", "contract")
        assert f'<a href="{address("question", page.checklist, "works")}">works?</a>' in line
        line = row(page(maybe, works=None), "document", "contract")
        assert address("change-answer", page.checklist, "works") in line

    def test_what_does_as_well_can_be_ticked_below_it(self, client, page):
        found = page(procedure("a", needs=[["visa", "card"]]))
        assert "Or instead: card" in row(found, "document", "visa")
        after = press(client, found, "document", "card")
        assert "doc--done" in row(after, "document", "card")


class TestEnd:
    def test_the_day_is_told_where_all_is_known(self, page):
        found = page(procedure("a", days=10))
        assert "Everything required can be done by 1 December 2026 (Tuesday)." in found.text

    def test_today_is_never_promised(self, page):
        assert "can be done by" not in page(procedure("a", days=0)).text

    def test_a_length_that_nobody_tells_is_said(self, page):
        found = page(procedure("a", days=None))
        assert "Offices decide how long it takes, and nobody tells the usual time: A." in found.text

    def test_done_is_only_said_when_nothing_can_come_on_top(self, page):
        done = [("procedure", "a")]
        assert "Everything required is done." in page(procedure("a"), items=done).text
        maybe = procedure("b", required_when="works")
        found = page(procedure("a"), maybe, items=done)
        assert "Everything required is done." not in found.text
        assert escape("No day can be told yet: open questions can still add tasks.") in found.text
