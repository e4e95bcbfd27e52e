"""The drill: a filled database is backed up, restored into another one, and is the same; and what is refused."""

import json
import os

import pytest

from tests.checklists.scratch import manage, run, scratch_database

# A world with a published edition, a firm, a case with its history, mail that is owed and a checklist.
FILL = """
from tests.checklists.publishing import publish, somebody
from tests.guides.small import small_catalogue
from tests.people import Firm
publish(small_catalogue())
firm = Firm()
firm.case(name="Añá Ñandú", destination="pt")
somebody()
"""
SAME = """
import json
from django.apps import apps
print(json.dumps({m._meta.label: sorted(map(repr, m.objects.values_list())) for m in apps.get_models()}))
"""
# As somebody with all rights in the database would.
CHANGE = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("UPDATE checklists_historyentry SET verb = 'x' WHERE number = 1")
"""


@pytest.fixture(scope="module")
def databases(django_db_setup, django_db_blocker, tmp_path_factory):
    """A filled database, an empty one, and the file of a backup of the first."""
    folder = tmp_path_factory.mktemp("drill")
    with (
        django_db_blocker.unblock(),
        scratch_database("filled", folder) as filled,
        scratch_database("restored", folder) as restored,
    ):
        manage(filled, "migrate", "--verbosity", "0")
        run(filled, FILL)
        told = manage(filled, "backup", str(folder / "backups"))
        yield {"filled": filled, "restored": restored, "told": told, "folder": folder / "backups"}


@pytest.fixture
def backup(databases):
    [file] = [file for file in databases["folder"].iterdir() if file.suffix != ".json"]
    return file


@pytest.fixture
def copied(backup, tmp_path):
    """The same backup, to be spoilt."""
    proof = backup.with_suffix(".json")
    for file in (backup, proof):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path / backup.name


pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django_db_setup")]


def test_only_its_owner_may_read_it(databases, backup):
    assert {oct(file.stat().st_mode & 0o777) for file in databases["folder"].iterdir()} == {"0o600"}
    assert str(backup) in databases["told"]
    assert "edition 1, 1 firms." in databases["told"]


def test_restored_database_is_the_same_in_every_row(databases, backup):
    filled, restored = databases["filled"], databases["restored"]
    told = manage(restored, "restore", str(backup), "--replace")
    assert "edition 1, 1 firms: as they were." in told
    assert "another release" not in told
    assert run(restored, SAME) == run(filled, SAME)
    assert "whole" in manage(restored, "verify_history")
    # A new row does not get the number of an old one.
    run(restored, "from tests.people import Firm\nFirm('Go').case()")


def test_a_database_that_holds_something_is_not_overwritten(databases, backup):
    filled = databases["filled"]
    before = run(filled, SAME)
    assert "This database is in use" in manage(filled, "restore", str(backup), ok=False)
    assert run(filled, SAME) == before


def test_with_a_word_it_is(databases, backup):
    filled = databases["filled"]
    before = run(filled, SAME)
    run(filled, "from checklists.models import Checklist\nChecklist.objects.start(answers={}, edition=1)")
    assert run(filled, SAME) != before
    manage(filled, "restore", str(backup), "--replace")
    assert run(filled, SAME) == before


def test_a_file_that_was_cut_changes_nothing(databases, copied):
    before = run(databases["filled"], SAME)
    copied.write_bytes(copied.read_bytes()[:-2000])
    assert "cut or changed" in manage(databases["filled"], "restore", str(copied), "--replace", ok=False)
    assert run(databases["filled"], SAME) == before


def test_a_file_without_its_proof_is_no_backup(databases, copied):
    copied.with_suffix(".json").unlink()
    assert "its proof" in manage(databases["filled"], "restore", str(copied), "--replace", ok=False)


def test_a_database_of_another_kind_is_refused(databases, copied):
    proof = copied.with_suffix(".json")
    proof.write_text(json.dumps(json.loads(proof.read_text()) | {"engine": "oracle"}))
    assert "is of oracle" in manage(databases["filled"], "restore", str(copied), "--replace", ok=False)


@pytest.mark.parametrize(
    ("part", "value", "word"),
    [
        ("tables", {"checklists_checklist": 7}, "checklists_checklist has 2 rows in place of 7"),
        ("edition", [2, "x"], "edition: [1, "),
        ("histories", {"move-well": "x"}, "in place of {'move-well': 'x'}"),
    ],
)
def test_what_is_not_as_it_was_proved_is_named(databases, copied, part, value, word):
    proof = copied.with_suffix(".json")
    known = json.loads(proof.read_text())
    known[part] = known[part] | value if part == "tables" else value
    proof.write_text(json.dumps(known))
    told = manage(databases["filled"], "restore", str(copied), "--replace", ok=False)
    assert "It is not what was backed up" in told
    assert word in told


def test_a_history_that_was_changed_is_named(databases, backup, tmp_path):
    other = databases["restored"]
    manage(other, "restore", str(backup), "--replace")
    run(other, CHANGE)
    manage(other, "backup", str(tmp_path))
    [changed] = [file for file in tmp_path.iterdir() if file.suffix != ".json"]
    told = manage(other, "restore", str(changed), "--replace", ok=False)
    assert "the history of move-well is broken at entry 1" in told


def test_old_ones_are_deleted_when_asked_for(databases, tmp_path):
    for name in ("relocation-old.dump", "relocation-old.sqlite3", "relocation-old.json", "else.txt"):
        (tmp_path / name).write_text("old")
        os.utime(tmp_path / name, (1, 1))
    assert "Deleted 2 older backups." in manage(databases["filled"], "backup", str(tmp_path), "--keep-days", "30")
    assert len(list(tmp_path.iterdir())) == 3
    assert (tmp_path / "else.txt").exists()
