"""Keys of terms and questions that conditions could not tell apart, and terms that need themselves, are refused."""

import pytest
from django.urls import reverse

from guides.models import Question, Term
from tests.guides.forms import filled_form, page


@pytest.fixture
def browser(client, editor, working_copy):
    client.force_login(editor)
    return client


def sent(browser, key, condition):
    """What saving a new term answers."""
    data = {"key": key, "condition": condition, "phrase": "so", "negative_phrase": "not so"}
    return browser.post(page(Term, "add"), data)


def typed(browser, term, text):
    query = {"text": text, "kind": "condition", "empty": "nothing", "term": term, "fragment": "1"}
    return browser.get(reverse("admin:check-condition"), query).text


@pytest.mark.parametrize(
    ("key", "complaint"),
    [
        ("here", "A question has this key."),
        ("always", "is a word of the language of conditions"),
        ("is", "is a word of the language of conditions"),
        ("today", "is a word of the language of conditions"),
    ],
)
def test_a_key_that_conditions_would_read_otherwise(browser, key, complaint):
    assert complaint in sent(browser, key, "stay_months > 3").text
    assert not Term.objects.filter(key=key).exists()
    assert complaint in typed(browser, key, "stay_months > 3")


def test_a_question_with_the_key_of_a_term_or_of_a_word(browser):
    data = filled_form(browser.get(page(Question, "add")))
    data |= {"kind": "yes_no", "text": "So?", "why": "To know.", "order": "5"}
    assert "A term has this key." in browser.post(page(Question, "add"), {**data, "key": "to_portugal"}).text
    assert "is a word of the language" in browser.post(page(Question, "add"), {**data, "key": "never"}).text
    assert browser.post(page(Question, "add"), {**data, "key": "so"}).status_code == 302


def test_a_term_that_needs_itself(browser):
    assert sent(browser, "far", "near").status_code == 200
    assert sent(browser, "far", "not here").status_code == 302
    assert sent(browser, "near", "not far").status_code == 302
    row = Term.objects.get(key="far")
    data = filled_form(browser.get(page(Term, "change", row.pk)))
    refused = browser.post(page(Term, "change", row.pk), {**data, "condition": "here or near"})
    assert "needs itself: near → far → near" in refused.text
    assert Term.objects.get(key="far").condition == "not here"
    assert "here or <mark>near</mark>" in typed(browser, "far", "here or near")
    assert "needs itself: self → self" in typed(browser, "self", "not self")


def test_a_mistake_inside_a_term_is_marked_at_its_name(browser):
    sent(browser, "far", "here")
    Term.objects.filter(key="far").update(condition="gone and here")
    told = typed(browser, "near", "not far")
    assert "not <mark>far</mark>" in told
    assert "The term “far” cannot be read" in told
