"""What the checks say about tasks, about duties that come again, and about what stands for something else."""

import pytest

from guides.catalogue.checks import check
from guides.catalogue.schema import Document, Task
from tests.guides.full import CONTRIBUTIONS, COVER, TASK
from tests.guides.small import NIF, changed

from .test_reach_checks import TODAY, found, procedure, with_procedures


def texts(catalogue):
    return " ".join(str(problem) for problem in check(catalogue, TODAY))


def with_task(catalogue, *ways, **fields):
    task = Task.model_validate({**TASK, "ways": ways, **fields})
    return catalogue.model_copy(update={"tasks": (task,)})


def test_full_catalogue_is_sound(full):
    assert found(full) == {}


class TestTasks:
    def ways(self, *, second, **extra):
        return with_procedures(procedure("a", gives=["a-paper"]), procedure("b", gives=second, **extra))

    def test_ways_that_give_the_same(self):
        assert found(with_task(self.ways(second=["a-paper", "b-paper"]), "a", "b")) == {}

    @pytest.mark.parametrize("second", [["b-paper"], []])
    def test_ways_that_give_nothing_in_common(self, second):
        assert set(found(with_task(self.ways(second=second), "a", "b"))) == {
            ("error", "reaches_nothing", "tasks tax-number")
        }

    def test_way_from_another_country(self):
        spain = {**small_country(), "key": "es", "name": "Spain", "mark": "ES"}
        both = with_procedures(procedure("a", gives=["a-paper"]))
        both = both.model_copy(update={"countries": (*both.countries, type(both.countries[0])(**spain))})
        assert ("error", "foreign_way", "tasks tax-number") in found(with_task(both, "a", country="es"))

    def test_key_of_a_procedure(self):
        named = with_task(self.ways(second=["b-paper"]), "a", key="a")
        assert set(found(named)) == {("error", "task_key", "tasks a")}


def small_country():
    return with_procedures().countries[0].model_dump()


class TestGivenTwice:
    a = procedure("a", gives=["a-paper"])

    def test_by_two_in_one_plan(self):
        both = with_procedures(self.a, procedure("b", gives=["a-paper"], required_when="to_portugal and here"))
        assert found(both) == {("warning", "given_twice", "documents a-paper"): {"destination": "pt", "here": True}}
        assert "a, b" in texts(both)

    def test_held_together_by_a_task(self):
        both = with_procedures(self.a, procedure("b", gives=["a-paper"]))
        assert found(with_task(both, "a", "b")) == {}

    def test_never_in_one_plan(self):
        here, not_here = ("to_portugal and here", "to_portugal and not here")
        apart = with_procedures(
            procedure("a", gives=["a-paper"], required_when=here),
            procedure("b", gives=["a-paper"], required_when=not_here),
        )
        assert found(apart) == {}


class TestDuties:
    def changed(self, full, number=0, **fields):
        duties = [dict(duty) for duty in CONTRIBUTIONS["recurring"]]
        duties[number] |= fields
        return changed(full, "procedures", "contributions", recurring=duties)

    @pytest.mark.parametrize(
        ("number", "fields", "complaint"),
        [
            (0, {"first": ""}, "no first day"),
            (0, {"day": None}, "months and no day of the month"),
            (0, {"every": "3 months"}, "a span and a day of the month"),
            (1, {"every": None}, "comes only once"),
        ],
    )
    def test_without_dates(self, full, number, fields, complaint):
        bad = self.changed(full, number, **fields)
        assert "no_series" in {kind for _, kind, _ in found(bad)}
        assert complaint in texts(bad)

    @pytest.mark.parametrize("fields", [{"day": 32}, {"months": [0]}, {"months": [1, 1]}])
    def test_day_that_no_month_has(self, full, fields):
        assert {kind for _, kind, _ in found(self.changed(full, **fields))} == {"impossible"}

    def test_date_that_does_not_parse(self, full):
        bad = self.changed(full, first="arrival_date + 3 moons")
        assert set(found(bad)) == {("error", "expression", "procedures contributions › recurring declare › first")}

    def test_once_where_there_is_an_end(self, full):
        once = changed(self.changed(full, 1, every=None), "procedures", "contributions", ongoing=False)
        assert found(once) == {}

    def test_ongoing_without_a_duty(self, full):
        kind, where = "no_duty", "procedures contributions"
        bare = changed(full, "procedures", "contributions", recurring=[])
        assert found(bare)["error", kind, where] == {"destination": "pt", "stay_months": 24}
        some = changed(full, "procedures", "contributions", recurring=CONTRIBUTIONS["recurring"][1:])
        assert found(some)["warning", kind, where] == {"destination": "pt", "here": False, "stay_months": 24}

    def test_duty_without_a_fact(self, full):
        assert set(found(self.changed(full, facts=[]))) == {
            ("warning", "uncited", "procedures contributions › recurring declare")
        }


class TestCovers:
    def ring(self, full, *, there, back):
        catalogue = changed(full, "documents", "passport", covers=[{**COVER, "when": there}])
        return changed(catalogue, "documents", "identity-document", covers=[{"document": "passport", "when": back}])

    def test_itself(self, full):
        itself = changed(full, "documents", "passport", covers=[{"document": "passport"}])
        assert ("error", "impossible", "documents passport › covers") in found(itself)

    def test_in_a_ring(self, full):
        where = ("error", "ring", "documents identity-document › covers")
        assert where in found(self.ring(full, there="", back="here"))
        assert where in found(self.ring(full, there="stay_months > 5", back="stay_months > 7"))

    def test_there_for_some_and_back_for_others(self, full):
        assert "ring" not in {kind for _, kind, _ in found(self.ring(full, there="here", back="not here"))}

    def test_ring_of_three(self, full):
        third = Document(
            key="third", name="Third", origin="authority", issuer="An office", covers=[{"document": "photo"}]
        )
        more = full.model_copy(update={"documents": (*full.documents, third)})
        more = changed(more, "documents", "photo", covers=[{"document": "passport"}])
        more = changed(more, "documents", "passport", covers=[COVER, {"document": "third"}])
        assert "passport → third → photo → passport" in texts(more)

    def test_what_it_stands_for_is_not_there(self, full):
        gone = changed(full, "documents", "passport", covers=[{"document": "gone"}])
        where = "documents passport › covers gone › document"
        assert ("error", "dangling", where) in found(gone)


def test_assumed_length_without_a_fact(full):
    channel = {**NIF["channels"][0], "processing": {"assumed_days": 30}, "facts": []}
    where = "procedures nif › channels desk"
    bare = changed(full, "procedures", "nif", channels=[channel])
    assert ("error", "assumed_uncited", where) in found(bare)
    cited = changed(full, "procedures", "nif", channels=[{**channel, "facts": ["nif.what"]}])
    assert found(cited) == {}
