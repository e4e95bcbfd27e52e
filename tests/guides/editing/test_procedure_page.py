"""A procedure is one page, with the alternatives inside their requirements."""

import re

import pytest

from guides.editions.working_copy import snapshot
from guides.models import Alternative, Document, Procedure, Requirement, Step, Term
from tests.guides.forms import filled_form, page


@pytest.fixture
def browser(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def address(working_copy):
    return page(Procedure, "change", Procedure.objects.get(key="nif").pk)


def save(browser, address, **changes):
    return browser.post(address, {**filled_form(browser.get(address)), **changes})


def test_sections_are_listed_and_rows_are_titled_by_what_they_say(browser, address):
    told = browser.get(address).text
    assert '<a href="#requirements-inside">Requirements' in told
    for title in ("Go there.", "Tax office", "Who you are", "Agents charge.", "Is it free?"):
        assert f'<span class="inline_label">{title}</span>' in told
    assert "Tax number + Passport</span>" in told


def test_conditions_and_dates_are_told_in_plain_words(browser, address):
    told = browser.get(address).text
    assert "If you move to Portugal, and the answer to “How long?” is at least 24." in told
    assert "3 months after the answer to “When?”." in told
    assert 'aria-describedby="id_steps-0-when_helptext id_steps-0-when_says"' in told


def test_a_term_says_what_it_means(browser, working_copy):
    row = Term.objects.get(key="to_portugal")
    assert "If you move to Portugal." in browser.get(page(Term, "change", row.pk)).text


def test_an_alternative_is_changed(browser, address):
    assert save(browser, address, **{"requirements-0-alternatives-1-why": "It is cheap."}).status_code == 302
    assert [alternative.why for alternative in snapshot().procedures[0].requirements[0].alternatives] == [
        "It is quickest.",
        "It is cheap.",
    ]


def test_an_alternative_is_added_and_another_deleted(browser, address):
    passport = Document.objects.get(key="passport")
    changes = {"requirements-0-alternatives-2-documents": [passport.pk], "requirements-0-alternatives-2-when": "here"}
    save(browser, address, **changes, **{"requirements-0-alternatives-0-DELETE": "on"})
    alternatives = snapshot().procedures[0].requirements[0].alternatives
    assert [(alternative.documents, alternative.when) for alternative in alternatives] == [
        (("passport",), ""),
        (("passport",), "here"),
    ]


def test_a_requirement_comes_with_its_alternatives(browser, address):
    passport = Document.objects.get(key="passport")
    new = {"key": "photo", "name": "Two photos", "alternatives-0-documents": [passport.pk]}
    assert save(browser, address, **{f"requirements-1-{name}": value for name, value in new.items()}).status_code == 302
    assert Alternative.objects.get(requirement__key="photo").documents.get() == passport


def test_an_alternative_of_no_requirement_is_refused(browser, address):
    passport = Document.objects.get(key="passport")
    response = save(browser, address, **{"requirements-1-alternatives-0-documents": [passport.pk]})
    assert response.status_code == 200
    assert Requirement.objects.count() == 1


def test_an_error_inside_opens_its_requirement(browser, address):
    response = save(browser, address, **{"requirements-0-alternatives-0-when": "heere"})
    assert "Look at what is inside." in response.text
    assert "There is no question or term of this name. Did you mean “here”?" in response.text
    assert "<mark>heere</mark>" in response.text
    assert response.text.count('<details class="part-body" open>') >= 2


def test_rows_are_saved_in_the_order_of_their_positions(browser, address):
    save(browser, address, **{"steps-0-position": 2, "steps-1-position": 1})
    assert [step.key for step in snapshot().procedures[0].steps] == ["ask", "go"]


def test_a_condition_may_be_typed_on_several_lines(browser, address):
    save(browser, address, required_when="to_portugal\r\n  and here")
    assert Procedure.objects.get(key="nif").required_when == "to_portugal and here"


def test_saving_takes_the_same_queries_however_long_the_page_is(browser, address, django_assert_max_num_queries):
    procedure = Procedure.objects.get(key="nif")
    for number in range(20):
        Step.objects.create(procedure=procedure, key=f"step-{number}", text="Go on.").facts.set(procedure.facts.all())
    form = filled_form(browser.get(address))
    with django_assert_max_num_queries(110):
        assert browser.post(address, form).status_code == 302


def test_the_page_carries_no_row_twice_and_no_space_between_tags(browser, address):
    told = browser.get(address).text
    assert told.count('id="requirements-__prefix__-alternatives-empty"') == 1
    assert "requirements-0-alternatives-__prefix__" not in told
    rows = told[told.index('id="requirements-group"') : told.index('id="pitfalls-group"')]
    assert not re.search(r">\s+<(label|select|fieldset|input)", rows)


def test_choices_that_do_not_exist_are_refused(browser, address):
    response = save(browser, address, outputs=["999999"], authority="999999")
    assert response.status_code == 200
    assert {"outputs", "authority"} <= response.context_data["adminform"].form.errors.keys()


def test_somebody_who_may_only_look_sees_everything_and_changes_nothing(client, somebody, address):
    from django.contrib.auth.models import Permission

    reader = somebody("reader@example.org", is_staff=True)
    reader.user_permissions.set(
        Permission.objects.filter(codename__startswith="view_", content_type__app_label="guides")
    )
    client.force_login(reader)
    told = client.get(address).text
    assert "It is quickest." in told
    assert 'name="requirements-0-alternatives-0-why"' not in told
    assert client.post(address, {}).status_code == 403
