"""What the checks say about alerts: their words, their facts, what they stop, and what they say beside each other."""

import pytest

from guides.catalogue.checks import check
from tests.guides.small import changed, small_catalogue

from .test_reach_checks import TODAY, found, with_alerts


def alerts(*fields):
    return found(with_alerts(small_catalogue(), *fields))


def texts(*fields):
    return " ".join(str(problem) for problem in check(with_alerts(small_catalogue(), *fields), TODAY))


def test_alert_that_can_never_show():
    assert alerts({"when": "here and stay_months > 120"}) == {("error", "never_true", "alerts alert-0 › when"): None}


@pytest.mark.parametrize("key", ["stay_months", "nif", "passport"])
def test_about_a_question_a_procedure_or_a_document(key):
    assert alerts({"about": [key]}) == {}


def test_about_what_is_not_there():
    assert set(alerts({"about": ["here", "gone"]})) == {("error", "about_nothing", "alerts alert-0 › about")}
    assert "“gone”" in texts({"about": ["gone"]})


@pytest.mark.parametrize("field", ["text", "cost", "action"])
def test_only_answers_and_the_date_stand_in_braces(field):
    fields = {"text": "Mind it.", "when": "here and stay_months > 5"}
    assert alerts({**fields, field: "After {stay_months} months."}) == {}
    assert set(alerts({**fields, field: "After {months} months."})) == {("error", "placeholder", "alerts alert-0")}
    assert "It has no date." in texts({**fields, field: "By {date}."})
    assert alerts({**fields, field: "By {date}.", "date": "arrival_date"}) == {}


def test_only_the_country_stands_in_braces_in_a_question(small):
    assert found(changed(small, "questions", "here", text="Are you in {country}?")) == {}
    assert set(found(changed(small, "questions", "here", why="For {land}."))) == {
        ("error", "placeholder", "questions here")
    }


def test_date_that_does_not_parse():
    assert set(alerts({"date": "arrival_date + 3 moons"})) == {("error", "expression", "alerts alert-0 › date")}


@pytest.mark.parametrize("kind", ["danger", "late", "not_covered", "notice"])
def test_without_a_fact(kind):
    assert set(alerts({"kind": kind, "facts": []})) == {("error", "alert_uncited", "alerts alert-0")}


def test_conflict_needs_no_fact():
    assert alerts({"kind": "conflict", "facts": []}) == {}


def test_only_a_conflict_is_impossible():
    assert alerts({"kind": "conflict", "impossible": True}) == {}
    assert set(alerts({"impossible": True})) == {("error", "impossible", "alerts alert-0")}


def test_alert_of_a_country_is_for_those_who_move_there():
    here = {"country": "pt", "when": "here"}
    assert alerts(here) == {("error", "elsewhere", "alerts alert-0"): {"destination": "es", "here": True}}
    assert alerts({**here, "when": "here and to_portugal"}) == {}
    assert alerts({**here, "country": None}) == {}


def test_tells_what_nobody_need_have_answered():
    told = {"text": "After {stay_months} months."}
    assert set(alerts(told)) == {("warning", "gap", "alerts alert-0")}
    assert "“stay_months”" in texts(told)
    assert alerts({**told, "when": "stay_months > 5"}) == {}


def test_tells_a_day_that_nobody_can_count():
    late = {"when": "arrival_date before today", "date": "arrival_date + 1 day"}
    dated = {"text": "Until {date}.", "date": "latest(arrival_date, arrival_date + 1 day)"}
    assert alerts({**dated, "when": late["when"]}) == {}
    assert set(alerts({**dated, "when": "arrival_date before today or here"})) == {("warning", "gap", "alerts alert-0")}
    assert alerts({"date": late["date"]}) == {}


def test_stops_what_nobody_has_who_reads_it():
    short = {"when": "not here and stay_months < 5", "stops": ["nif"]}
    assert set(alerts(short)) == {("warning", "stops_nothing", "alerts alert-0 › stops")}
    assert alerts({**short, "when": "here and stay_months < 5"}) == {}


class TestContradictions:
    where = ("warning", "contradiction", "alerts alert-0")

    def test_same_things_said_twice_to_the_same_people(self):
        one = {"kind": "danger", "about": ["nif", "here"], "when": "here and stay_months > 5"}
        same = {**one, "about": ["here", "nif"], "when": "stay_months >= 6 and here"}
        assert alerts(one, same) == {self.where: {"here": True, "stay_months": 6}}
        for other in ({"kind": "conflict"}, {"about": ["nif"]}, {"when": "here and stay_months > 6"}):
            assert alerts(one, {**same, **other}) == {}

    def test_a_right_that_is_lost_and_still_stands(self):
        lost = {"kind": "danger", "about": ["nif"], "when": "here"}
        stands = {"kind": "late", "about": ["nif"], "when": "stay_months > 5"}
        assert self.where in alerts(lost, stands)
        assert self.where in alerts(stands, lost)
        assert alerts(lost, {**stands, "when": "not here"}) == {}
        assert alerts(lost, {**stands, "about": ["niss"]}) == {}

    def test_stopped_and_told_what_to_do(self):
        stops = {"kind": "danger", "when": "here", "stops": ["nif"]}
        tells = {"when": "stay_months > 5", "about": ["nif"], "action": "Go there."}
        assert self.where in alerts(stops, tells)
        assert self.where in alerts(tells, stops)
        assert "alert-0 stops nif, and alert-1 says what to do" in texts(stops, tells)
        for other in ({"action": ""}, {"when": "not here"}, {"kind": "danger"}, {"stops": ["nif"]}):
            assert alerts(stops, {**tells, **other}) == {}
        assert alerts({**stops, "kind": "not_covered"}, tells) == {}
