"""How the planner works, on a small catalogue of its own: order, loops, days, windows and progress."""

import datetime

import pytest

from checklists.planner import Progress, as_json, plan
from guides.catalogue.compiled import CompiledCatalogue
from tests.checklists.planner.small import (
    QUESTIONS,
    TODAY,
    catalogue,
    deadline,
    desk,
    keys,
    made,
    paper,
    procedure,
    row,
)


class TestStatus:
    def test_the_first_condition_that_holds_decides(self):
        levels = {"required_when": "works", "recommended_when": "destination is xx"}
        assert row(made(procedure("a", **levels), works=True), "a").status == "required"
        assert row(made(procedure("a", **levels), works=False), "a").status == "recommended"
        assert keys(made(procedure("a", required_when="works"), works=False)) == []

    def test_an_undecided_condition_is_provisional_and_names_the_question(self):
        planned = row(made(procedure("a", required_when="works")), "a")
        assert (planned.status, planned.settles) == ("provisional", ("works",))

    def test_the_reason_is_told_without_the_obvious(self):
        planned = row(made(procedure("a", required_when="destination is xx and works"), works=True), "a")
        assert planned.because == ("you work",)


class TestOrder:
    def test_what_gives_a_document_comes_before_what_needs_it(self):
        result = made(
            procedure("card", order=1, needs=["number"]), procedure("number-office", order=2, gives=["number"])
        )
        assert keys(result) == ["number-office", "card"]
        assert row(result, "card").depends_on == ("number-office",)
        assert paper(result, "number").obtained_from == "number-office"

    def test_a_held_document_needs_no_waiting(self):
        offices = procedure("card", order=1, needs=["number"]), procedure("office", order=2, gives=["number"])
        result = made(*offices, in_hand=frozenset(["number"]))
        assert keys(result) == ["card", "office"]
        assert paper(result, "number").in_hand

    def test_an_alternative_breaks_a_loop(self):
        permit = procedure("permit", order=1, needs=["number"], gives=["card"])
        number = procedure("number", order=2, needs=[["card", "visa"]], gives=["number"])
        result = made(permit, number)
        assert keys(result) == ["number", "permit"]
        assert result.loops == ()

    def test_a_loop_without_a_way_out_is_reported_with_its_members(self):
        permit = procedure("permit", needs=["number"], gives=["card"])
        number = procedure("number", needs=["card"], gives=["number"])
        result = made(permit, number, procedure("other", order=9))
        assert result.loops == (("number", "permit"),)
        assert keys(result)[0] == "other"
        assert row(result, "permit").notices[0].kind == "loop"
        assert "number, permit" in row(result, "permit").notices[0].text

    def test_only_strict_dependencies_block(self):
        first = procedure("first", order=1, requires=[{"procedure": "second", "strength": "recommended"}])
        second = procedure("second", order=2, requires=[{"procedure": "first", "strength": "required"}])
        assert keys(made(first, second)) == ["first", "second"]

    def test_a_recommended_dependency_orders_where_it_can(self):
        first = procedure("first", order=1, requires=[{"procedure": "second", "strength": "recommended"}])
        assert keys(made(first, procedure("second", order=2))) == ["second", "first"]

    def test_an_optional_procedure_goes_first_but_nobody_waits_for_it(self):
        first = procedure("first", order=1, requires=[{"procedure": "second", "strength": "recommended"}])
        second = procedure("second", order=2, days=10, required_when="never", optional_when="always")
        result = made(first, second)
        assert keys(result) == ["second", "first"]
        assert (row(result, "first").depends_on, row(result, "first").ready) == ((), True)

    def test_what_only_some_offices_ask_for_holds_nobody_up(self):
        asked = {"key": "extra", "name": "Extra", "discretion": "Some ask", "alternatives": [{"documents": ["slip"]}]}
        result = made(procedure("a", order=1, requirements=[asked]), procedure("b", order=2, gives=["slip"]))
        assert keys(result) == ["a", "b"]
        assert paper(result, "slip").status == "conditional"


