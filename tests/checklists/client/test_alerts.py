"""What stands at the top of the list: what must be read first, what it stops, and what to do about it."""

import re

import pytest

from tests.checklists.pages import address, row
from tests.checklists.planner.small import (
    QUESTIONS,
    alert,
    deadline,
    procedure,
    question,
)


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

    def test_a_day_says_from_which_answer_it_is_counted(self, page):
        counted = alert("ask", "notice", "works", text="Ask in time.", date="start + 1 month")
        [box] = alerts_on(page(procedure("a"), alerts=[counted], works=True, start="2027-01-15"))
        assert "1 month after the day on which you start: 15 February 2027 (Monday)" in box

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

    def test_what_is_still_ahead_is_short_of_time_and_not_too_late(self, page):
        bound = deadline("deadline", "start", binding=True)
        [box] = alerts_on(page(procedure("visa", days=30, deadlines=[bound]), start="2026-12-10"))
        assert "Little time is left</h2>" in box
        assert "the last day is 10 December 2026 (Thursday), the first possible one 21 December 2026 (Monday)." in box
        assert "Book nothing that you cannot change." in box
        assert "why you are late" not in box

    def test_one_thing_that_is_late_tells_its_day_at_once(self, page):
        late = procedure("a-name-that-is-long" * 4, days=0, deadlines=[deadline("deadline", "start")])
        [box] = alerts_on(page(late, start="2026-11-20"))
        assert "the last day was 20 November 2026 (Friday)." in box.partition('<div class="alert__do">')[0]

    def test_a_stopped_task_names_the_alert_and_never_says_start(self, page):
        found = page(procedure("a"), procedure("b", order=2), alerts=[danger(stops=["a"])], works=True)
        stopped = task_row(found, "a")
        assert "Not now: read above" in stopped
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

    def test_a_folded_box_says_how_it_begins_and_asks_no_question(self, page):
        notice = alert("news", "notice", "works", text="A law changes the fee. It is of May.", about=["works"])
        found = page(procedure("a"), alerts=[danger(), notice], works=True)
        assert "You should know this: A law changes the fee. It is of May.</span></summary>" in found.text
        assert "You should know this: works?" not in found.text

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
    assert "<h3>Done</h3>" in found.text
