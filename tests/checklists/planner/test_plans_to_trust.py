"""What people trust a plan with, whatever they answer, on whatever day, with whatever they have ticked."""

import datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.planner import Progress, plan
from checklists.planner.channels import OFFICES, whereabouts
from checklists.planner.opendays import calendar_of, is_open
from checklists.planner.overtaken import without_overtaken
from guides.conditions import read_answers
from tests.answers import answer_sets
from tests.shipped import shipped_catalogue

PLANS = settings(max_examples=120, deadline=None)
PERSONAS = [
    yaml.safe_load(path.read_text()) for path in sorted((Path(__file__).parents[2] / "personas").glob("*.yaml"))
]
FIRST_DAY = datetime.date(2026, 10, 1)
A_DAY = datetime.timedelta(days=1)


@st.composite
def people(draw):
    """Answers and a day: those of a persona, or any others."""
    day = FIRST_DAY + draw(st.integers(0, 500)) * A_DAY
    if draw(st.booleans()):
        return draw(answer_sets()), day
    answers, _problems = read_answers(
        draw(st.sampled_from(PERSONAS))["answers"], shipped_catalogue().vocabulary, today=day
    )
    return answers, day


@st.composite
def lives(draw):
    """The same, with some of the plan ticked."""
    answers, day = draw(people())
    found = made(answers, day)
    tasks = draw(st.sets(st.sampled_from([row.key for row in found.procedures] or [""]), max_size=4))
    papers = draw(st.sets(st.sampled_from([row.key for row in found.documents] or [""]), max_size=6))
    ticks = {key: day - draw(st.integers(0, 40)) * A_DAY if draw(st.booleans()) else None for key in tasks - {""}}
    return answers, day, Progress(ticks, frozenset(papers - {""}))


def made(answers, day, progress=None):
    return plan(shipped_catalogue(), answers, day, progress)


def alerts_cite_facts_or_ask_back(found, answers):
    facts = shipped_catalogue().facts.keys()
    for alert in found.alerts:
        assert alert.text
        assert set(alert.facts) <= facts
        assert alert.facts or alert.kind in ("conflict", "not_covered"), alert.key


def no_day_lies_before_the_first_possible_one(found, answers):
    for row in found.procedures:
        if not row.done:
            assert row.target is None or row.target >= max(found.today, row.earliest)
            assert row.latest is None or row.late or row.latest >= row.earliest >= found.today


def the_office_is_open(found, answers):
    now = without_overtaken(shipped_catalogue(), {**answers, "today": found.today})[0]
    calendar = calendar_of(shipped_catalogue(), now)
    for row in found.procedures:
        for day in (row.latest, row.target):
            assert day is None or is_open(day, calendar)


def what_is_late_has_an_alert(found, answers):
    late = [row.key for row in found.procedures if row.latest and row.latest < found.today]
    alerts = [alert for alert in found.alerts if alert.kind == "late"]
    assert not late or alerts
    assert len([alert for alert in alerts if alert.key == "late"]) <= 1


def each_document_is_reached_by_one_task(found, answers):
    reached = [document for task in found.tasks for document in task.reaches]
    assert len(reached) == len(set(reached))


def every_procedure_is_a_way_of_a_task(found, answers):
    ways = {way.key for task in found.tasks for way in (task.way, *task.other_ways)}
    assert ways == {row.key for row in found.procedures}
    assert len({task.key for task in found.tasks}) == len(found.tasks)


def a_task_depends_on_earlier_ones(found, answers):
    earlier = set()
    for task in found.tasks:
        assert set(task.depends_on) <= earlier
        earlier.add(task.key)


def papers_cover_documents_of_the_plan_once(found, answers):
    covered = [document for paper in found.papers for document in paper.covers]
    assert set(covered) <= {document.key for document in found.documents}
    assert len(covered) == len(set(covered))
    assert {key for paper in found.papers for key in paper.tasks} <= {task.key for task in found.tasks}


def nothing_that_is_stopped_can_be_started(found, answers):
    for row in found.procedures:
        if row.stopped:
            assert (row.ready, row.earliest, row.latest, row.target) == (False, None, None, None)


def finished_means_that_nothing_is_left(found, answers):
    if found.is_finished:
        assert all(task.done or task.ongoing for task in found.tasks if task.status == "required")
        assert {alert.kind for alert in found.alerts} <= {"notice", "conflict"}
        assert not any(task.may_be_required and not task.done for task in found.tasks)


