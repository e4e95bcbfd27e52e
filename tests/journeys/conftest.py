"""Browser journeys: a live server with the shipped content, and visitors in headless Chromium."""

import datetime
import os
import shutil

import pytest
from django.db import connections
from django.utils import timezone
from playwright.sync_api import expect, sync_playwright

from checklists.models import Checklist

from .answering import answers_of
from .visitor import PATIENCE, PHONE, Visitor

TODAY = datetime.date(2026, 11, 21)
PROGRAMS = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def chromium():
    """The browser of this test process; where there is none, journeys are skipped, but never in CI."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse(f"No Chromium is installed (looked for {', '.join(PROGRAMS)}).")
    databases = connections.all()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps a loop in this thread. Django then takes it for asynchronous code, to which it forbids the
        # database and would give other connections than those that the tests use.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        for database in databases:
            connections[database.alias] = database
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def today(monkeypatch):
    """The same day for every run: the dates in the answers of the personas lie around it."""
    real = timezone.localdate
    monkeypatch.setattr(
        timezone, "localdate", lambda value=None, timezone=None: real(value, timezone) if value else TODAY
    )
    return TODAY


@pytest.fixture
def site(django_db_setup, chromium, live_server, transactional_db, today, published):
    """The address of the site, which has the shipped content published.

    The order matters: a server made before the test database would keep connections of its own to it.
    """
    return live_server.url


@pytest.fixture
def checklist_of(site):
    """Makes the checklist of a persona, as if all its questions had been answered."""
    return lambda persona: Checklist.objects.start(answers=answers_of(persona), edition=1)


@pytest.fixture
def visitor(site, chromium):
    """Makes visitors, each with a browser of their own. The test fails on whatever their guards noted."""
    visitors = []

    def come(size=PHONE, *, javascript=True, **options):
        context = chromium.new_context(viewport=size, java_script_enabled=javascript, base_url=site, **options)
        visitors.append(Visitor(context, site))
        return visitors[-1]

    yield come
    for one in visitors:
        one.context.close()
    problems = [problem for one in visitors for problem in one.problems]
    assert not problems, "\n".join(problems)
