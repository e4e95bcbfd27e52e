"""What a condition or a date text names is protected, and its page says where it is used."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guides.models import Alternative, Document, Parameter, Procedure, Question, Term
from tests.guides.forms import filled_form, page


@pytest.fixture
def browser(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def texts(working_copy):
    """A document that only a condition names, a parameter that only a date names, and a text that cannot be read."""
    Document.objects.create(key="old-card", name="Old card", origin="authority")
    nif = Procedure.objects.get(key="nif")
    Procedure.objects.filter(pk=nif.pk).update(done_when="in_hand has old-card")
    nif.deadlines.update(date="arrival_date + by_year(pension-age, age)")
    Alternative.objects.filter(requirement__procedure=nif).update(when="stay_months >= and (")


def delete(browser, model, key):
    row = model.objects.get(key=key)
    response = browser.get(page(model, "delete", row.pk))
    sent = {"post": "yes", "_seen": response.context_data["seen"]}
    return response, browser.post(page(model, "delete", row.pk), sent)


@pytest.mark.parametrize(
    ("model", "key", "named"),
    [
        (Term, "to_portugal", "nif"),
        (Question, "here", "destination"),
        (Question, "stay_months", "nif"),
        (Question, "destination", "to_portugal"),
        (Document, "old-card", "nif"),
        (Parameter, "pension-age", "nif"),
    ],
)
def test_what_a_text_names_cannot_be_deleted(browser, texts, model, key, named):
    asked, refused = delete(browser, model, key)
    assert f">{named}<" in "".join(asked.context_data["protected"])
    assert "cannot be deleted while these need it" in refused.text
    assert model.objects.filter(key=key).exists()


def test_what_only_the_current_edition_names_in_a_condition_is_told_and_may_go(browser, edition):
    Procedure.objects.filter(key="nif").update(required_when="")
    asked, _ = delete(browser, Term, "to_portugal")
    assert "The current edition names it." in asked.text
    assert not Term.objects.filter(key="to_portugal").exists()


def sent_without(browser, row, field, value):
    """The page of an entry, sent with the part whose ``field`` is ``value`` taken out."""
    data = filled_form(browser.get(page(type(row), "change", row.pk)))
    prefix = next(name for name, found in data.items() if name.endswith(f"-{field}") and found == value)
    data[prefix.removesuffix(field) + "DELETE"] = "on"
    return browser.post(page(type(row), "change", row.pk), data)


def test_an_option_that_is_named_is_not_taken_out(browser, working_copy):
    question = Question.objects.get(key="destination")
    refused = sent_without(browser, question, "value", "pt")
    assert "“pt” cannot go or be renamed while these name it" in refused.text
    assert ">to_portugal</a>" in refused.text
    assert question.options.filter(value="pt").exists()
    assert sent_without(browser, question, "value", "es").status_code == 302
    assert not question.options.filter(value="es").exists()


def test_an_option_that_is_named_is_not_renamed(browser, working_copy):
    question = Question.objects.get(key="destination")
    data = filled_form(browser.get(page(Question, "change", question.pk)))
    data["options-0-value"] = "portugal"
    refused = browser.post(page(Question, "change", question.pk), data)
    assert "“pt” cannot go or be renamed" in refused.text


def test_a_column_that_is_named_is_not_taken_out(browser, texts):
    parameter = Parameter.objects.get(key="pension-age")
    data = filled_form(browser.get(page(Parameter, "change", parameter.pk)))
    data |= {"rows-0-values": '{"rate": 3}', "rows-1-values": '{"rate": 34.75}'}
    refused = browser.post(page(Parameter, "change", parameter.pk), data)
    assert "“age” cannot go or be renamed" in refused.text
    assert ">nif</a>" in refused.text


def test_a_text_that_was_not_touched_keeps_nobody_from_saving(browser, working_copy):
    Term.objects.all().delete()
    row = Procedure.objects.get(key="nif")
    data = filled_form(browser.get(page(Procedure, "change", row.pk)))
    assert browser.post(page(Procedure, "change", row.pk), {**data, "summary": "New."}).status_code == 302
    data = filled_form(browser.get(page(Procedure, "change", row.pk)))
    data["required_when"] = "to_portugal"
    assert browser.post(page(Procedure, "change", row.pk), data).status_code == 200


def test_every_page_says_where_its_entry_is_used(browser, texts):
    told = browser.get(page(Term, "change", Term.objects.get(key="to_portugal").pk)).context_data["uses"]
    assert [[user.key for user in use.users] for use in told] == [["nif"]]
    told = browser.get(page(Question, "change", Question.objects.get(key="destination").pk)).context_data["uses"]
    assert {use.inner: [user.key for user in use.users] for use in told} == {
        "": ["to_portugal"],
        "pt": ["to_portugal"],
        "es": [],
    }
    told = browser.get(page(Parameter, "change", Parameter.objects.get(key="pension-age").pk)).context_data["uses"]
    assert {use.inner: len(use.users) for use in told} == {"": 1, "age": 1, "rate": 0}


def test_many_users_are_on_a_page_of_their_own(browser, working_copy):
    terms = [Term(key=f"t{number}", condition="here", phrase="a", negative_phrase="b") for number in range(30)]
    Term.objects.bulk_create(terms)
    told = browser.get(page(Question, "change", Question.objects.get(key="here").pk)).text
    address = reverse("entries:used", args=["questions", "here"])
    assert f'<a href="{address}">and ' in told
    assert ">t29</a>" not in told
    assert ">t29</a>" in browser.get(address).text
    assert browser.get(reverse("entries:used", args=["questions", "nobody"])).status_code == 404


def test_the_queries_of_a_page_do_not_grow_with_those_who_name_it(browser, working_copy, django_assert_max_num_queries):
    address = page(Question, "change", Question.objects.get(key="here").pk)
    with CaptureQueriesContext(connection) as before:
        browser.get(address)
    terms = [Term(key=f"t{number}", condition="here", phrase="a", negative_phrase="b") for number in range(40)]
    Term.objects.bulk_create(terms)
    with django_assert_max_num_queries(len(before)):
        browser.get(address)


def test_the_key_of_what_is_new_is_corrected_until_somebody_names_it(browser, edition):
    row = Term.objects.create(key="mistyped", condition="here", phrase="a", negative_phrase="b")
    data = filled_form(browser.get(page(Term, "change", row.pk)))
    assert browser.post(page(Term, "change", row.pk), {**data, "key": "typed"}).status_code == 302
    assert Term.objects.get(pk=row.pk).key == "typed"
    Procedure.objects.filter(key="nif").update(optional_when="typed")
    browser.post(page(Term, "change", row.pk), {**data, "key": "other"})
    assert Term.objects.get(pk=row.pk).key == "typed"
    published = Term.objects.get(key="to_portugal")
    Procedure.objects.filter(key="nif").update(required_when="")
    assert 'name="key"' not in browser.get(page(Term, "change", published.pk)).text
