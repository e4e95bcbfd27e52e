"""A day on which the dates of the known people lie around, and checklists with their answers."""

import datetime

import pytest
import yaml
from django.utils import timezone

from checklists.models import Checklist
from tests.checklists.mail.promises import broken_promises
from tests.checklists.planner.test_personas import PERSONAS

TODAY = datetime.date(2026, 11, 21)


def answers_of(persona):
    return yaml.safe_load(PERSONAS[persona].read_text(encoding="utf-8"))["answers"]


@pytest.fixture(autouse=True)
def emails_keep_their_promises(mailoutbox):
    """Whatever a test had sent."""
    yield
    assert {message.subject: found for message in mailoutbox if (found := broken_promises(message))} == {}


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: TODAY)
    return TODAY


@pytest.fixture
def freelancer(published, today):
    """A self-employed American with a granted permit, who moves to Spain with her family."""
    return Checklist.objects.start(answers=answers_of("es-05"), edition=1)


@pytest.fixture
def employee(published, today):
    """A Brazilian with a work visa who has arrived in Portugal."""
    return Checklist.objects.start(answers=answers_of("pt-01"), edition=1)


@pytest.fixture
def beginner(published, today):
    """Somebody who has only said where they go."""
    return Checklist.objects.start(answers={"destination": "es"}, edition=1)
