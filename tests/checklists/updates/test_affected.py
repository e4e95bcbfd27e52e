"""Who need not be planned anew. Whoever is left out has the same plan, whatever was answered and ticked."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.planner import Progress, plan
from checklists.updates.affected import Affected
from checklists.updates.compare import compare
from guides.catalogue.compiled import CompiledCatalogue
from tests.answers import answer_sets
from tests.checklists.publishing import FIRST, SECOND
from tests.guides.small import changed, without
from tests.shipped import shipped_catalogue

TODAY = datetime.date(2026, 11, 21)
SHIPPED = shipped_catalogue().catalogue
CONDITIONS = ("required_when", "recommended_when", "optional_when", "done_when")


def affected(new, old=FIRST):
    return Affected(CompiledCatalogue(old), CompiledCatalogue(new), TODAY)


class TestSelection:
    found = affected(SECOND)

    @pytest.mark.parametrize(
        ("raw", "expected"),
        [
            ({"destination": "pt", "here": True}, True),
            ({"destination": "pt", "here": False}, False),
            # It becomes provisional.
            ({"destination": "pt"}, True),
            ({"destination": "es", "here": True}, False),
            ({}, True),
        ],
    )
    def test_changed_condition(self, raw, expected):
        assert self.found.keys == {"destination", "here"}
        assert self.found.may_differ(raw) is expected

    def test_nothing_changed(self):
        found = affected(changed(FIRST, "facts", "nif.fee", note="Seen again."))
        assert not found
        assert not found.may_differ({"destination": "pt"})

    def test_content_concerns_those_who_have_it(self):
        found = affected(changed(SECOND, "procedures", "niss", name="NISS"), old=SECOND)
        assert found.may_differ({"destination": "pt", "here": True})
        assert not found.may_differ({"destination": "pt", "here": False})

    def test_whose_answer_no_longer_exists_is_told_that_it_is_asked_again(self):
        found = affected(changed(FIRST, "questions", "stay_months", maximum=12))
        assert found.may_differ({"stay_months": 13})
        assert not found.may_differ({"stay_months": 12})

    def test_ticks_make_what_is_in_hand_uncertain(self):
        found = affected(changed(SECOND, "procedures", "niss", required_when="here and in_hand has passport"), SECOND)
        raw = {"destination": "pt", "here": True, "in_hand": ["passport"]}
        assert found.ask_for_ticks
        assert not found.may_differ(raw)
        assert found.may_differ(raw | {"in_hand": []}, has_ticks=True)
        assert not found.may_differ(raw | {"here": False, "in_hand": []}, has_ticks=True)


def mutations():
    """The shipped catalogue with one thing changed: a condition, a part, a whole procedure, a document, a term."""
    procedure = st.sampled_from(SHIPPED.procedures)
    condition = st.sampled_from(["", "always", *(p.required_when for p in SHIPPED.procedures if p.required_when)])
    return st.one_of(
        st.tuples(procedure, st.sampled_from(CONDITIONS), condition).map(
            lambda drawn: changed(SHIPPED, "procedures", drawn[0].key, **{drawn[1]: drawn[2]})
        ),
        procedure.map(lambda drawn: changed(SHIPPED, "procedures", drawn.key, requirements=(), outputs=())),
        procedure.filter(lambda p: not any(p.key == d.procedure for q in SHIPPED.procedures for d in q.requires)).map(
            lambda drawn: changed(SHIPPED, "procedures", drawn.key, steps=(), country="pt")
        ),
        st.sampled_from(SHIPPED.documents).map(
            lambda drawn: changed(SHIPPED, "documents", drawn.key, validity="a day")
        ),
        st.sampled_from(SHIPPED.terms).map(lambda drawn: changed(SHIPPED, "terms", drawn.key, condition="always")),
    )


def raw(answers):
    plain = {key: sorted(value) if isinstance(value, frozenset) else value for key, value in answers.items()}
    return {key: value.isoformat() if isinstance(value, datetime.date) else value for key, value in plain.items()}


@settings(max_examples=60)
@given(
    catalogue=mutations(),
    people=st.lists(answer_sets(), min_size=5, max_size=5),
    ticked=st.sets(st.sampled_from([procedure.key for procedure in SHIPPED.procedures]), max_size=2),
)
def test_who_is_left_out_has_the_same_plan(catalogue, people, ticked):
    old, new = shipped_catalogue(), CompiledCatalogue(catalogue)
    found = Affected(old, new, TODAY)
    progress = Progress(finished=dict.fromkeys(ticked))
    for answers in people:
        known = {key: value for key, value in raw(answers).items() if key in found.keys}
        if not (ticked & found.gives_otherwise or found.may_differ(known, has_ticks=bool(ticked))):
            before, after = (plan(compiled, answers, TODAY, progress) for compiled in (old, new))
            assert not compare(before, after, old, new)


def test_a_tick_at_a_procedure_that_gives_something_else_now():
    gone = without(FIRST, "procedures", "nif")
    gone = without(changed(gone, "procedures", "niss", requires=()), "guides", "work-in-portugal")
    assert affected(gone).gives_otherwise == {"nif"}
    assert affected(SECOND).gives_otherwise == frozenset()
