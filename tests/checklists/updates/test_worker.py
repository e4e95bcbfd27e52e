"""The worker outlives a database that is away: it waits and goes on."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection
from django_tasks_db.models import DBTaskResult

from checklists.mail.sending import send_mail
from tests.checklists.other_process import environment

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60  # seconds
WORK = [sys.executable, "manage.py", "db_worker", "--interval", "0.1", "--no-startup-delay"]


class File:
    """An SQLite file on a disk that is not mounted yet."""

    def __init__(self, folder):
        self.path = folder / "disk" / "db.sqlite3"
        self.url = f"sqlite:///{self.path}"

    def leave(self):
        assert not self.path.parent.exists()

    def come_back(self):
        self.path.parent.mkdir()
        ready = self.path.with_suffix(".copy")
        with closing(sqlite3.connect(ready)) as copy:
            connection.connection.backup(copy)
        ready.rename(self.path)

    def states(self):
        with closing(sqlite3.connect(self.path)) as copy:
            return {state for (state,) in copy.execute(f"SELECT status FROM {DBTaskResult._meta.db_table}")}


class Server:
    """A PostgreSQL server that lets nobody else in for a while, and throws out who is there."""

    def __init__(self, _folder):
        self.name, self.url = connection.settings_dict["NAME"], environment()["DATABASE_URL"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", [self.name])
            self.ours = [pid for (pid,) in cursor.fetchall()]

    def leave(self):
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{self.name}" ALLOW_CONNECTIONS false')
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> ALL(%s)"
            cursor.execute(others, [self.name, self.ours])

    def come_back(self):
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{self.name}" ALLOW_CONNECTIONS true')

    def states(self):
        return set(DBTaskResult.objects.values_list("status", flat=True))


@pytest.fixture
def database(tmp_path, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    found = (File if connection.vendor == "sqlite" else Server)(tmp_path)
    yield found
    if connection.vendor != "sqlite":
        found.come_back()


@pytest.fixture
def work(database, tmp_path):
    """Start a worker as in a real installation. A function that waits for these words in what it writes."""
    log = tmp_path / "log"
    production = {"SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "example.org", "DATABASE_URL": database.url}
    known = {name: text for name, text in os.environ.items() if name != "DJANGO_DEBUG"}
    with (
        log.open("w") as file,
        subprocess.Popen(WORK, cwd=settings.BASE_DIR, env={**known, **production}, stderr=file, stdout=file) as process,
    ):
        yield lambda words: wait_for(lambda: words in log.read_text() or fail_if_ended(process, log))
        process.terminate()


def wait_for(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def fail_if_ended(process, log):
    assert process.poll() is None, log.read_text()


def test_it_waits_for_a_database_that_is_not_there_yet(database, request):
    send_mail.enqueue()
    database.leave()
    wait_for_words = request.getfixturevalue("work")
    wait_for_words("The database is away")
    database.come_back()
    wait_for(lambda: database.states() == {"SUCCESSFUL"})


@pytest.mark.skipif(settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"), reason="an open file is never away")
def test_it_goes_on_after_a_database_that_went_away(database, work):
    send_mail.enqueue()
    wait_for(lambda: database.states() == {"SUCCESSFUL"})
    database.leave()
    work("The database is away")
    send_mail.enqueue()
    database.come_back()
    # What was owed when it went is taken up as well.
    wait_for(lambda: DBTaskResult.objects.filter(status="SUCCESSFUL", task_path__endswith="tell_changes").exists())
    wait_for(lambda: database.states() == {"SUCCESSFUL"})
