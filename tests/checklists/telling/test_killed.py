"""A process that is killed while it tells everybody, and the one that goes on after it."""

import os
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from checklists.models import ChangeNotice
from tests.checklists.publishing import FIRST, SECOND, publish, somebody

pytestmark = pytest.mark.django_db(transaction=True)
TELL = [sys.executable, "manage.py", "tell_changes"]
SLOWLY = [sys.executable, "-m", "tests.checklists.telling.slowly"]


@pytest.fixture(autouse=True)
def work_is_only_queued(settings):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def other_process(tmp_path):
    """The environment in which another process works on the database of this test."""
    environment = {**os.environ, "DJANGO_DEBUG": "1", "PYTHONPATH": str(settings.BASE_DIR)}
    if connection.vendor == "sqlite":
        return environment | {"DATABASE_URL": f"sqlite:///{tmp_path / 'copy.sqlite3'}"}
    known = connection.settings_dict
    host = known["OPTIONS"].get("host") or known["HOST"]
    user = f"{known['USER']}:{known['PASSWORD']}" if known["PASSWORD"] else known["USER"]
    return environment | {
        "DATABASE_URL": f"postgres://{user}@/{known['NAME']}?host={host}&port={known['PORT'] or 5432}"
    }


@pytest.fixture
def hand_over(tmp_path):
    """SQLite's database of the tests is in memory: copied into a file for the other process, and back."""

    def copy(*, back=False):
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with sqlite3.connect(tmp_path / "copy.sqlite3") as file:
                source, target = (file, connection.connection) if back else (connection.connection, file)
                source.backup(target)
            file.close()

    return copy


def kill_at(stop_at, where, environment):
    with subprocess.Popen(
        [*SLOWLY, str(stop_at), where], cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "here\n"
        process.kill()
    assert process.returncode == -9


@pytest.mark.parametrize(("where", "seen"), [("between", 3), ("inside", 2)])
def test_killed_half_way_and_run_again_nobody_is_told_twice_or_missed(other_process, hand_over, where, seen):
    publish(FIRST)
    affected = [somebody(here=bool(number % 2)).pk for number in range(12)][1::2]
    publish(SECOND)
    hand_over()
    kill_at(3, where, other_process)
    hand_over(back=True)
    assert ChangeNotice.objects.count() == seen
    subprocess.run(TELL, cwd=settings.BASE_DIR, env=other_process, check=True, capture_output=True)
    hand_over(back=True)
    assert sorted(ChangeNotice.objects.values_list("checklist", flat=True)) == affected
