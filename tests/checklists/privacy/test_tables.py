"""Every column of every table is classified, in one place."""

from django.apps import apps
from django.conf import settings

from checklists.privacy.tables import COLUMNS, WITHOUT_PEOPLE, kinds_of

MODELS = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}
HELP = "Say in checklists/privacy/tables.py what this column tells of whom; then see to it in held.py and erasing.py."


def test_every_table_and_column_is_classified():
    there = {label: {field.name for field in model._meta.local_concrete_fields} for label, model in MODELS.items()}
    assert WITHOUT_PEOPLE & COLUMNS.keys() == set()
    wrong = {
        label: set(kinds_of(label)) ^ names
        for label, names in there.items()
        if label not in WITHOUT_PEOPLE and (label not in COLUMNS or set(kinds_of(label)) != names)
    }
    assert wrong == {}, HELP


def test_no_table_is_classified_that_is_not_there():
    assert COLUMNS.keys() | WITHOUT_PEOPLE == MODELS.keys()


def test_no_column_has_two_kinds():
    names = {label: " ".join(kinds.values()).split() for label, kinds in COLUMNS.items()}
    assert {label: listed for label, listed in names.items() if len(listed) != len(set(listed))} == {}


def test_whatever_leads_to_an_account_is_personal():
    wrong = [
        f"{label}.{field.name}"
        for label, model in MODELS.items()
        for field in model._meta.local_concrete_fields
        if field.is_relation
        and field.related_model._meta.label == settings.AUTH_USER_MODEL
        and kinds_of(label).get(field.name) != "person"
    ]
    assert wrong == []
