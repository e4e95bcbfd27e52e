"""The samples of docs/deploying are sound: units, proxies, environment, container, and what they say of the site."""

import json
import os
import re
import subprocess
import time
import urllib.error
import urllib.request

import pytest
import yaml
from django.core.management import get_commands

from relocation import health
from tests.deploying.tools import ROOT, SAMPLES, free_port, needed, said

UNITS = sorted(file.name for file in SAMPLES.iterdir() if file.suffix in (".service", ".timer"))
CONTAINER = (SAMPLES / "Containerfile").read_text()
COMPOSE = yaml.safe_load((SAMPLES / "compose.yaml").read_text())


def every_text():
    return {file: file.read_text() for file in SAMPLES.iterdir()}


def test_commands_of_every_sample_exist():
    for file, text in every_text().items():
        named = set(re.findall(r"manage\.py ([a-z]\w+)", text)) | set(re.findall(r"run@(\w+)\.timer", file.name))
        assert named <= get_commands().keys(), file.name


class TestUnits:
    @pytest.fixture
    def folder(self, tmp_path):
        """The units as they would stand on a machine whose copy of the project is this one."""
        for name in UNITS:
            text = (SAMPLES / name).read_text()
            (tmp_path / name).write_text(text.replace("/srv/relocation", str(ROOT)))
        return tmp_path

    def test_systemd_accepts_all_of_them(self, folder):
        program = needed("systemd-analyze")
        # A template is only read as one of its instances.
        names = [name for name in UNITS if "@." not in name]
        assert len(names) > 6
        told = said(program, "verify", "--man=no", *(str(folder / name) for name in names), cwd=folder)
        assert str(folder) not in told

    def test_systemd_would_not_accept_a_wrong_one(self, folder):
        wrong = folder / "relocation-web.service"
        wrong.write_text(wrong.read_text().replace("bin/gunicorn", "bin/nothing"))
        assert "nothing" in said(needed("systemd-analyze"), "verify", "--man=no", str(wrong), ok=False)

    def test_every_job_has_its_time(self):
        timed = {name.removesuffix(".timer") for name in UNITS if name.endswith(".timer")}
        assert timed == {
            "relocation-backup",
            *(f"relocation-run@{name}" for name in ("tell_changes", "refresh_cases", "keep_house", "verify_history")),
        }

    def test_what_must_not_end_is_started_again(self):
        for name in ("relocation-web.service", "relocation-worker.service"):
            text = (SAMPLES / name).read_text()
            assert "Restart=always" in text
            assert "StartLimitIntervalSec=0" in text


class TestEnvironment:
    LINE = re.compile(r"(\w+)='([^']*)'")

    def test_a_shell_and_systemd_read_the_same(self):
        """Systemd takes what stands between single quotes as it is; so must a shell, with its & and $ and spaces."""
        text = (SAMPLES / "relocation.env").read_text()
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        by_systemd = dict(self.LINE.fullmatch(line).groups() for line in lines)
        printed = said("env", "-i", "/bin/sh", "-c", f"set -a; . '{SAMPLES / 'relocation.env'}'; env -0")
        by_shell = dict(pair.split("=", 1) for pair in printed.split("\0") if pair)
        assert {name: by_shell.get(name) for name in by_systemd} == by_systemd
        assert "&" in by_systemd["DATABASE_URL"]

    def test_every_variable_is_one_that_is_read(self):
        told = (ROOT / "docs" / "deploying.md").read_text()
        for name in self.LINE.findall((SAMPLES / "relocation.env").read_text()):
            assert f"`{name[0]}`" in told


def test_caddy_accepts_its_sample():
    program = needed("caddy")
    said(program, "validate", "--config", str(SAMPLES / "Caddyfile"), "--adapter", "caddyfile")


def test_caddy_writes_no_address_while_the_site_is_down(tmp_path):
    port, nobody = free_port(), free_port()
    sample = (SAMPLES / "Caddyfile").read_text().replace("moving.example.org {", f"http://127.0.0.1:{port} {{")
    config, log = tmp_path / "Caddyfile", tmp_path / "log"
    config.write_text(sample.replace("127.0.0.1:8000", f"127.0.0.1:{nobody}"))
    command = [needed("caddy"), "run", "--config", str(config), "--adapter", "caddyfile"]
    with log.open("wb") as output:
        caddy = subprocess.Popen(command, env={**os.environ, "HOME": str(tmp_path)}, stdout=output, stderr=output)
        try:
            assert status_of(f"http://127.0.0.1:{port}/c/some-secret-key/") == 502
        finally:
            caddy.terminate()
            caddy.wait(30)
    assert "some-secret-key" not in log.read_text()


