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


def card_of(region):
    """The task of the health card, and its steps, for an employee in this region."""
    raw = {"destination": "es", "nationalities": ["es"], "activities": ["employee"], "region": region}
    compiled = shipped_catalogue()
    answers, problems = read_answers(raw, compiled.vocabulary, today=TODAY)
    assert problems == []
    made = plan(compiled, answers, TODAY)
    assert "tsi-health-card" in {row.key for row in made.procedures}
    truths = compiled.truths({**answers, "today": TODAY})
    return [step.text for step in compiled.procedures["tsi-health-card"].steps if truths[step.when] is True]


def test_all_that_close_their_offices_on_days_of_their_own_can_be_chosen():
    codes = {code for code in holidays.country_holidays("ES").subdivisions if len(code) == 2}
    assert {option.calendar for option in REGIONS} == {f"ES-{code}" for code in codes}
    assert len(codes) == 19


@pytest.mark.parametrize("region", [option.value for option in REGIONS])
def test_each_has_its_rule_or_the_sentence_that_none_is_known(region):
    compiled = shipped_catalogue()
    named = [
        step
        for step in compiled.procedures["tsi-health-card"].steps
        if "region" in step.when and compiled.truths({"destination": "es", "region": region})[step.when] is True
    ]
    told = card_of(region)
    assert len(named) == 1
    assert named[0].text in told
    assert named[0].facts
    assert named[0].text.startswith(UNKNOWN) != bool(named[0].links or region == "catalonia")


def test_another_region_is_understood_and_no_longer_offered():
    compiled = shipped_catalogue()
    assert any(text.startswith(UNKNOWN) for text in card_of("other"))
    [other] = [option for option in compiled.vocabulary.questions["region"].options if option.value == "other"]
    assert other.when == "never"
