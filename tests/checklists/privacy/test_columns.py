"""Every column of every table is classified, in one place."""

import pytest
from django.apps import apps
from django.conf import settings

from checklists.privacy.columns import COLUMNS, WITHOUT_PEOPLE, kinds_of

MODELS = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}
HELP = "Say in checklists/privacy/columns.py what this column tells of whom; then see to it in held.py and erasing.py."


@pytest.mark.parametrize("label", MODELS)
def test_every_table_and_column_is_classified(label):
    if label in WITHOUT_PEOPLE:
        assert label not in COLUMNS
        return
    assert set(kinds_of(label)) == {field.name for field in MODELS[label]._meta.local_concrete_fields}, HELP


def test_no_table_is_classified_that_is_not_there():
    assert COLUMNS.keys() | WITHOUT_PEOPLE == MODELS.keys()


@pytest.mark.parametrize("label", COLUMNS)
def test_no_column_has_two_kinds(label):
    names = " ".join(COLUMNS[label].values()).split()
    assert len(names) == len(set(names))


@pytest.mark.parametrize("label", MODELS)
def test_whatever_leads_to_an_account_is_personal(label):
    for field in MODELS[label]._meta.local_concrete_fields:
        if field.is_relation and field.related_model._meta.label == settings.AUTH_USER_MODEL:
            assert kinds_of(label)[field.name] == "person"
