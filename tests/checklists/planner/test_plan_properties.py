"""What holds for the plan of anybody, whatever they answer, on the shipped catalogue."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.planner import Progress, as_json, plan, relevant_answers, unanswered
from checklists.planner.overtaken import without_overtaken
from tests.answers import answer_sets, answer_to, values_that_matter
from tests.shipped import shipped_catalogue

TODAY = datetime.date(2026, 11, 21)
PLANS = settings(max_examples=60, deadline=None)
QUESTIONS = sorted(key for key in shipped_catalogue().vocabulary.questions if key != "destination")


def made(answers, today=TODAY, progress=None):
    return plan(shipped_catalogue(), answers, today, progress)


def printed(answers):
    return as_json(made(answers), shipped_catalogue().vocabulary.questions)


def documents_are_listed_once(plan, answers):
    keys = [paper.key for paper in plan.documents]
    assert len(keys) == len(set(keys))


def dependencies_come_first_and_are_finished_before(plan, answers):
    place = {planned.key: number for number, planned in enumerate(plan.procedures)}
    by_key = {planned.key: planned for planned in plan.procedures}
    assert len(place) == len(plan.procedures)
    for planned in plan.procedures:
        for other in planned.depends_on:
            assert place[other] < place[planned.key]
            if not (planned.done or planned.stopped):
                assert by_key[other].finish <= planned.earliest


def nothing_is_planned_for_another_country(plan, answers):
    assert {planned.procedure.country for planned in plan.procedures} <= {answers["destination"]}


def nothing_is_stuck_in_a_loop(plan, answers):
    assert plan.loops == ()


def days_never_lie_before_today(plan, answers):
    for planned in plan.procedures:
        assert planned.done or planned.stopped or planned.earliest >= TODAY


def documents_that_a_procedure_gives_say_so(plan, answers):
    outputs = {planned.key: planned.procedure.outputs for planned in plan.procedures}
    for paper in plan.documents:
        assert paper.obtained_from is None or paper.key in outputs[paper.obtained_from]
        assert set(paper.procedures) <= {planned.key for planned in plan.procedures if not planned.done}


def the_same_answers_give_the_same(plan, answers):
    assert as_json(plan, shipped_catalogue().vocabulary.questions) == printed(dict(reversed(answers.items())))


# One plan for all of them: making it is what takes long.
OF_EVERY_PLAN = [
    documents_are_listed_once,
    dependencies_come_first_and_are_finished_before,
    nothing_is_planned_for_another_country,
    nothing_is_stuck_in_a_loop,
    days_never_lie_before_today,
    documents_that_a_procedure_gives_say_so,
    the_same_answers_give_the_same,
]


@settings(max_examples=100, deadline=None)
@given(answer_sets())
def test_what_holds_for_every_plan(answers):
    plan = made(answers)
    for holds in OF_EVERY_PLAN:
        holds(plan, answers)


@PLANS
@given(answers=answer_sets(), key=st.sampled_from(QUESTIONS), data=st.data())
def test_an_answer_that_is_not_open_changes_nothing(answers, key, data):
    answers.pop(key, None)
    before = printed(answers)
    asked = without_overtaken(shipped_catalogue(), {**answers, "today": TODAY})[0]
    if key not in unanswered(shipped_catalogue(), shipped_catalogue().truths(asked)):
        assert printed({**answers, key: data.draw(answer_to(key))}) == before


@PLANS
@given(answers=answer_sets(), data=st.data())
def test_a_plan_changes_only_through_its_open_questions(answers, data):
    """Every question that is named as open is one that some condition or date of the plan waits for."""
    key = data.draw(st.sampled_from(QUESTIONS))
    without = {k: v for k, v in answers.items() if k != key}
    if printed(without) != printed({**without, key: data.draw(st.sampled_from(possible(key)))}):
        assert key in printed(without)["unknown"]


def possible(key):
    kind = shipped_catalogue().vocabulary.questions[key].kind
    values = values_that_matter(key)
    return [frozenset([value]) for value in values] if kind in ("choices", "countries", "documents") else values


@settings(max_examples=15, deadline=None)
@given(answer_sets())
def test_answers_that_fall_away_did_not_matter(answers):
    kept = relevant_answers(shipped_catalogue(), {**answers, "today": TODAY})
    assert skeleton(kept) == skeleton(answers)


def skeleton(answers):
    """A plan without the wording of its reasons: of several true ones, another may be told."""
    plan = printed({key: value for key, value in answers.items() if key != "today" and value is not None})
    return [{**row, "why": None} for row in [*plan["procedures"], *plan["documents"]]]


@PLANS
@given(answers=answer_sets(), data=st.data())
def test_finishing_what_is_ready_never_blocks_the_rest(answers, data):
    before = made(answers)
    ready = [planned.key for planned in before.procedures if planned.ready]
    if ready:
        chosen = data.draw(st.sampled_from(ready))
        after = made(answers, progress=Progress(finished={chosen: TODAY}))
        assert after.loops == ()
        assert all(planned.done for planned in after.procedures if planned.key == chosen)
