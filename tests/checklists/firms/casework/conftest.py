import datetime
import zoneinfo

import pytest
from django.urls import reverse
from django.utils import timezone

from checklists.access.access import Access
from checklists.client.services import save_answers
from checklists.seen import fingerprint
from tests.journeys.answering import answers_of

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


@pytest.fixture
def case(firm):
    """A case that nobody has answered anything in yet."""
    return firm.case("Ana Silva", email="ana@example.org")


@pytest.fixture
def ana(case):
    return case.people.get()


@pytest.fixture
def moving(published, ana, monkeypatch):
    """Ana with the answers of somebody whose plan is known, on a day around which its dates lie."""
    real = timezone.localdate
    monkeypatch.setattr(
        timezone,
        "localdate",
        lambda value=None, timezone=None: real(value or NOW, timezone or zoneinfo.ZoneInfo("UTC")),
    )
    save_answers(access=Access(ana.checklist), answers=answers_of("es-05"), seen=fingerprint(1), edition=1)
    ana.refresh_from_db()
    return ana


@pytest.fixture
def page(case):
    """The address of one of the case's pages."""
    return lambda name, *rest: reverse(f"casework:{name}", args=[case.organisation.slug, case.pk, *rest])


@pytest.fixture
def advisor(firm, client):
    """The advisor's browser."""
    client.force_login(firm.advisor)
    return client
