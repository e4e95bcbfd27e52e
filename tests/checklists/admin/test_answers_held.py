"""The page of a question, and of its deletion, says how many people have answered it."""

import pytest

from checklists.models import Checklist, Persona
from guides.editions.loading import load
from guides.models import Question
from tests.guides.forms import page
from tests.guides.small import small_catalogue


@pytest.fixture
def browser(client, editor):
    load(small_catalogue())
    client.force_login(editor)
    return client


def test_the_page_of_a_question_says_who_has_answered_it(browser):
    for value in ("pt", "pt", "es"):
        Checklist.objects.start(answers={"destination": value}, edition=1)
    Persona.objects.create(name="Ana", answers={"destination": "pt"})
    row = Question.objects.get(key="destination")
    told = browser.get(page(Question, "change", row.pk))
    assert "So answered: 3 live checklists, 1 persona." in told.text
    assert {use.inner: use.held for use in told.context_data["uses"]} == {
        "": "So answered: 3 live checklists, 1 persona.",
        "pt": "So answered: 2 live checklists, 1 persona.",
        "es": "So answered: 1 live checklist, 0 personas.",
    }
    assert "So answered: 3 live checklists, 1 persona." in browser.get(page(Question, "delete", row.pk)).text


def test_each_of_several_answers_counts(browser):
    Checklist.objects.start(answers={"in_hand": ["passport", "nif-document"]}, edition=1)
    row = Question.objects.get(key="in_hand")
    assert "So answered: 1 live checklist, 0 personas." in browser.get(page(Question, "change", row.pk)).text
