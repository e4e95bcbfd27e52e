"""People with known cases: what a right plan holds for each of them, from ``tests/personas``.

``expect`` must hold in full. ``expect_soft`` rests on secondary or local facts: what does not hold is reported.
"""

import datetime
import re
import statistics
from pathlib import Path

import pytest
import yaml

from checklists.planner import as_json, plan
from checklists.questionnaire import Questionnaire
from guides.conditions import read_answers
from tests.answers import values_that_matter
from tests.shipped import shipped_catalogue

PERSONAS = {path.stem: path for path in sorted((Path(__file__).parents[2] / "personas").glob("*.yaml"))}
APPLIES = ("required", "provisional")
MOST_SCREENS = 14


class Case:
    """A persona, and the plan as the API prints it."""

    def __init__(self, name):
        self.persona = yaml.safe_load(PERSONAS[name].read_text(encoding="utf-8"))
        self.compiled = shipped_catalogue()
        self.today = datetime.date.fromisoformat(self.persona["today"])
        self.answers, self.problems = read_answers(self.persona["answers"], self.compiled.vocabulary, today=self.today)
        self.plan = as_json(plan(self.compiled, self.answers, self.today), self.compiled.vocabulary.questions)
        self.procedures = {row["key"]: row for row in self.plan["procedures"]}
        self.documents = {row["key"]: row for row in self.plan["documents"]}
        self.order = list(self.procedures)

    def unmet(self, level):
        """The expectations of one level that do not hold, in words."""
        wanted = self.persona.get(level) or {}
        yield from self._procedures(wanted.get("procedures", {}))
        yield from self._documents(wanted.get("documents", {}))
        yield from self._alerts(wanted)
        yield from self._tasks(wanted)
        yield from self._days(wanted)
        for first, second in wanted.get("order", []):
            if not {first, second} <= self.procedures.keys():
                yield f"order: {first} or {second} is missing"
            elif self.order.index(first) > self.order.index(second):
                yield f"order: {second} comes before {first}"
        for warning in wanted.get("warnings", []):
            if not self._warns(warning["facts"]):
                yield f"warning: {warning['text']}"

    def _procedures(self, wanted):
        for key in wanted.get("required", []):
            if self.procedures.get(key, {}).get("status") not in APPLIES:
                yield f"{key} is not required"
        for key in wanted.get("recommended_or_optional", []):
            if key not in self.procedures:
                yield f"{key} is missing"
        for key in wanted.get("absent", []):
            if self.procedures.get(key, {}).get("status") in APPLIES:
                yield f"{key} is required"

    def _documents(self, wanted):
        for row in [*wanted.get("required", []), *wanted.get("conditional", [])]:
            if not self._listed(row["key"], row["for"]):
                yield f"document {row['key']} is not listed for {row['for']}"
        for row in wanted.get("one_of", []):
            if not any(self._listed(key, row["for"]) for key in row["keys"]):
                yield f"none of {row['keys']} is listed for {row['for']}"
        for row in wanted.get("absent", []):
            found = self.documents.get(row["key"])
            if found and found["status"] == "required" and row["for"] in ("*", *found["for"]):
                yield f"document {row['key']} is required for {found['for']}"

    def _listed(self, document, procedure):
        return procedure in self.documents.get(document, {}).get("for", [])

    def _alerts(self, wanted):
        for row in wanted.get("alerts", []):
            found = [set(alert["about"]) for alert in self.plan["alerts"] if alert["kind"] == row["kind"]]
            if not any(about & set(row.get("about", about)) for about in found):
                yield f"alert: {row['kind']} about {row.get('about', 'anything')}"
        for kind in wanted.get("no_alerts", []):
            for alert in self.plan["alerts"]:
                if alert["kind"] == kind:
                    yield f"alert that should not be: {kind}, {alert['key']}"

    def _tasks(self, wanted):
        first = next((task["way"] for task in self.plan["tasks"] if not task["done"]), None)
        if "first_task_any" in wanted and first not in wanted["first_task_any"]:
            yield f"first task: {first}, not one of {wanted['first_task_any']}"
        for output in wanted.get("one_task", []):
            leading = [task["key"] for task in self.plan["tasks"] if output in self.given_by(task)]
            if len(leading) != 1:
                yield f"tasks for {output}: {leading}"

    def _days(self, wanted):
        for row in wanted.get("deadlines", []):
            known = self.procedures.get(row["procedure"], {}).get("deadlines", [])
            if not any(near(line["date"], row) for line in known if line["kind"] == row["kind"]):
                yield f"deadline of {row['procedure']}: {row['kind']} {row['date']}"
        for row in wanted.get("recurring", []):
            known = [
                day for line in self.plan["recurring"] if line["procedure"] == row["procedure"] for day in line["next"]
            ]
            if not any(near(day, row) for day in known):
                yield f"duty of {row['procedure']}: {row['date']}, not {known}"
        for row in wanted.get("latest_at_most", []):
            lines = [self.procedures.get(row["procedure"], {}), *self.tasks_of(row["procedure"])]
            known = [line["latest"] for line in lines if line.get("latest")]
            if not any(day <= row["date"] for day in known):
                yield f"latest day of {row['procedure']}: {known}, not up to {row['date']}"
        if wanted.get("not_ready_by") and self.plan["ready_by"]["date"]:
            yield f"ready by {self.plan['ready_by']['date']}"

    def tasks_of(self, procedure):
        return [task for task in self.plan["tasks"] if procedure in (task["way"], *task["other_ways"])]

    def given_by(self, task):
        """The plan tells the key of a procedure without its country in front."""
        procedures = self.compiled.procedures
        way = f"{self.persona['answers']['destination']}-{task['way']}"
        return procedures[way if way in procedures else task["way"]].outputs

    def _warns(self, facts):
        said = [warning for row in self.procedures.values() for warning in row["warnings"]]
        said += [*self.plan["alerts"], *self.plan["recurring"]]
        return any(set(facts) & set(text["facts"]) for text in said)


