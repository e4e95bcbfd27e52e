"""One task for each thing to reach, with its ways, on a small catalogue."""

import datetime

import pytest

from checklists.planner import Progress
from tests.checklists.planner.small import catalogue, desk, document, planned, procedure, task, task_of

ARRIVAL = {"already_arrived": False, "arrival_date": datetime.date(2027, 1, 4)}


def ways(plan, key):
    found = task_of(plan, key)
    return [found.way.key, *(way.key for way in found.other_ways)]


def number_by(*ways, **extra):
    return catalogue(*ways, tasks=[task("number", *(way.key for way in ways))], **extra)


class TestWays:
    def test_what_gives_the_same_is_one_task(self):
        compiled = number_by(procedure("desk", gives=["nr"], days=1), procedure("web", gives=["nr"], days=5))
        [found] = planned(compiled).tasks
        assert (found.key, found.name, found.reaches) == ("number", "Number", ("nr",))
        assert (ways(planned(compiled), "number"), found.reason) == (["desk", "web"], "time")

    def test_done_once_means_done(self):
        compiled = number_by(procedure("desk", gives=["nr"], days=1), procedure("web", gives=["nr"], days=5))
        [found] = planned(compiled, progress=Progress({"web": None})).tasks
        assert (found.done, found.way.key) == (True, "web")

    def test_a_way_that_was_taken_stays_though_nobody_would_offer_it_any_more(self):
        first = {"required_when": "not in_hand has nr"}
        compiled = number_by(procedure("desk", gives=["nr"], **first), procedure("web", gives=["nr"], **first))
        [found] = planned(compiled, progress=Progress({"web": None})).tasks
        assert (found.key, found.done, found.way.key) == ("number", True, "web")
        assert planned(compiled, in_hand=frozenset(["nr"])).tasks == []

    def test_come_phase_by_phase_by_the_day_to_aim_at_and_offers_last(self):
        offer = procedure("offer", order=1, required_when="never", optional_when="always")
        due = [
            procedure(key, order=2, deadlines=[{"key": "by", "kind": "latest", "text": "By", "date": day}])
            for key, day in (("second", "2026-12-18"), ("first", "2026-12-11"))
        ]
        assert [task.key for task in planned(catalogue(offer, *due)).tasks] == ["first", "second", "offer"]

    def test_a_credential_that_another_task_gives_is_waited_for(self):
        web = procedure("web", order=1, channels=[{**desk("online"), "credentials": ["login"]}])
        compiled = catalogue(web, procedure("key", order=2, gives=["login"], days=3))
        found = task_of(planned(compiled), "web")
        assert (found.depends_on, found.ready) == (("key",), False)

    @pytest.mark.parametrize(
        ("second", "answers", "reason"),
        [
            ({"required_when": "never", "optional_when": "always"}, {}, "status"),
            ({"channels": [{**desk(), "place": "abroad"}]}, {}, "place"),
            ({"channels": [{**desk("online"), "credentials": ["login"]}]}, {}, "credentials"),
            ({"channels": [desk(max_days=30)]}, {}, "time"),
        ],
    )
    def test_the_first_way_stands_first_for_a_reason(self, second, answers, reason):
        two = procedure("good", gives=["nr"], days=1), procedure("other", gives=["nr"], **second)
        plan = planned(number_by(*two, documents=[document("login")]), **answers)
        assert (ways(plan, "number"), task_of(plan, "number").reason) == (["good", "other"], reason)

    def test_a_consulate_is_near_to_somebody_who_is_abroad(self):
        office = procedure("office", gives=["nr"])
        consulate = procedure("consulate", order=2, gives=["nr"], channels=[{**desk(), "place": "abroad"}])
        compiled = number_by(office, consulate)
        assert ways(planned(compiled), "number") == ["office", "consulate"]
        assert ways(planned(compiled, **ARRIVAL), "number") == ["consulate", "office"]
        assert task_of(planned(compiled, **ARRIVAL), "number").phase == "before_you_move"

    def test_one_visit_for_several_things_is_one_row(self):
        tasks = [task("number", "counter", "tax-office"), task("user", "counter", "social-office")]
        offices = [
            procedure("counter", gives=["nr", "user-nr"]),
            procedure("tax-office", order=2, gives=["nr"]),
            procedure("social-office", order=3, gives=["user-nr"]),
        ]
        [found] = planned(catalogue(*offices, tasks=tasks)).tasks
        assert (found.key, found.reaches) == ("counter", ("nr", "user-nr"))
        assert [way.key for way in found.other_ways] == ["tax-office", "social-office"]

    def test_a_task_depends_on_tasks(self):
        offices = [
            procedure("desk", gives=["nr"], days=1),
            procedure("web", gives=["nr"]),
            procedure("card", needs=["nr"]),
        ]
        found = planned(catalogue(*offices, tasks=[task("number", "desk", "web")]))
        assert task_of(found, "card").depends_on == ("number",)
        assert not task_of(found, "card").ready


