"""The commands of the container file and of the compose file, in a clean folder with an empty environment.

What they need of a base image (a Python and an account) is here; nothing else is.
"""

import json
import os
import re
import shutil
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest
import yaml

from tests.deploying.tools import ROOT, SAMPLES, free_port, said

# What prepares the base image itself, as root.
OF_THE_IMAGE = "apt-get"


def instructions(kind):
    joined = re.sub(r"\\\n\s*", "", (SAMPLES / "Containerfile").read_text())
    return [line.removeprefix(f"{kind} ") for line in joined.splitlines() if line.startswith(f"{kind} ")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What ``COPY . .`` takes along: the project without what work on it has left."""
    if os.environ.get("CI") != "true":
        pytest.skip("It fetches all packages, so it is only done in CI.")
    folder = tmp_path_factory.mktemp("clean") / "project"
    left_out = (SAMPLES / "Containerfile.dockerignore").read_text().split()
    names = [name.removeprefix("**/") for name in left_out]
    return Path(shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*names)))


@pytest.fixture(scope="module")
def environment(folder):
    """Only where programs are; and what uv has fetched before, so that it is not fetched again."""
    cache = os.environ.get("UV_CACHE_DIR") or f"{os.environ.get('HOME', '/root')}/.cache/uv"
    interpreters = (
        os.environ.get("UV_PYTHON_INSTALL_DIR") or f"{os.environ.get('HOME', '/root')}/.local/share/uv/python"
    )
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder / "home"),
        "UV_CACHE_DIR": cache,
        "UV_PYTHON_INSTALL_DIR": interpreters,
    }


@pytest.fixture(scope="module")
def installed(folder, environment):
    for command in instructions("RUN"):
        if OF_THE_IMAGE not in command:
            said("/bin/sh", "-euc", command.replace("/srv/relocation", str(folder)), cwd=folder, env=environment)
    return folder


@pytest.fixture(scope="module")
def site(installed, environment):
    """The environment of the services, with a database of one file in place of the compose file's."""
    return environment | {
        "SECRET_KEY": "s" * 60,
        "ALLOWED_HOSTS": "moving.example.org",
        "BEHIND_HTTPS_PROXY": "1",
        "DATABASE_URL": f"sqlite:///{installed / 'all.sqlite3'}",
        "STATIC_ROOT": str(installed / "staticfiles"),
    }


def test_what_is_built_is_prepared_and_serves(installed, site):
    services = yaml.safe_load((SAMPLES / "compose.yaml").read_text())["services"]
    said(*services["prepare"]["command"], cwd=installed, env=site)
    port = free_port()
    [command] = [json.loads(line) for line in instructions("CMD")]
    server = subprocess.Popen(command, cwd=installed, env={**site, "BIND": f"127.0.0.1:{port}"})
    try:
        found = answer(f"http://127.0.0.1:{port}/health/ready/")
    finally:
        server.terminate()
        server.wait(30)
    assert (found["ready"], found["alarms"], found["edition"]) == (True, [], 1)


@pytest.mark.parametrize("service", ["often", "daily"])
def test_what_is_done_again_and_again_works_once(installed, site, service):
    """The same commands as in the loop of the compose file."""
    command = yaml.safe_load((SAMPLES / "compose.yaml").read_text())["services"][service]["command"][2]
    once = re.fullmatch(r"while sleep \d+; do (.*); done", command)[1]
    once = once.replace("/var/lib/relocation", str(installed / "state")).replace(";", " &&")
    said("/bin/sh", "-euc", once, cwd=installed, env=site)


def answer(address):
    for _try in range(100):
        try:
            with urllib.request.urlopen(address, timeout=20) as found:
                return json.load(found)
        except OSError:
            time.sleep(0.2)
    return pytest.fail("Nothing answers.")