class TestDays:
    def test_a_procedure_starts_when_what_it_waits_for_is_finished(self):
        result = made(
            procedure("a", gives=["x"], days=10), procedure("b", needs=["x"], days=5), procedure("c", order=9, days=0)
        )
        assert row(result, "b").earliest == TODAY + datetime.timedelta(days=10)
        assert result.ready_by.date == TODAY + datetime.timedelta(days=15)
        assert [planned.key for planned in result.procedures if planned.critical] == ["a", "b"]

    def test_what_has_to_be_finished_by_a_day_starts_earlier_by_its_length_and_by_what_it_needs(self):
        office = procedure("b", needs=["x"], days=5, deadlines=[deadline("latest", "start - 1 day", binding=True)])
        result = made(procedure("a", gives=["x"], days=10), office, start=datetime.date(2027, 2, 10))
        assert row(result, "b").latest == datetime.date(2027, 2, 4)
        assert row(result, "a").latest == datetime.date(2027, 1, 25)

    def test_what_has_to_be_asked_for_by_a_day_can_take_longer(self):
        office = procedure("b", days=5, deadlines=[deadline("latest", "start - 1 day")])
        assert row(made(office, start=datetime.date(2027, 2, 10)), "b").latest == datetime.date(2027, 2, 9)

    def test_too_little_time_is_said(self):
        last = {"key": "before", "kind": "deadline", "text": "Before", "date": "start"}
        result = made(procedure("a", gives=["x"], days=10), procedure("b", needs=["x"], deadlines=[last]), start=TODAY)
        assert [notice.kind for notice in row(result, "b").notices] == ["late"]
        assert row(result, "b").deadlines[0].passed is False

    def test_nothing_on_site_happens_before_arrival(self):
        arrival = datetime.date(2027, 1, 4)
        offices = procedure("desk"), procedure("form", order=2, place="anywhere", channels=[desk("online")])
        result = made(*offices, already_arrived=False, arrival_date=arrival)
        assert (row(result, "desk").earliest, row(result, "form").earliest) == (arrival, TODAY)

    def test_a_window_opens_before_which_nothing_can_start(self):
        opens = {"key": "opens", "kind": "window_opens", "text": "Opens", "date": "start - 60 days"}
        result = made(procedure("a", deadlines=[opens]), start=datetime.date(2027, 3, 1))
        assert row(result, "a").earliest == datetime.date(2026, 12, 31)

    def test_a_date_that_only_informs_moves_nothing(self):
        informs = {"key": "valid", "kind": "validity", "text": "Valid", "date": "start"}
        planned = row(made(procedure("a", deadlines=[informs]), start=TODAY), "a")
        assert (planned.deadlines[0].date, planned.latest) == (TODAY, None)

    def test_a_deadline_can_count_from_a_finish(self):
        follows = {"key": "after", "kind": "deadline", "text": "Then", "date": "finish(a) + 30 days"}
        result = made(procedure("a", days=10), procedure("b", deadlines=[follows]))
        assert row(result, "b").deadlines[0].date == TODAY + datetime.timedelta(days=40)


class TestDocuments:
    def test_a_document_that_must_be_young_has_a_window(self):
        young = {"documents": ["certificate"], "max_age": "3 months"}
        hall = procedure("hall", gives=["certificate"], days=2)
        opens = {"key": "opens", "kind": "earliest", "text": "Opens", "date": "start"}
        card = procedure("card", needs=[[young]], deadlines=[opens])
        result = made(hall, card, start=datetime.date(2027, 6, 1))
        assert paper(result, "certificate").use_between == (datetime.date(2027, 3, 1), datetime.date(2027, 6, 1))

    def test_no_day_that_suits_all_is_a_conflict(self):
        young = {"documents": ["certificate"], "max_age": "1 month"}
        opens = {"key": "opens", "kind": "earliest", "text": "Opens", "date": "start"}
        later = procedure("b", needs=[[young]], deadlines=[opens])
        result = made(procedure("a", needs=[[young]]), later, start=datetime.date(2027, 6, 1))
        assert paper(result, "certificate").conflict

    def test_a_choice_is_a_group_and_the_first_is_recommended(self):
        result = made(procedure("a", needs=[["lease", "deed"]]))
        uses = {key: paper(result, key).uses[0] for key in ("lease", "deed")}
        assert {use.status for use in uses.values()} == {"one_of"}
        assert uses["lease"].group == uses["deed"].group == "a/need-0"
        assert [key for key, use in uses.items() if use.recommended] == ["lease"]

    def test_what_is_held_already_is_recommended(self):
        result = made(procedure("a", needs=[["lease", "deed"]]), in_hand=frozenset(["deed"]))
        assert paper(result, "deed").uses[0].recommended

    def test_an_alternative_that_is_ruled_out_leaves_a_required_document(self):
        job = {"documents": ["contract"], "when": "works"}
        result = made(procedure("a", needs=[[job, {"documents": ["pension"]}]]), works=False)
        assert [planned.key for planned in result.documents] == ["pension"]
        assert paper(result, "pension").status == "required"

    def test_one_row_for_two_procedures_has_the_stronger_status(self):
        optional = procedure("b", needs=["id"], required_when="never", optional_when="always")
        result = made(procedure("a", needs=["id"]), optional)
        assert paper(result, "id").procedures == ("a", "b")
        assert paper(result, "id").status == "required"


