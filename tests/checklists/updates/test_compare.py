"""What is different between two plans of one person, line by line, with reasons and sources."""

import datetime
import json

import pytest
from hypothesis import given, settings

from checklists.planner import Progress, plan
from checklists.updates.compare import compare
from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Alert
from tests.answers import answer_sets
from tests.guides.small import changed, small_catalogue, without
from tests.shipped import shipped_catalogue

TODAY = datetime.date(2026, 11, 21)
# Somebody in Portugal, for whom every part of "nif" applies.
ANSWERS = {"destination": "pt", "here": True, "arrival_date": datetime.date(2026, 11, 1), "stay_months": 12}
SMALL = changed(small_catalogue(), "procedures", "niss", place="anywhere")


def nif(**entries):
    """The catalogue with other fields in the first entry of one kind of "nif", or with other entries (a list)."""
    [procedure] = [entry for entry in SMALL.procedures if entry.key == "nif"]
    raw = procedure.model_dump(mode="json")
    for section, fields in entries.items():
        raw[section] = [raw[section][0] | fields, *raw[section][1:]] if isinstance(fields, dict) else fields
    return changed(SMALL, "procedures", "nif", **{name: raw[name] for name in entries})


SMALL = nif(channels={"available": True})


def told(new, old=SMALL, answers=ANSWERS, ticked=()):
    old, new = CompiledCatalogue(old), CompiledCatalogue(new)
    progress = Progress(finished=dict.fromkeys(ticked))
    before, after = (plan(compiled, answers, TODAY, progress) for compiled in (old, new))
    return compare(before, after, old, new, {**answers, "today": TODAY})


def fields_of(line):
    return {(each.field, each.before, each.after) for each in line.differences}


def test_nothing_is_different():
    assert not told(SMALL)
    assert not told(changed(SMALL, "facts", "nif.fee", note="Seen again."))


class TestAlertsAndDuties:
    ALERT = Alert(
        key="mind", kind="danger", when="here and stay_months > 5", text="You stay {stay_months}.", facts=("nif.what",)
    )

    def alerting(self, **fields):
        return SMALL.model_copy(update={"alerts": (self.ALERT.model_copy(update=fields),)})

    def test_an_alert_that_comes_and_goes(self):
        [line] = told(self.alerting()).new
        assert (line.kind, line.name, len(line.sources)) == ("alert", "You stay 12.", 2)
        assert [line.name for line in told(SMALL, self.alerting()).gone] == ["You stay 12."]
        assert not told(self.alerting(when="not here"))

    def test_an_alert_that_says_something_else(self):
        [line] = told(self.alerting(action="Ask.", date="arrival_date"), self.alerting()).changed
        assert fields_of(line) == {
            ("what to do now", "", "Ask."),
            ("day", "", "1 November 2026 (Sunday)"),
        }

    def test_a_duty_that_comes_goes_and_has_other_days(self):
        duty = {"key": "pay", "text": "Pay.", "first": "arrival_date", "every": "1 year", "facts": ["nif.what"]}
        pays, earlier = nif(recurring=[duty]), nif(recurring=[{**duty, "every": "6 months"}])
        [line] = told(pays).new
        assert (line.kind, line.key, line.name, line.within) == ("recurring", "nif/pay", "Pay.", "Get a tax number")
        assert [line.key for line in told(SMALL, pays).gone] == ["nif/pay"]
        [line] = told(earlier, pays).changed
        assert [field for field, *_ in fields_of(line)] == ["next days"]

    def test_a_deadline_says_what_it_costs_and_a_channel_where_it_is(self):
        [deadline] = told(nif(deadlines={"cost": "A fine."})).changed
        assert fields_of(deadline) == {("what it can cost to be late", "", "A fine.")}
        [channel] = told(nif(channels={"available": True, "place": "abroad"})).changed
        assert ("where you must be", "", "abroad") in fields_of(channel)


