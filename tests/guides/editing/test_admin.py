import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from guides.editions.working_copy import snapshot
from guides.models import Edition, Fact, Procedure, Report, Step, Term
from tests.guides.forms import filled_form, page

# Reports are not part of the catalogue; ``test_triage`` looks at them.
MODELS = [
    model
    for model in apps.get_app_config("guides").get_models()
    if admin.site.is_registered(model) and model is not Report
]
EVERY_MODEL = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


@pytest.fixture
def small(full):
    """Every page has something to show."""
    return full


@pytest.fixture
def browser(client, publisher):
    client.force_login(publisher)
    return client


@EVERY_MODEL
def test_list_opens_and_can_be_searched(browser, edition, model, django_assert_max_num_queries):
    with django_assert_max_num_queries(62):
        response = browser.get(page(model, "changelist"), {"q": "nif"})
    assert response.status_code == 200


@EVERY_MODEL
def test_pages_of_rows_open(browser, edition, model, django_assert_max_num_queries):
    row = model.objects.first()
    with django_assert_max_num_queries(112):
        assert browser.get(page(model, "change", row.pk)).status_code == 200
    assert browser.get(page(model, "add")).status_code == 200


def test_queries_of_a_procedure_do_not_grow_with_its_parts(browser, working_copy, django_assert_num_queries):
    procedure = Procedure.objects.get(key="nif")
    address = page(Procedure, "change", procedure.pk)
    browser.get(address)
    with django_assert_num_queries(105):
        browser.get(address)
    for number in range(20):
        Step.objects.create(procedure=procedure, key=f"step-{number}", text="Go on.").facts.set(Fact.objects.all())
    with django_assert_num_queries(105):
        browser.get(address)


@EVERY_MODEL
def test_unchanged_page_saves_without_changing_anything(browser, edition, model, small):
    if model is Edition:
        return
    row = model.objects.first()
    address = page(model, "change", row.pk)
    response = browser.post(address, filled_form(browser.get(address)))
    assert response.status_code == 302, response.context_data["errors"]
    assert snapshot() == small


def test_editor_changes_a_step(browser, working_copy):
    procedure = Procedure.objects.get(key="nif")
    address = page(Procedure, "change", procedure.pk)
    data = filled_form(browser.get(address))
    response = browser.post(address, {**data, "steps-0-text": "Walk there.", "steps-0-when": "here and not here"})
    assert response.status_code == 302
    step = snapshot().procedures[0].steps[0]
    assert (step.text, step.when) == ("Walk there.", "here and not here")


def test_bad_condition_is_shown_at_its_word(browser, working_copy):
    procedure = Procedure.objects.get(key="nif")
    address = page(Procedure, "change", procedure.pk)
    data = filled_form(browser.get(address))
    response = browser.post(address, {**data, "steps-0-when": "heere"})
    assert "Character 1: There is no question or term of this name. Did you mean “here”?" in response.text


@pytest.mark.parametrize(
    ("model", "field", "text", "complaint"),
    [
        (Procedure, "steps-0-when", "here and nowhere", "Character 10: There is no question or term"),
        (Procedure, "steps-0-when", "destination is fr", "cannot be “fr”"),
        (Procedure, "deadlines-0-date", "arrival_date + 3 moons", "Character 16"),
        (Procedure, "done_when", "here) or here", "Character 5: There is no “(”"),
        (Term, "condition", "stay_months is long", "whole number"),
    ],
)
def test_expression_that_does_not_parse_is_refused_at_its_field(browser, working_copy, model, field, text, complaint):
    before = snapshot()
    address = page(model, "change", model.objects.first().pk)
    response = browser.post(address, {**filled_form(browser.get(address)), field: text})
    assert response.status_code == 200
    context = response.context_data
    forms = [
        context["adminform"].form,
        *(f for inline in context["inline_admin_formsets"] for f in inline.formset.forms),
    ]
    errors = {f.add_prefix(name): " ".join(said) for f in forms for name, said in f.errors.items()}
    assert complaint in errors.pop(field)
    assert errors == {}
    assert snapshot() == before


def test_key_is_fixed_once_the_row_exists(browser, working_copy):
    procedure = Procedure.objects.get(key="nif")
    address = page(Procedure, "change", procedure.pk)
    browser.post(address, {**filled_form(browser.get(address)), "key": "fin"})
    procedure.refresh_from_db()
    assert procedure.key == "nif"


def test_facts_are_found_by_what_they_say(browser, working_copy):
    found = browser.get(
        reverse("admin:autocomplete"),
        {"app_label": "guides", "model_name": "step", "field_name": "facts", "term": "tax number"},
    ).json()
    assert [result["text"] for result in found["results"]] == ["nif.what: The NIF is the tax number."]


def test_editor_sees_no_accounts(client, editor):
    client.force_login(editor)
    assert not editor.has_perm("checklists.change_user")
    assert "checklists/user/" not in client.get(reverse("admin:index")).text


@EVERY_MODEL
def test_an_editor_may_do_everything_but_publish(client, editor, edition, model):
    client.force_login(editor)
    row = model.objects.first()
    for name in ("change", "history"):
        assert client.get(page(model, name, row.pk)).status_code == 200
    if model is Edition:
        assert client.post(page(model, "add"), {"note": "Now"}).status_code == 403
        assert client.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    else:
        assert client.get(page(model, "add")).status_code == 200
        assert client.get(page(model, "delete", row.pk)).status_code == 200


@EVERY_MODEL
def test_nobody_without_a_role_sees_the_pages(client, somebody, edition, model):
    addresses = [page(model, "changelist"), page(model, "add"), page(model, "change", model.objects.first().pk)]
    assert {client.get(address).status_code for address in addresses} == {302}
    client.force_login(somebody("staff@example.org", is_staff=True))
    assert {client.get(address).status_code for address in addresses} == {403}
