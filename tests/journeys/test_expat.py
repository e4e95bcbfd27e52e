"""Somebody who is moving: from the home page to a checklist that they work with."""

import pytest

from .answering import MOST_SCREENS, answer_all, answers_of, start_with

pytestmark = pytest.mark.browser


def test_freelancer_gets_a_checklist_on_a_phone(visitor):
    page = visitor().page
    answers = answers_of("es-05")
    start_with(page, "Spain")
    assert answer_all(page, answers) <= MOST_SCREENS
