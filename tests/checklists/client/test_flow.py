"""The check for loops and the planner's own order say the same, for random catalogues and answers."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.planner import plan
from guides.catalogue.checks import check
from guides.catalogue.checks.everyone import Everyone
from guides.catalogue.checks.flow import Flow, complete, partial
from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Catalogue
from guides.conditions import read_answers

TODAY = datetime.date(2026, 11, 22)
KEYS = ["a", "b", "c", "d"]
PAPERS = ["p1", "p2", "p3"]
WHEN = st.sampled_from(["", "", "here", "not here", "in_hand has p1", "size is big"])
GATE = st.sampled_from(["always", "here", "size is big", "never", "not here and size is small"])
WAY = st.fixed_dictionaries({"documents": st.lists(st.sampled_from(PAPERS), min_size=1, max_size=2, unique=True),
                             "when": WHEN})  # fmt: skip
NEED = st.fixed_dictionaries(
    {
        "name": st.just("Something"),
        "alternatives": st.lists(WAY, min_size=1, max_size=2),
        "when": WHEN,
        "discretion": st.sampled_from(["", "", "", "Some ask."]),
    }
)
STRENGTHS = st.sampled_from(["required", "required", "conditional"])


def question(key, kind, order, values=()):
    options = [{"value": value, "label": value, "phrase": value} for value in values]
    return {"key": key, "kind": kind, "text": key, "why": key, "order": order, "options": options}


def cover_by(paper):
    others = st.sampled_from([other for other in PAPERS if other != paper])
    return st.fixed_dictionaries({"document": others, "when": WHEN})


@st.composite
def catalogues(draw):
    procedures = []
    for order, key in enumerate(KEYS):
        others = draw(st.lists(st.sampled_from([other for other in KEYS if other != key]), max_size=1))
        needs = draw(st.lists(NEED, max_size=2))
        procedures.append(
            dict.fromkeys(("key", "name", "local_name", "summary", "reason"), key)
            | {"country": "xx", "authority": "office", "order": order}
            | {"required_when": draw(GATE), "recommended_when": draw(GATE), "optional_when": draw(GATE)}
            | {"done_when": draw(st.sampled_from(["", "", "in_hand has p1", "size is small"]))}
            | {"outputs": draw(st.lists(st.sampled_from(PAPERS), max_size=2, unique=True))}
            | {"requires": [{"procedure": o, "strength": draw(STRENGTHS), "when": draw(WHEN)} for o in others]}
            | {"requirements": [{**need, "key": f"r{number}"} for number, need in enumerate(needs)]}
        )
    land = {"key": "xx", "name": "Xland", "local_name": "X", "language": "en", "mark": "XX", "colour": "#000000"}
    return Catalogue.model_validate(
        {
            "countries": [land],
            "authorities": [{"key": "office", "country": "xx", "name": "Office"}],
            "documents": [
                {"key": key, "name": key, "origin": "authority", "issuer": "X"}
                | {"held_when": draw(st.sampled_from(["", "", "size is small"]))}
                | {"covers": draw(st.lists(cover_by(key), max_size=1))}
                for key in PAPERS
            ],
            "questions": [
                question("destination", "choice", 1, ["xx", "yy"]),
                question("here", "yes_no", 2),
                question("size", "choice", 3, ["small", "big"]),
                question("in_hand", "documents", 4),
                question("already_arrived", "yes_no", 5),
                question("arrival_date", "date", 6),
            ],
            "procedures": procedures,
        }
    )


ANSWERS = {
    "here": st.booleans(),
    "size": st.sampled_from(["small", "big"]),
    "in_hand": st.lists(st.sampled_from(PAPERS), max_size=2, unique=True),
}


def stuck(flow, everyone, answers):
    return {key for key, function in flow.stuck.items() if everyone.space.at(function, answers)}


def typed(raw, compiled):
    answers, problems = read_answers(raw, compiled.vocabulary, today=TODAY)
    assert problems == []
    return answers


def assert_same_loops(catalogue, raw, whose):
    """The planner finds a loop for these answers exactly where the check finds somebody stuck."""
    compiled = CompiledCatalogue(catalogue)
    answers = typed({"destination": "xx", **raw}, compiled)
    everyone = Everyone(catalogue, compiled.vocabulary, TODAY)
    found = stuck(Flow(everyone, "xx", whose(everyone)), everyone, {**answers, "today": TODAY})
    loops = plan(compiled, answers, TODAY).loops
    assert bool(found) == bool(loops)
    assert {key for loop in loops for key in loop} <= found


@settings(max_examples=150)
@given(catalogue=catalogues(), raw=st.fixed_dictionaries(ANSWERS))
def test_a_full_plan_has_a_loop_exactly_where_the_check_finds_somebody_stuck(catalogue, raw):
    assert_same_loops(catalogue, raw, complete)


@settings(max_examples=150)
@given(catalogue=catalogues(), raw=st.fixed_dictionaries({}, optional=ANSWERS))
def test_so_has_a_plan_with_open_questions(catalogue, raw):
    assert_same_loops(catalogue, raw, partial)


@settings(max_examples=100)
@given(catalogue=catalogues())
def test_the_example_of_a_loop_shows_it_in_the_plan(catalogue):
    compiled = CompiledCatalogue(catalogue)
    for problem in check(catalogue, TODAY):
        if problem.kind == "loop":
            loops = plan(compiled, typed(problem.example, compiled), TODAY).loops
            assert problem.entry[1] in {key for loop in loops for key in loop}