class TestTasks:
    def test_new_with_the_answers_that_ask_for_it_and_its_source(self):
        change = told(changed(SMALL, "procedures", "niss", required_when="here", facts=["nif.what"]))
        [line] = change.new
        assert (line.kind, line.key, line.name) == ("procedure", "niss", "Get a Social Security number")
        assert line.because == ("you are there",)
        assert [(source.publisher, source.url) for source in line.sources] == [
            ("The state", "https://example.org/"),
            ("Somebody", ""),
        ]
        assert (change.gone, change.changed) == ((), ())

    def test_new_and_provisional_names_the_question(self):
        answers = {key: value for key, value in ANSWERS.items() if key != "stay_months"}
        [line] = told(changed(SMALL, "procedures", "niss", required_when="stay_months > 6"), answers=answers).new
        assert line.because == ("it depends on your answer to “How long?”",)

    def test_gone_with_the_answers_that_rule_it_out(self):
        new = nif(required_when="to_portugal and not here", recommended_when="", optional_when="")
        change = told(new)
        assert [(line.key, line.because) for line in change.gone] == [
            ("nif", ("you are there",)),
            ("passport", ("“Get a tax number” is no longer on your list",)),
            ("nif-document", ("“Get a tax number” is no longer on your list",)),
        ]

    def test_gone_from_the_rules(self):
        niss = changed(SMALL, "procedures", "niss", required_when="here")
        [line] = told(without(niss, "procedures", "niss"), old=niss).gone
        assert line.because == ("the rules no longer have this task",)

    def test_changed_status_says_why(self):
        answers = ANSWERS | {"stay_months": 36}
        [line] = told(nif(required_when="", recommended_when="here"), answers=answers).changed[:1]
        assert fields_of(line) == {("how binding it is", "required", "recommended")}
        assert line.because == ("you are there",)

    def test_finished_tasks_are_left_alone(self):
        assert not told(nif(steps={"text": "Go early."}, fees={"amount": 99}), ticked=["nif"])


class TestParts:
    @pytest.mark.parametrize(
        ("kind", "section", "fields", "difference"),
        [
            ("step", "steps", {"text": "Go early."}, ("text", "Go there.", "Go early.")),
            ("fee", "fees", {"amount": 8}, ("amount", "7.50 to 15 USD", "8 to 15 USD")),
            ("channel", "channels", {"how": "Just go."}, ("how", "Book a day.", "Just go.")),
            ("pitfall", "pitfalls", {"fix": "Ask."}, ("way out", "Go yourself.", "Ask.")),
            (
                "deadline",
                "deadlines",
                {"date": "arrival_date + 2 months"},
                ("day", "1 February 2027 (Monday)", "1 January 2027 (Friday)"),
            ),
        ],
    )
    def test_changed_field_has_its_old_and_new_value(self, kind, section, fields, difference):
        [line] = told(nif(**{section: fields})).changed
        assert (line.kind, line.within) == (kind, "Get a tax number")
        assert line.key.startswith("nif/")
        assert fields_of(line) == {difference}

    def test_new_and_gone_with_their_sources(self):
        steps = [
            {"key": "ask", "text": "Ask.", "facts": ["nif.fee"]},
            {"key": "pay", "text": "Pay.", "facts": ["nif.fee"]},
        ]
        change = told(nif(steps=steps))
        assert [(line.kind, line.key, line.name) for line in change.new] == [("step", "nif/pay", "Pay.")]
        assert [(line.kind, line.key, line.name) for line in change.gone] == [("step", "nif/go", "Go there.")]
        assert [source.publisher for source in change.new[0].sources] == ["Somebody"]

    def test_what_does_not_concern_this_person_is_not_told(self):
        elsewhere = {**ANSWERS, "here": False}
        assert not told(nif(steps={"text": "Go early."}, fees={"amount": 99}), answers=elsewhere)

    def test_calendar_alone_moves_nothing(self):
        assert not told(nif(deadlines={"date": "arrival_date + 3 months"}))


class TestDocuments:
    def test_new_names_who_asks(self):
        requirement = {"key": "photo", "name": "A picture", "alternatives": [{"documents": ["passport"]}]}
        without_needs = nif(requirements=[])
        change = told(nif(requirements=[requirement]), old=without_needs)
        assert [(line.kind, line.key, line.because) for line in change.new] == [
            ("document", "passport", ("“Get a tax number” asks for it",))
        ]
        assert [line.because for line in told(without_needs, old=nif(requirements=[requirement])).gone] == [
            ("“Get a tax number” no longer asks for it",)
        ]

    def test_changed_field(self):
        [line] = told(changed(SMALL, "documents", "passport", translation="yes")).changed
        assert (line.key, fields_of(line)) == ("passport", {("sworn translation", "if it is foreign", "yes")})

    def test_a_finished_task_needs_no_documents_and_loses_none(self):
        assert not told(nif(requirements=[]), ticked=["nif"])


def test_as_json_is_plain():
    data = json.loads(json.dumps(told(nif(steps={"text": "Go early."})).as_json()))
    assert data["changed"][0]["differences"] == [{"field": "text", "before": "Go there.", "after": "Go early."}]
    assert data["new"] == data["gone"] == []


@settings(max_examples=25)
@given(answers=answer_sets())
def test_an_edition_that_says_the_same_changes_no_plan(answers):
    compiled = shipped_catalogue()
    same = CompiledCatalogue(compiled.catalogue.model_copy(), number=2)
    plans = [plan(each, answers, TODAY) for each in (compiled, same)]
    assert not compare(*plans, compiled, same, {**answers, "today": TODAY})
