"""The database itself refuses what the catalogue could not mean."""

from typing import get_args

import pytest
from django.db import IntegrityError, models, transaction

from guides.editions.mapping import sections
from guides.models import (
    Alert,
    Alternative,
    Authority,
    Channel,
    Country,
    Cover,
    Deadline,
    Dependency,
    Document,
    Edition,
    Fact,
    Faq,
    Fee,
    Guide,
    Option,
    ParameterRow,
    Procedure,
    Question,
    Recurring,
    Step,
    Term,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(full):
    return full


def change(model, **values):
    row = model.objects.order_by("pk").first()
    with transaction.atomic():
        model.objects.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize(
    ("model", "values", "constraint"),
    [
        (Country, {"key": "Not A Key"}, "country_key_pattern"),
        (Country, {"mark": "p"}, "country_mark_pattern"),
        (Country, {"colour": "green"}, "country_colour_pattern"),
        (Country, {"calendar": "Lisbon"}, "country_calendar_pattern"),
        (Authority, {"key": ""}, "authority_key_pattern"),
        (Fact, {"confidence": "sure"}, "fact_confidence_known"),
        (Fact, {"review_due": "2026-10-31"}, "fact_verified_on_up_to_review_due"),
        (ParameterRow, {"year": 19}, "parameterrow_year_plausible"),
        (ParameterRow, {"confidence": ""}, "parameterrow_confidence_known"),
        (Question, {"kind": "essay"}, "question_kind_known"),
        (Question, {"key": "with-hyphen"}, "question_key_pattern"),
        (Question, {"screen": "No Key"}, "question_screen_pattern"),
        (Question, {"minimum": 2, "maximum": 1}, "question_minimum_up_to_maximum"),
        (Option, {"value": ""}, "option_value_given"),
        (Option, {"calendar": "pt"}, "option_calendar_pattern"),
        (Term, {"key": "9lives"}, "term_key_pattern"),
        (Document, {"origin": "heaven"}, "document_origin_known"),
        (Document, {"form": "stone"}, "document_form_known"),
        (Document, {"kind": "pebble"}, "document_kind_known"),
        (Cover, {"document": models.F("holder")}, "cover_not_itself"),
        (Document, {"translation": "maybe"}, "document_translation_known"),
        (Document, {"apostille": "maybe"}, "document_apostille_known"),
        (Procedure, {"place": "moon"}, "procedure_place_known"),
        (Dependency, {"strength": "strong"}, "dependency_strength_known"),
        (Dependency, {"procedure": models.F("dependent")}, "dependency_not_on_itself"),
        (Alternative, {"max_age": "a while"}, "alternative_max_age_pattern"),
        (Channel, {"kind": "telepathy"}, "channel_kind_known"),
        (Channel, {"place": "moon"}, "channel_place_known"),
        (Channel, {"processing_min_days": 4}, "channel_processing_min_days_up_to_processing_max_days"),
        (Channel, {"processing_min_days": -1}, "processing_min_days"),
        (Step, {"key": "Go!"}, "step_key_pattern"),
        (Fee, {"amount": -1}, "fee_amount_positive"),
        (Fee, {"amount": None}, "fee_amount_positive"),
        (Fee, {"amount_to": 1}, "fee_amount_up_to_amount_to"),
        (Fee, {"currency": "euro"[:3]}, "fee_currency_pattern"),
        (Fee, {"year": 26}, "fee_year_plausible"),
        (Deadline, {"kind": "some day"}, "deadline_kind_known"),
        (Recurring, {"every": "now and then"}, "recurring_every_pattern"),
        (Recurring, {"day": 32}, "recurring_day_of_month"),
        (Alert, {"kind": "rumour"}, "alert_kind_known"),
        (Alert, {"when": ""}, "alert_when_given"),
        (Faq, {"procedure": None, "guide": None}, "faq_one_parent"),
        (Edition, {"number": 0}, "edition_number_positive"),
    ],
)
def test_impossible_value_is_refused(edition, model, values, constraint):
    if model is Edition:
        model = type("Raw", (), {"objects": models.QuerySet(Edition)})
    with pytest.raises(IntegrityError, match=constraint):
        change(model, **values)


def test_faq_has_one_parent_only(working_copy):
    with pytest.raises(IntegrityError, match="faq_one_parent"):
        change(Faq, procedure=Procedure.objects.first(), guide=Guide.objects.first())


@pytest.mark.parametrize(("model", "field"), [(Step, "key"), (Option, "value"), (Fact, "key"), (Procedure, "key")])
def test_key_is_unique_among_its_siblings(working_copy, model, field):
    first, second = model.objects.order_by("pk")[:2]
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        model.objects.filter(pk=second.pk).update(**{field: getattr(first, field)})


@pytest.mark.parametrize("model", [Country, Authority, Procedure])
def test_row_in_use_cannot_be_deleted(working_copy, model):
    with pytest.raises((models.ProtectedError, models.RestrictedError)):
        model.objects.get(
            key={"country": "pt", "authority": "financas", "procedure": "nif"}[model._meta.model_name]
        ).delete()


def mappings():
    found = list(sections().values())
    for mapping in found:
        found += [part for part, _ in mapping.parts.values()]
    return found


def test_choices_are_those_of_the_schema():
    for mapping in mappings():
        for name, column in mapping.columns.items():
            allowed = get_args(mapping.entry.model_fields[name].annotation)
            closed = bool(allowed) and all(isinstance(value, str) for value in allowed)
            choices = [value for value, _ in column.choices or ()]
            assert (["", *choices] if choices and column.blank else choices) == (list(allowed) if closed else []), (
                column
            )


def test_no_text_is_null():
    texts = (models.CharField, models.TextField)
    assert not [
        field
        for mapping in mappings()
        for field in mapping.model._meta.fields
        if isinstance(field, texts) and field.null
    ]


def test_line_ends_of_browsers_are_normalised(working_copy):
    guide = Guide.objects.first()
    guide.body = "One\r\ntwo"
    guide.full_clean()
    assert guide.body == "One\ntwo"


def test_new_part_comes_last(working_copy):
    step = Step.objects.create(procedure=Procedure.objects.get(key="nif"), key="wait", text="Wait.")
    assert step.position == 3
    assert Step.objects.create(procedure=Procedure.objects.get(key="niss"), key="wait", text="Wait.").position == 1
