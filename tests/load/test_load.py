"""The drill itself, in a short form, so that it works when somebody needs it."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from .clusters import binaries

TESTS = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "PYTEST_XDIST_WORKER")


@pytest.fixture
def drill():
    """Runs a drill as ``make load`` does; what it prints."""
    if binaries() is None:
        # Where everything must be tested it is installed.
        assert not os.environ.get("CI"), "PostgreSQL is not installed."
        pytest.skip("PostgreSQL is not installed.")

    def run(*arguments):
        environment = {name: value for name, value in os.environ.items() if name not in TESTS}
        command = [sys.executable, "-m", "tests.load", "--connections", "4", "--workers", "2", *arguments]
        done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def number(pattern, text):
    return int(re.search(pattern, text)[1])


def test_visitors_meet_no_error_and_nothing_that_was_saved_is_lost(drill):
    told = drill("--seconds", "5")
    assert "errors: 0" in told
    assert number(r"(\d+) times saved, lost: 0", told) > 0
    assert len(re.findall(r"^[a-zA-Z ]+?\s+\d+(?:\s+\d+\.\d){5}$", told, re.MULTILINE)) >= 5, "figures of each page"


def test_nothing_that_was_saved_is_lost_with_the_primary(drill):
    told = drill("--replica", "--seconds", "12")
    assert "errors: 0" in told
    assert number(r"(\d+) times saved, lost: 0", told) > 0