class TestReady:
    def test_a_channel_that_asks_for_what_an_office_gives_is_locked(self):
        web = procedure("web", channels=[{**desk("online"), "credentials": ["login"]}])
        compiled = catalogue(web, documents=[document("login", "authority")])
        assert not task_of(planned(compiled), "web").ready
        assert task_of(planned(compiled, in_hand=frozenset(["login"])), "web").ready

    def test_what_only_an_office_gives_and_nothing_in_the_plan_is_missing(self):
        compiled = catalogue(procedure("card", needs=["permit"]), documents=[document("permit", "authority")])
        found = task_of(planned(compiled), "card")
        assert (found.ready, found.missing) == (False, ("permit",))
        assert task_of(planned(compiled, in_hand=frozenset(["permit"])), "card").ready

    def test_it_waits_for_the_alternative_that_can_be_had(self):
        card = procedure("login", order=1, needs=[["old-card", "card"]])
        compiled = catalogue(
            card, procedure("card", order=2, gives=["card"]), documents=[document("old-card", "authority")]
        )
        found = task_of(planned(compiled), "login")
        assert (found.ready, found.depends_on, found.missing) == (False, ("card",), ())

    def test_nothing_in_a_loop_can_be_started(self):
        permit = procedure("permit", needs=["nr"], gives=["card"])
        found = planned(catalogue(permit, procedure("number", needs=["card"], gives=["nr"])))
        assert [row.ready for row in found.tasks] == [False, False]
        assert [alert.key for alert in found.alerts] == ["loop-1"]
        assert found.ready_by.why_not == "loop"

    def test_an_office_elsewhere_waits_for_the_journey(self):
        assert not task_of(planned(catalogue(procedure("office")), **ARRIVAL), "office").ready


class TestReadyBy:
    def test_everything_done_is_finished(self):
        compiled = catalogue(procedure("a", days=3))
        assert not planned(compiled).is_finished
        assert planned(compiled, progress=Progress({"a": None})).is_finished

    def test_an_open_question_keeps_it_open(self):
        compiled = catalogue(procedure("a", days=3), procedure("b", required_when="works"))
        found = planned(compiled, progress=Progress({"a": None}))
        assert (found.ready_by.why_not, found.ready_by.tasks, found.is_finished) == ("open_question", ("b",), False)

    def test_an_unknown_length_is_named(self):
        found = planned(catalogue(procedure("a", days=3), procedure("b")))
        assert (found.ready_by.why_not, found.ready_by.tasks) == ("unknown_length", ("b",))

    def test_a_cautious_length_counts(self):
        [found] = [planned(catalogue(procedure("a", channels=[desk(assumed_days=30)])))]
        assert found.ready_by.date == datetime.date(2026, 12, 21)

    def test_a_duty_without_an_end_is_never_finished_and_not_waited_for(self):
        compiled = catalogue(procedure("a", days=3), procedure("tax", ongoing=True))
        found = planned(compiled, progress=Progress({"a": None, "tax": None}))
        assert not task_of(found, "tax").done
        assert found.is_finished
