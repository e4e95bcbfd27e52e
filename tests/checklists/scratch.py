"""Databases beside that of the tests, for what works on a whole database; each is used by other processes."""

import subprocess
import sys
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from tests.checklists.other_process import environment


@contextmanager
def scratch_database(name, folder):
    """The environment of processes that work on an empty database of this name."""
    known, here = environment(), connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        yield known | {"DATABASE_URL": f"sqlite:///{folder / name}.sqlite3"}
        return
    scratch = f"{here}_{name}"
    _execute(f'DROP DATABASE IF EXISTS "{scratch}"')
    _execute(f'CREATE DATABASE "{scratch}"')
    try:
        yield known | {"DATABASE_URL": known["DATABASE_URL"].replace(f"/{here}?", f"/{scratch}?")}
    finally:
        _execute(f'DROP DATABASE "{scratch}"')


def manage(env, *arguments, ok=True):
    """Run a command of the project there, which must work, or must not; all that it wrote."""
    done = _run(env, ["manage.py", *arguments], ok)
    return done.stdout + done.stderr


def run(env, program, ok=True):
    """The same for a few lines of Python, after Django's setup; what they printed."""
    return _run(env, ["-W", "error", "-c", f"import django\ndjango.setup()\n{program}"], ok).stdout


def _run(env, arguments, ok):
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={**env, "DJANGO_SETTINGS_MODULE": "relocation.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0) is ok, done.stdout + done.stderr
    return done


def _execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
