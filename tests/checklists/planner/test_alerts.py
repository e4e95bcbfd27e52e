"""What must be read first, on a small catalogue."""

import datetime

from tests.checklists.planner.small import (
    QUESTIONS,
    TODAY,
    alert,
    catalogue,
    deadline,
    document,
    planned,
    procedure,
    question,
    task_of,
)

SOON = datetime.date(2026, 11, 30)
PASSED = datetime.date(2026, 11, 2)


def test_an_alert_of_the_catalogue_tells_the_answers_and_the_day():
    told = alert(
        "odd", "danger", "works", text="You start on {start}; until {date}.", date="start + 1 month", facts=["law"]
    )
    [found] = planned(catalogue(alerts=[told]), works=True, start=SOON).alerts
    assert found.text == "You start on 30 November 2026; until 30 December 2026."
    assert (found.date, found.facts) == (datetime.date(2026, 12, 30), ("law",))
    assert planned(catalogue(alerts=[told]), works=False).alerts == []


def test_the_worst_comes_first():
    several = [alert("n", "notice", "always"), alert("d", "danger", "always"), alert("c", "conflict", "always")]
    assert [found.kind for found in planned(catalogue(alerts=several)).alerts] == ["danger", "conflict", "notice"]


def test_an_alert_of_another_country_is_not_raised():
    compiled = catalogue(procedure("a"), alerts=[alert("there", "danger", "always", country="yy", stops=["a"])])
    found = planned(compiled)
    assert (found.alerts, task_of(found, "a").ready) == ([], True)


def test_what_an_alert_stops_is_not_ready_and_has_no_days():
    closed = alert("closed", "notice", "works", stops=["visa"])
    compiled = catalogue(procedure("visa", deadlines=[deadline("deadline", "start")]), alerts=[closed])
    found = task_of(planned(compiled, works=True, start=SOON), "visa")
    assert (found.stopped, found.ready, found.earliest, found.target, found.latest) == (True, False, None, None, None)
    assert planned(compiled, works=True).ready_by.why_not == "not_covered"
    assert task_of(planned(compiled, works=False, start=SOON), "visa").ready


def test_one_alert_for_all_that_is_late():
    due = [deadline("deadline", "start", facts=["term"], cost="A fine.")]
    [found] = planned(catalogue(procedure("a", deadlines=due), procedure("b", deadlines=due)), start=PASSED).alerts
    assert (found.kind, found.about, found.date) == ("late", ("a", "b"), PASSED)
    assert (found.cost, found.facts) == ("A fine.", ("term",))
    assert found.tasks == (("A", PASSED, TODAY), ("B", PASSED, TODAY))


def test_what_is_late_only_for_something_else_is_not_named():
    due = [deadline("deadline", "start")]
    found = planned(catalogue(procedure("a", gives=["x"]), procedure("b", needs=["x"], deadlines=due)), start=PASSED)
    assert task_of(found, "a").late
    assert [alert.about for alert in found.alerts] == [("b",)]


def test_a_day_that_still_holds_is_not_among_the_costs_of_being_late():
    bounds = [deadline("deadline", "start", cost="A fine."), deadline("latest", "start + 1 year", cost="All is lost.")]
    [found] = planned(catalogue(procedure("a", deadlines=bounds)), start=PASSED).alerts
    assert found.cost == "A fine."


def test_late_without_a_day_of_the_law_rests_on_the_procedure():
    visa = procedure("visa", place="abroad", days=60, facts=["what", "more"])
    [found] = planned(catalogue(visa), already_arrived=False, arrival_date=SOON).alerts
    assert (found.kind, found.facts) == ("late", ("what",))


def test_an_answer_that_time_has_overtaken_is_asked_again_and_counts_as_not_given():
    asked = question("booked", "yes_no", 9, phrase="booked", negative_phrase="not booked",
                     stale_when="start before today", stale_text="{start} has passed. Is it booked?")  # fmt: skip
    compiled = catalogue(procedure("a", required_when="booked"), questions=(*QUESTIONS, asked))
    found = planned(compiled, booked=True, start=PASSED)
    assert (found.overtaken, task_of(found, "a").status) == (("booked",), "provisional")
    assert "booked" in found.unknown
    [again] = found.alerts
    assert (again.kind, again.about, again.text) == (
        "conflict",
        ("booked",),
        "2 November 2026 has passed. Is it booked?",
    )
    assert planned(compiled, booked=True, start=SOON).overtaken == ()


def test_papers_in_hand_are_no_alert():
    compiled = catalogue(procedure("a", needs=["x"], days=0), documents=[document("x")])
    assert planned(compiled, in_hand=frozenset(["x"])).alerts == []
