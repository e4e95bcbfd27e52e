"""Promises that hold for the whole project: its headers and its defaults."""

import datetime
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from relocation.views import csrf_failure

ROOT = Path(settings.BASE_DIR)


@pytest.fixture
def login_page(client):
    return client.get(reverse("account_login"))


def policy(response):
    parts = response.headers["Content-Security-Policy"].split(";")
    return dict(part.strip().split(" ", 1) for part in parts)


@pytest.mark.django_db
class TestHeaders:
    def test_policy_allows_nothing_unsafe_and_no_other_host(self, login_page):
        header = login_page.headers["Content-Security-Policy"]
        assert "unsafe" not in header
        assert "http" not in header
        assert "*" not in header

    def test_policy_closes_every_door_by_default(self, login_page):
        found = policy(login_page)
        assert found["default-src"] == "'none'"
        assert found["base-uri"] == "'none'"
        assert found["frame-ancestors"] == "'none'"
        assert found["form-action"] == "'self'"

    def test_scripts_and_styles_carry_the_nonce_of_the_policy(self, admin_client):
        page = admin_client.get(reverse("admin:index"))
        nonce = policy(page)["script-src"].split("'nonce-")[1].rstrip("'")
        assert f'nonce="{nonce}"' in page.text
        assert f"'nonce-{nonce}'" in policy(page)["style-src"]

    def test_other_security_headers(self, login_page):
        assert login_page.headers["X-Frame-Options"] == "DENY"
        assert login_page.headers["Referrer-Policy"] == "same-origin"
        assert login_page.headers["X-Content-Type-Options"] == "nosniff"
        assert "camera=()" in login_page.headers["Permissions-Policy"]
        assert login_page.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert login_page.headers["Cross-Origin-Embedder-Policy"] == "require-corp"

    def test_pages_are_compressed_for_whoever_takes_it(self, client):
        page = client.get(reverse("account_login"), headers={"accept-encoding": "gzip, br"})
        assert page.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in page.headers["Vary"]
        assert b"csrfmiddlewaretoken" in gzip.decompress(page.content)


class TestSecurityTxt:
    def test_tells_whom_to_tell_and_holds_for_less_than_a_year(self, client, settings):
        settings.SECURITY_CONTACT = "mailto:security@example.org"
        found = client.get("/.well-known/security.txt")
        lines = dict(line.split(": ", 1) for line in found.text.splitlines())
        assert lines["Contact"] == "mailto:security@example.org"
        left = datetime.datetime.fromisoformat(lines["Expires"]) - datetime.datetime.now(datetime.UTC)
        assert datetime.timedelta(days=100) < left < datetime.timedelta(days=365)
        assert lines["Canonical"].endswith("/.well-known/security.txt")

    @pytest.mark.django_db
    def test_without_a_contact_there_is_none(self, client):
        assert client.get("/.well-known/security.txt").status_code == 404


def test_login_is_required_unless_a_view_opts_out(client):
    response = client.get(reverse("admin:index"))
    assert response.status_code == 302
    assert "checklists.access.once_more.SignedOutMiddleware" in settings.MIDDLEWARE


def test_large_bodies_are_refused():
    request = RequestFactory().post("/", {"text": "x" * 300_000}, content_type="application/json")
    with pytest.raises(Exception, match="DATA_UPLOAD_MAX_MEMORY_SIZE"):
        _ = request.body


def test_failed_csrf_check_is_a_plain_403():
    response = csrf_failure(RequestFactory().post("/"), reason="token missing")
    assert isinstance(response, HttpResponse)
    assert response.status_code == 403


class TestWithoutAnySetting:
    """On somebody's own machine commands run as they are; a web process refuses to start without a secret key."""

    @pytest.fixture
    def bare(self):
        return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "DATABASE_URL": "sqlite://:memory:"}

    def test_commands_run_in_debug_mode(self, bare):
        command = [sys.executable, "manage.py", "check"]
        assert subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, check=False).returncode == 0

    def test_a_web_process_does_not_start(self, bare):
        command = [sys.executable, "-c", "import relocation.wsgi"]
        done = subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True, check=False)
        assert done.returncode != 0
        assert "Set SECRET_KEY" in done.stderr


class TestInstalled:
    """What a real installation says to browsers before anybody set more than is needed."""

    PROGRAM = """
import json, django, sys
django.setup()
from django.test import Client
from django.conf import settings
page = Client().get("/.well-known/security.txt", secure=True, headers={"host": "moving.example.org"})
json.dump({"headers": dict(page.headers), "status": page.status_code}, sys.stdout)
"""

    @pytest.fixture
    def told(self):
        def told(**environment):
            known = {
                "PATH": os.environ["PATH"],
                "DJANGO_SETTINGS_MODULE": "relocation.settings",
                "SECRET_KEY": "s" * 60,
                "ALLOWED_HOSTS": "moving.example.org",
                "SECURITY_CONTACT": "mailto:security@example.org",
                "DATABASE_URL": "sqlite://:memory:",
            }
            command = [sys.executable, "-c", self.PROGRAM]
            done = subprocess.run(
                command, cwd=ROOT, env=known | environment, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr
            found = json.loads(done.stdout)
            assert found["status"] == 200
            return found["headers"]

        return told

    def test_https_is_asked_for_an_hour_and_of_this_name_alone(self, told):
        assert told()["Strict-Transport-Security"] == "max-age=3600"

    def test_more_is_asked_for_only_where_it_was_set(self, told):
        year = {"SECURE_HSTS_SECONDS": "31536000", "SECURE_HSTS_INCLUDE_SUBDOMAINS": "1", "SECURE_HSTS_PRELOAD": "1"}
        assert told(**year)["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