def duties_come_again_from_today_on(found, answers):
    for series in found.recurring:
        assert 0 < len(series.next) <= 4
        assert found.today <= series.next[0]
        assert list(series.next) == sorted(set(series.next))


def what_is_ready_can_be_started(found, answers):
    """Looked at otherwise: its papers are held or anybody can get them, nothing is waited for, the person is there."""
    here = whereabouts(without_overtaken(shipped_catalogue(), {**answers, "today": found.today})[0])
    done = {row.key for row in found.procedures if row.done}
    needs = {}
    for paper in found.documents:
        for use in paper.uses:
            needs.setdefault(use.procedure, []).append(use.need)
    lacking = {paper.key for paper in found.documents if not paper.in_hand and paper.document.origin in OFFICES}
    for row in found.procedures:
        if row.ready:
            assert set(row.depends_on) <= done
            assert not row.stopped
            assert row.earliest == found.today
            assert all(can_be_met(need, lacking - set(row.procedure.outputs)) for need in needs.get(row.key, ())), (
                row.key
            )
            assert not row.channels or any(can_be_used(one, row, here) for one in row.channels), row.key


def can_be_met(need, lacking):
    ways = [set(option.documents) for option, _certain in need.options]
    return not need.certain or need.requirement.discretion or any(lacking.isdisjoint(way) for way in ways)


def can_be_used(one, row, here):
    """An office that is there, or one to which nobody has to go; and no credential that an office gives is missing."""
    at_a_counter = one.channel.kind == "in_person" and row.procedure.place == "anywhere"
    place = one.channel.place or ("destination" if at_a_counter else row.procedure.place)
    documents = shipped_catalogue().documents
    return (here == "unknown" or place in ("anywhere", here)) and not any(
        documents[name].origin in OFFICES for name in one.missing
    )


OF_EVERY_PLAN = [
    alerts_cite_facts_or_ask_back,
    no_day_lies_before_the_first_possible_one,
    the_office_is_open,
    what_is_late_has_an_alert,
    each_document_is_reached_by_one_task,
    every_procedure_is_a_way_of_a_task,
    a_task_depends_on_earlier_ones,
    papers_cover_documents_of_the_plan_once,
    nothing_that_is_stopped_can_be_started,
    finished_means_that_nothing_is_left,
    duties_come_again_from_today_on,
    what_is_ready_can_be_started,
]


@PLANS
@given(lives())
def test_what_holds_for_every_plan(life):
    answers, day, progress = life
    found = made(answers, day, progress)
    for holds in OF_EVERY_PLAN:
        holds(found, answers)


@PLANS
@given(lives(), st.integers(1, 60))
def test_no_day_to_aim_at_has_passed_some_days_later(life, days):
    answers, day, progress = life
    later = made(answers, day + days * A_DAY, progress)
    assert all(row.target is None or row.target >= later.today for row in later.procedures)


@PLANS
@given(people(), st.data())
def test_a_tick_never_puts_a_last_day_into_the_past_without_a_word(somebody, data):
    answers, day = somebody
    ready = [row.key for row in made(answers, day).procedures if row.ready]
    if ready:
        ticked = data.draw(st.sampled_from(ready))
        after = made(answers, day, Progress({ticked: day}))
        assert after.loops == ()
        what_is_late_has_an_alert(after, answers)


@PLANS
@given(people())
def test_a_finished_thing_is_finished_whichever_way_it_was_reached(somebody):
    answers, day = somebody
    for task in made(answers, day).tasks:
        for way in (task.way, *task.other_ways)[:2]:
            after = made(answers, day, Progress({way.key: day}))
            reached = [found for found in after.tasks if set(task.reaches) & set(found.reaches)]
            assert way.procedure.ongoing or all(found.done for found in reached if way.key in ways_of(found))


def ways_of(task):
    return {way.key for way in (task.way, *task.other_ways)}


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona["id"])
def test_a_persona_on_every_day_of_a_year(persona):
    answers, _problems = read_answers(persona["answers"], shipped_catalogue().vocabulary, today=FIRST_DAY)
    for days in range(0, 365, 5):
        found = made(answers, FIRST_DAY + days * A_DAY)
        for holds in OF_EVERY_PLAN:
            holds(found, answers)
