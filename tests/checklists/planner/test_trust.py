"""What everybody can rely on, tried on people with known cases: one task for each thing, one line for each paper, days
on which the office is open, and nothing to be afraid of without a source."""

import datetime
from collections import Counter
from statistics import median

import holidays
import pytest

from checklists.planner import plan
from tests.checklists.planner.test_personas import PERSONAS, Case
from tests.shipped import shipped_catalogue

MOST_PAPERS, USUAL_PAPERS = 22, 14
# Whose public holidays close the offices, as ISO 3166-2 has it: Madrid, Catalonia, Valencia, Andalusia; Lisbon.
CALENDARS = {"madrid": ("ES", "MD"), "catalonia": ("ES", "CT"), "valencia": ("ES", "VC"), "andalusia": ("ES", "AN")}
CALENDARS |= {"es": ("ES", None), "pt": ("PT", "11")}


@pytest.fixture(params=PERSONAS, scope="module")
def case(request):
    return Case(request.param)


@pytest.fixture(scope="module")
def identity():
    """Documents that say who somebody is and that no office of the destination gives."""
    compiled = shipped_catalogue()
    asked = {cover.document for cover in compiled.documents["passport"].covers if not cover.when}
    as_good = {key for key, document in compiled.documents.items() if asked & {c.document for c in document.covers}}
    return asked | as_good - compiled.producers.keys()


def papers_of(case):
    """What there is to hold in the hand."""
    return [paper for paper in case.plan["papers"] if paper["kind"] != "information"]


class TestTasks:
    def test_nothing_is_reached_by_two(self, case):
        tasks = plan(case.compiled, case.answers, case.today).tasks
        reached = Counter(output for task in tasks for output in task.reaches)
        assert [output for output, times in reached.items() if times > 1] == []

    def test_no_way_is_taken_twice(self, case):
        ways = Counter(task["way"] for task in case.plan["tasks"])
        assert [way for way, times in ways.items() if times > 1] == []

    def test_every_procedure_is_a_way_of_one(self, case):
        ways = {way for task in case.plan["tasks"] for way in (task["way"], *task["other_ways"])}
        assert ways == case.procedures.keys()

    def test_what_comes_first_stands_first(self, case):
        seen = set()
        for task in case.plan["tasks"]:
            assert seen.issuperset(task["depends_on"]), task["key"]
            seen.add(task["key"])


class TestPapers:
    def test_one_line_says_who_somebody_is(self, case, identity):
        assert len([paper["key"] for paper in papers_of(case) if paper["key"] in identity]) <= 1

    def test_each_document_stands_in_one_line(self, case):
        covered = Counter(document for paper in case.plan["papers"] for document in paper["covers"])
        assert [document for document, times in covered.items() if times > 1] == []

    def test_what_is_only_to_be_known_is_no_paper(self, case):
        known = {paper["key"] for paper in papers_of(case)}
        assert [key for key in known if case.compiled.documents[key].form == "information"] == []

    def test_are_few(self, case):
        assert len(papers_of(case)) <= MOST_PAPERS

    def test_are_fewer_for_most(self):
        assert median(len(papers_of(Case(name))) for name in PERSONAS) <= USUAL_PAPERS


class TestDays:
    def test_last_day_is_one_on_which_the_office_is_open(self, case):
        """Told by the library of holidays itself, whatever calendar the catalogue names."""
        answers = case.persona["answers"]
        country, part = CALENDARS.get(answers.get("region"), CALENDARS[answers["destination"]])
        closed = holidays.country_holidays(country, subdiv=part)
        lines = [*case.plan["tasks"], *case.plan["procedures"]]
        days = {datetime.date.fromisoformat(line["latest"]) for line in lines if line["latest"]}
        assert [day for day in days if day.weekday() > 4 or day in closed] == []

    def test_to_aim_at_lies_before_the_last_and_not_in_the_past(self, case):
        today = case.today.isoformat()
        for task in case.plan["tasks"]:
            if task["target"]:
                assert task["target"] >= today, task["key"]
            if task["target"] and task["latest"] and task["latest"] >= today:
                assert task["target"] <= task["latest"], task["key"]


class TestAlerts:
    def test_rest_on_facts_or_ask_back(self, case):
        for alert in case.plan["alerts"]:
            assert alert["facts"] or alert["kind"] == "conflict", alert["key"]
            assert set(alert["facts"]) <= case.compiled.facts.keys()

    def test_are_about_something_that_is_known(self, case):
        known = case.compiled.questions.keys() | case.compiled.procedures.keys() | case.compiled.documents.keys()
        known |= {row["key"] for row in case.plan["procedures"]}
        for alert in case.plan["alerts"]:
            assert alert["about"] and known.issuperset(alert["about"]), alert["key"]

    def test_fill_in_what_they_say(self, case):
        for alert in case.plan["alerts"]:
            assert "{" not in alert["text"] + alert["cost"] + alert["action"], alert["key"]


def test_figures_of_everybody(record_property):
    """Printed below the tests."""
    rows = {name: Case(name) for name in PERSONAS}
    papers = {name: len(papers_of(case)) for name, case in rows.items()}
    tasks = {name: len(case.plan["tasks"]) for name, case in rows.items()}
    for name in rows:
        record_property("figure", f"{name}: {tasks[name]} tasks, {papers[name]} papers")
    record_property("figure", f"median: {median(tasks.values()):g} tasks, {median(papers.values()):g} papers")