def status_of(address):
    """Of an answer that comes once the server is there."""
    for _try in range(100):
        try:
            urllib.request.urlopen(address, timeout=20)
        except urllib.error.HTTPError as error:
            return error.status
        except OSError:
            time.sleep(0.1)
    return None


class TestContainer:
    @pytest.fixture
    def steps(self):
        """Each instruction with its words, lines that were broken put together."""
        joined = re.sub(r"\\\n\s*", "", CONTAINER)
        lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
        return [tuple(line.split(maxsplit=1)) for line in lines]

    def test_stands_on_one_image_with_a_version(self, steps):
        assert [words for kind, words in steps if kind == "FROM"] == ["docker.io/library/python:3.13-slim-trixie"]
        assert (ROOT / ".python-version").read_text().strip() == "3.13"

    def test_only_known_instructions_and_no_secret(self, steps):
        assert {kind for kind, _words in steps} <= {
            *("FROM", "RUN", "WORKDIR", "COPY", "USER", "ENV", "EXPOSE", "CMD", "HEALTHCHECK")
        }
        assert not re.search(r"(SECRET|PASSWORD|TOKEN)\w*=(?!only-to-build)", CONTAINER)

    def test_does_not_run_as_root(self, steps):
        kinds = [kind for kind, _words in steps]
        assert "USER" in kinds[kinds.index("RUN") :]
        assert kinds.index("USER") < kinds.index("CMD")
        assert dict(steps)["USER"] != "root"

    def test_starts_a_program_and_no_shell(self, steps):
        assert json.loads(dict(steps)["CMD"])[0] == ".venv/bin/gunicorn"

    def test_takes_no_rubbish_and_no_secret_along(self):
        left_out = (SAMPLES / "Containerfile.dockerignore").read_text().split()
        assert {".git", ".env", ".venv", "db.sqlite3*", "tests"} <= set(left_out)


def test_the_site_cannot_read_the_history_of_a_clone():
    """Root makes the clone, and closes its history before the site's own account is made."""
    told = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
    assert 0 < told.index("git clone") < told.index("chmod 700 .git") < told.index("useradd")


class TestCompose:
    @pytest.mark.parametrize("name", COMPOSE["services"])
    def test_every_service(self, name):
        service = COMPOSE["services"][name]
        assert service["image"] in ("relocation", "docker.io/library/postgres:17-trixie")
        for other in service.get("depends_on", {}):
            assert other in COMPOSE["services"]
        if service["image"] == "relocation":
            assert service["read_only"] is True
            assert service["cap_drop"] == ["ALL"]
        for port in service.get("ports", ()):
            assert port.startswith("127.0.0.1:"), "a proxy stands in front"
        for volume in service.get("volumes", ()):
            assert volume.split(":")[0] in COMPOSE["volumes"]

    def test_builds_the_container_file_beside_it(self):
        [build] = [service["build"] for service in COMPOSE["services"].values() if "build" in service]
        assert (SAMPLES / build["context"]).resolve() == ROOT
        assert (ROOT / build["dockerfile"]).exists()


class TestAlarms:
    def rules(self):
        [group] = yaml.safe_load((SAMPLES / "prometheus-rules.yaml").read_text())["groups"]
        return group["rules"]

    def test_every_rule_is_about_a_figure_that_is_told(self):
        told = {f"relocation_{name}" for name in [*health.TEXTS, *health.of_process(), "database_up"]}
        for rule in self.rules():
            assert set(re.findall(r"relocation_\w+", rule["expr"])) <= told

    def test_every_alarm_is_explained(self):
        explained = set(re.findall(r"^### `([\w -]+)`", (ROOT / "docs" / "operating.md").read_text(), re.M))
        by_rules = {rule["alert"].replace("-", " ") for rule in self.rules()}
        every = dict.fromkeys(health.TEXTS, 1) | {
            "edition": 2,
            "task_waits_seconds": 10**6,
            "mail_waits_seconds": 10**6,
        }
        every |= {"mail_failing": 10}
        raised = {"database", "files"}
        for figures in (
            every,
            every | {"migrations_missing": 0},
            every | {"migrations_missing": 0, "edition_served": 0},
        ):
            raised |= set(health.alarms_of(figures))
        assert len(raised) == 8
        assert raised <= explained
        assert by_rules <= explained