class TestProgress:
    def test_finishing_a_procedure_gives_its_documents_and_moves_the_plan_on(self):
        offices = procedure("a", gives=["x"], days=10), procedure("b", needs=["x"])
        assert not row(made(*offices), "b").ready
        result = made(*offices, progress=Progress(finished={"a": None}))
        assert row(result, "a").done
        assert row(result, "b").ready
        assert paper(result, "x").in_hand

    def test_a_ticked_document_is_in_hand(self):
        offices = procedure("a", gives=["x"], days=10), procedure("b", needs=["x"])
        result = made(*offices, progress=Progress(documents=frozenset(["x"])))
        assert row(result, "b").earliest == TODAY

    def test_nothing_starts_before_its_appointment_and_what_waits_for_it_moves_too(self):
        offices = procedure("a", gives=["x"], days=10), procedure("b", needs=["x"])
        appointment = TODAY + datetime.timedelta(days=40)
        result = made(*offices, progress=Progress(appointments={"a": appointment}))
        assert row(result, "a").earliest == appointment
        assert row(result, "b").earliest == appointment + datetime.timedelta(days=10)
        assert not row(result, "a").ready

    def test_an_appointment_after_the_last_day_is_late(self):
        due = {"key": "due", "kind": "latest", "date": "today + 20 days", "text": "By then"}
        office = procedure("a", deadlines=[due])
        assert not row(made(office), "a").late
        late = made(office, progress=Progress(appointments={"a": TODAY + datetime.timedelta(days=30)}))
        assert row(late, "a").late
        assert [alert.kind for alert in late.alerts] == ["late"]

    def test_an_appointment_that_has_passed_holds_nothing_up(self):
        result = made(procedure("a"), progress=Progress(appointments={"a": TODAY - datetime.timedelta(days=3)}))
        assert row(result, "a").earliest == TODAY

    def test_a_procedure_is_done_when_its_condition_says_so(self):
        result = made(procedure("a", gives=["x"], done_when="in_hand has x"), in_hand=frozenset(["x"]))
        assert row(result, "a").done


class TestChannels:
    @pytest.fixture
    def office(self):
        channels = [
            {"key": "desk", "kind": "in_person", "name": "Desk", "processing": {"max_days": 10}},
            {"key": "web", "kind": "online", "name": "Web", "credentials": ["pass"], "processing": {"max_days": 1}},
            {"key": "old", "kind": "post", "name": "Post", "available": False},
        ]
        return procedure("a", channels=channels), procedure("b", order=9, gives=["pass"])

    def test_missing_credentials_count_before_time(self, office):
        channels = row(made(*office), "a").channels
        assert [(c.channel.key, c.missing) for c in channels] == [("desk", ()), ("web", ("pass",))]

    def test_before_the_arrival_a_counter_comes_last(self):
        channels = [
            {"key": "desk", "kind": "in_person", "name": "Desk", "processing": {"max_days": 0}},
            {"key": "post", "kind": "post", "name": "Post", "processing": {"max_days": 20}},
        ]
        office = procedure("a", place="anywhere", channels=channels)
        later = made(office, already_arrived=False, arrival_date=datetime.date(2027, 1, 4))
        assert [c.channel.key for c in row(later, "a").channels] == ["post", "desk"]
        assert [c.channel.key for c in row(made(office), "a").channels] == ["desk", "post"]

    def test_the_quickest_comes_first_once_the_credential_is_held(self, office):
        channels = row(made(*office, in_hand=frozenset(["pass"])), "a").channels
        assert [c.channel.key for c in channels] == ["web", "desk"]


class TestOutput:
    def test_shape(self):
        result = as_json(made(procedure("a", needs=["id"])), catalogue().vocabulary.questions)
        assert set(result) == {
            "edition", "unknown", "ready_by", "alerts", "tasks", "papers", "recurring", "pointers",
            "procedures", "documents"}  # fmt: skip
        assert set(result["procedures"][0]) == {
            "key", "status", "depends_on", "done", "earliest", "latest", "why", "deadlines", "warnings"}  # fmt: skip
        assert result["documents"][0] == {
            "key": "id", "for": ["a"], "status": "required", "group": None, "in_hand": False, "obtained_from": None,
            "use_between": [None, None], "why": ["A: Proof."], "facts": []}  # fmt: skip
        assert result["tasks"][0] == {
            "key": "a", "status": "required", "done": False, "phase": "first_weeks", "way": "a", "other_ways": [],
            "depends_on": [], "target": None, "latest": None, "duration_known": False}  # fmt: skip
        assert result["papers"][0] == {
            "key": "id", "kind": "paper", "covers": ["id"], "tasks": ["a"], "status": "required", "in_hand": False,
            "obtained_from": None, "use_between": [None, None]}  # fmt: skip
        assert (result["alerts"], result["recurring"]) == ([], [])
        assert result["ready_by"] == {
            "date": None, "why_not": "Offices decide how long this takes, and nobody tells: A."}  # fmt: skip

    def test_open_questions_come_most_useful_first(self):
        several = procedure("a", required_when="works"), procedure("b", required_when="works")
        result = as_json(
            made(*several, procedure("c", required_when="start after today")), {q.key: q for q in QUESTIONS}
        )
        assert result["unknown"] == ["works", "start"]


def test_a_question_that_editors_took_out_is_not_asked():
    found = catalogue(procedure("permit", needs=["passport"]))
    left = tuple(entry for entry in QUESTIONS if entry.key in ("destination", "works"))
    without = CompiledCatalogue(found.catalogue.model_copy(update={"questions": left}))
    assert set(plan(found, {"destination": "xx"}, TODAY).unknown) == {"already_arrived", "arrival_date", "in_hand"}
    assert plan(without, {"destination": "xx"}, TODAY).unknown == ()
