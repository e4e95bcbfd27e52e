"""The API keeps its word: whatever is sent, it answers as its OpenAPI document says, to whoever sends it."""

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

# Some answers cannot be true together, as a visit that ends before it begins; no schema can say so. They get a 422.
EXCLUDED = [positive_data_acceptance]
# No server stands between that would unpack what is packed.
AS_IT_IS = {"Accept-Encoding": "identity"}


@pytest.fixture
def api(published, monkeypatch):
    """The API of a server that keeps the connection of the test, as Django's own test client does."""
    monkeypatch.setattr(django_settings, "ALLOWED_HOSTS", ["localhost"])
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield _load()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _load():
    return schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())


@pytest.fixture
def sessions(client, firm, other_firm, in_role, somebody):
    """The cookies of somebody in each role."""
    people = {
        "anonymous": lambda: None,
        "client": lambda: somebody("ana@example.org", second_factor=False),
        "advisor": lambda: firm.advisor,
        "viewer": lambda: firm.viewer,
        "owner": lambda: firm.owner,
        "other advisor": lambda: other_firm.advisor,
        "staff editor": lambda: in_role("Editors", "editor@example.org"),
        "superuser": lambda: somebody("root@example.org", is_staff=True, is_superuser=True),
    }
    return {role: _cookies_of(client, make()) for role, make in people.items()}


def _cookies_of(client, user):
    client.cookies.clear()
    if user:
        client.force_login(user)
    return {name: morsel.value for name, morsel in client.cookies.items()}


@pytest.fixture
def plan(api):
    """The only thing that the API does."""
    (operation,) = (found.ok() for found in api.get_all_operations())
    assert operation.label == "POST /api/plan"
    return operation


def test_every_answer_is_one_that_the_document_announces(plan, sessions):
    @given(case=plan.as_strategy())
    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    def keeps_its_word(case):
        for cookies in sessions.values():
            case.call_and_validate(cookies=cookies, headers=AS_IT_IS, excluded_checks=EXCLUDED)

    keeps_its_word()


def test_what_the_document_does_not_allow_is_refused(plan):
    @given(case=plan.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    @settings(max_examples=100, suppress_health_check=list(HealthCheck))
    def refuses(case):
        case.call_and_validate(headers=AS_IT_IS)

    refuses()
