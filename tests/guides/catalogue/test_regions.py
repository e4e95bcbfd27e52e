"""The regions of Spain: each can be chosen, has holidays of its own, and has its rule or is told that none is known."""

import datetime

import holidays
import pytest

from checklists.planner import plan
from guides.conditions import read_answers
from tests.shipped import shipped_catalogue

TODAY = datetime.date(2026, 11, 30)
REGIONS = [option for option in shipped_catalogue().vocabulary.questions["region"].options if option.value != "other"]
UNKNOWN = "We know no rule of your region yet"


def steps_of(region):
    """The steps of the health card that are told to an employee in this region, as far as these answers decide it."""
    raw = {"destination": "es", "nationalities": ["es"], "activities": ["employee"], "region": region}
    compiled = shipped_catalogue()
    typed, problems = read_answers(raw, compiled.vocabulary, today=TODAY)
    assert problems == []
    assert "tsi-health-card" in {row.key for row in plan(compiled, typed, TODAY).procedures}
    truths = compiled.truths({**typed, "today": TODAY})
    return [step for step in compiled.procedures["tsi-health-card"].steps if truths[step.when] is True]


def test_all_that_close_their_offices_on_days_of_their_own_can_be_chosen():
    codes = {code for code in holidays.country_holidays("ES").subdivisions if len(code) == 2}
    assert {option.calendar for option in REGIONS} == {f"ES-{code}" for code in codes}
    assert len(codes) == 19


@pytest.mark.parametrize("region", [option.value for option in REGIONS])
def test_each_has_its_rule_or_the_sentence_that_none_is_known(region):
    [named] = [step for step in steps_of(region) if "region" in step.when]
    assert named.facts
    tells_a_rule = region in named.when.split() and not named.text.startswith(UNKNOWN)
    assert tells_a_rule or (named.text.startswith(UNKNOWN) and "health service of your region" in named.text)


def test_another_region_is_understood_and_no_longer_offered():
    assert any(step.text.startswith(UNKNOWN) for step in steps_of("other"))
    [other] = [
        option for option in shipped_catalogue().vocabulary.questions["region"].options if option.value == "other"
    ]
    assert other.when == "never"
