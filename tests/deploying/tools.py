"""Programs of Debian that the samples of docs/deploying are tried with."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SAMPLES = ROOT / "docs" / "deploying"


def needed(program):
    """Where the program is. Without it a test is skipped, but never in CI."""
    found = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if found is None:
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse(f"{program} is not installed.")
    return found


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def said(*command, ok=True, **options):
    """What a command printed; it must end well, or badly."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert (done.returncode == 0) is ok, done.stdout + done.stderr
    return done.stdout + done.stderr