def near(day, wanted):
    if not day:
        return False
    away = datetime.date.fromisoformat(day) - datetime.date.fromisoformat(str(wanted["date"]))
    return abs(away.days) <= wanted["tolerance_days"]


@pytest.fixture(params=PERSONAS, scope="module")
def case(request):
    return Case(request.param)


def test_answers_are_understood(case):
    assert case.problems == []


def test_plan_holds_what_is_expected(case):
    assert list(case.unmet("expect")) == []


def test_plan_reports_soft_expectations(case, record_property):
    for text in case.unmet("expect_soft"):
        record_property("not met", f"{case.persona['id']}: {text}")


def ask_all(compiled, answers, today):
    """Answer the questionnaire as this person would; give the screens and the raw answers at the end."""
    raw, screens = {}, []
    while screen := Questionnaire(compiled, raw, today).next_screen():
        assert screen.keys not in screens, "an answer that is no answer is asked for again and again"
        screens.append(screen.keys)
        raw |= {key: answers.get(key) for key in screen.keys}
    return screens, raw


def test_ordinary_people_are_asked_no_more_than_before_there_were_procedures_for_all_others():
    ordinary = [name for name in PERSONAS if re.fullmatch(r"(es|pt)-(0\d|11)", name)]
    cases = [Case(name) for name in ordinary]
    screens = [len(ask_all(case.compiled, case.persona["answers"], case.today)[0]) for case in cases]
    assert len(screens) == 12
    assert statistics.median(screens) <= 12


def test_who_has_no_appointment_is_not_asked_for_its_day():
    case = Case("pt-53")
    answers = case.persona["answers"] | {"has_aima_appointment": False, "in_hand": ["passport", "residence-visa"]}
    screens, _raw = ask_all(case.compiled, answers, case.today)
    asked = {key for screen in screens for key in screen}
    assert {"has_aima_appointment", "visa_expires"} <= asked
    assert "aima_appointment" not in asked


class TestQuestionnaire:
    @pytest.fixture
    def asked(self, case):
        return ask_all(case.compiled, case.persona["answers"], case.today)

    def test_is_short(self, asked):
        screens, _raw = asked
        assert len(screens) <= MOST_SCREENS, screens

    def test_asks_everything_that_shapes_the_plan(self, case, asked):
        """The plan of the asked answers alone is the plan of all answers the person could give."""
        _screens, raw = asked
        answers, _ = read_answers(raw, case.compiled.vocabulary, today=case.today)
        same = as_json(plan(case.compiled, answers, case.today), case.compiled.vocabulary.questions)
        assert same == case.plan

    def test_no_question_left_unasked_could_change_the_plan(self, case, asked):
        _screens, raw = asked
        answers, _ = read_answers(raw, case.compiled.vocabulary, today=case.today)
        before = as_json(plan(case.compiled, answers, case.today), case.compiled.vocabulary.questions)
        for key in case.compiled.vocabulary.questions.keys() - raw.keys():
            listed = case.compiled.vocabulary.questions[key].kind in ("choices", "countries", "documents")
            for value in values_that_matter(key):
                changed = {**answers, key: frozenset([value]) if listed else value}
                after = plan(case.compiled, changed, case.today)
                assert as_json(after, case.compiled.vocabulary.questions) == before, (key, value)
