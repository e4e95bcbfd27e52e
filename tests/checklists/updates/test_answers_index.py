"""How many people have given which answers, grouped by the database."""

import pytest

from checklists.models import Checklist
from checklists.updates.answers_index import situations

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    for answers in (
        {"destination": "es", "activities": ["employee", "student"], "stay_months": 12, "here": True},
        {"destination": "es", "activities": ["employee", "student"], "stay_months": 12, "here": True, "region": "x"},
        {"destination": "pt", "activities": ["employee"], "here": False},
        {"destination": "pt", "activities": None},
        {"destination": "pt"},
        {},
    ):
        Checklist.objects.start(answers=answers, edition=1)


def found(*keys):
    return sorted(((count, sorted(answers.items())) for answers, count in situations(keys)), key=str)


def test_answers_are_told_as_they_are_stored(people):
    assert found("activities", "stay_months", "here") == [
        (1, [("activities", ["employee"]), ("here", False)]),
        (2, [("activities", ["employee", "student"]), ("here", True), ("stay_months", 12)]),
        (3, []),
    ]


def test_missing_and_null_are_both_not_known(people):
    assert found("destination", "activities") == [
        (1, [("activities", ["employee"]), ("destination", "pt")]),
        (1, []),
        (2, [("activities", ["employee", "student"]), ("destination", "es")]),
        (2, [("destination", "pt")]),
    ]


def test_words_that_look_like_other_values_stay_words():
    Checklist.objects.start(answers={"region": "12"}, edition=1)
    Checklist.objects.start(answers={"region": "true"}, edition=1)
    assert found("region") == [(1, [("region", "12")]), (1, [("region", "true")])]


def test_no_key_is_one_situation(people):
    assert found() == [(6, [])]


def test_previews_are_nobody(people):
    preview = Checklist.objects.start(answers={"destination": "fr"}, edition=1)
    preview.preview = True
    preview.save()
    assert ("destination", "fr") not in [answer for _count, answers in found("destination") for answer in answers]


def test_one_query_whatever_is_asked(people, django_assert_num_queries):
    with django_assert_num_queries(1):
        found("destination", "edition", "activities", "version")
