"""The upgrade drill: a filled database of the first release comes to this one, and its edition to the next."""

import json

import pytest

from tests.checklists.scratch import run, scratch_database

FILL = """
from tests.checklists.publishing import FIRST, publish, somebody
from tests.people import Firm
publish(FIRST)
firm = Firm()
firm.case(name="Añá Ñandú", destination="pt", email="ana@example.org")
somebody(here=False)
"""
# The rows of today's tables, as far as the first release had their columns.
TAKE = """
import pickle
from pathlib import Path
from django.apps import apps
models = [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label not in ("contenttypes", "auth")]
rows = {m._meta.label: list(m._base_manager.values()) for m in models}
Path(FILE).write_bytes(pickle.dumps({label: found for label, found in rows.items() if found}))
"""
PUT = """
import pickle
from pathlib import Path
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
ours = ("checklists", "guides")
first = [(app, "0001_initial") for app in ours]
targets = first + [node for node in executor.loader.graph.leaf_nodes() if node[0] not in ours]
state = executor.migrate(targets)
rows = pickle.loads(Path(FILE).read_bytes())
models = [m for m in state.apps.get_models(include_auto_created=True) if m._meta.label in rows]
with transaction.atomic():
    for model in models:
        names = {field.attname for field in model._meta.concrete_fields}
        model._base_manager.bulk_create(
            [model(**{name: value for name, value in row.items() if name in names}) for row in rows[model._meta.label]]
        )
with connection.cursor() as cursor:
    for statement in connection.ops.sequence_reset_sql(no_style(), models):
        cursor.execute(statement)
print(len(models))
"""
COME = """
import io, json, sys
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
from checklists.models import ChangeNotice, Checklist, Organisation
from checklists.firms.history.verifying import verify
from guides.editions.publishing import current
from tests.checklists.publishing import SECOND, publish
host = {"host": "localhost"}
pages = {c.pk: Client().get(c.get_absolute_url(), headers=host).status_code for c in Checklist.objects.all()}
before = current().number
publish(SECOND)
call_command("tell_changes", stdout=io.StringIO())
json.dump({
    "pages": sorted(pages.values()),
    "broken": [verify(firm).broken for firm in Organisation.objects.all()],
    "entries": [verify(firm).entries for firm in Organisation.objects.all()],
    "editions": [before, current().number],
    "notices": ChangeNotice.objects.count(),
    "again": sorted(Client().get(c.get_absolute_url(), headers=host).status_code for c in Checklist.objects.all()),
}, sys.stdout)
"""


@pytest.mark.database
def test_a_database_of_the_first_release(transactional_db, tmp_path):
    file = f"FILE = {str(tmp_path / 'rows')!r}\n"
    with scratch_database("today", tmp_path) as today, scratch_database("first", tmp_path) as first:
        run(today, "from django.core.management import call_command\ncall_command('migrate', verbosity=0)" + FILL)
        run(today, file + TAKE)
        assert int(run(first, file + PUT)) > 10
        found = json.loads(run(first, COME))
    assert found["pages"] == found["again"] == [200, 200]
    assert found["broken"] == [None]
    assert found["entries"] > [1]
    assert found["editions"] == [1, 2]
    assert found["notices"] >= 1
