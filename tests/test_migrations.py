"""The migrations lead from nothing to what the models say. All other tests make their tables from the models alone."""

import json

import pytest
from django.apps import apps
from django.db import connection

from tests.checklists.scratch import run, scratch_database

# In a process of its own, where pytest has not put the migrations away.
PROGRAM = """
import json, sys
from django.core.management import call_command
from tests.test_migrations import found
call_command("migrate", verbosity=0)
call_command("migrate", check_unapplied=True, verbosity=0)
call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
json.dump(found(), sys.stdout)
"""


def found():
    """This project's tables with their columns, keys, indexes and constraints, and all rows that are there at first.

    Django's own migrations made some of its tables before its models said what they say today.
    """
    with connection.cursor() as cursor:
        tables = {
            table: [_columns(cursor, table), _constraints(cursor, table)]
            for table in sorted(connection.introspection.table_names(cursor))
            if table.startswith(("checklists_", "guides_"))
        }
    assert len(tables) > 50
    rows = {model._meta.label: model.objects.count() for model in apps.get_models()}
    roles = sorted(
        f"{group}: {permission}"
        for group, permission in apps.get_model("auth.Group").objects.values_list("name", "permissions__codename")
    )
    return {"tables": tables, "rows": rows, "roles": roles}


def _columns(cursor, table):
    described = connection.introspection.get_table_description(cursor, table)
    return sorted([column.name, str(column.type_code), bool(column.null_ok)] for column in described)


def _constraints(cursor, table):
    """Without their names: Django makes up some of them, from what a field was called when it was made."""
    known = connection.introspection.get_constraints(cursor, table).values()
    return sorted(
        json.dumps({**one, "foreign_key": one["foreign_key"] and list(one["foreign_key"])}, sort_keys=True, default=str)
        for one in known
    )


@pytest.fixture
def empty_database(transactional_db, tmp_path):
    """The environment of a process whose database holds nothing."""
    with scratch_database("from_nothing", tmp_path) as env:
        yield env


def test_migrating_from_nothing_makes_what_the_models_say(empty_database):
    migrated, expected = json.loads(run(empty_database, PROGRAM)), found()
    for part in expected:
        assert migrated[part] == expected[part]
