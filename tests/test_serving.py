"""How a worker of gunicorn begins."""

import gc

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guides.models import Edition
from relocation import serving
from tests.shipped import shipped_edition


@pytest.fixture
def begun():
    """Starts a worker in this process."""
    yield lambda: serving.post_worker_init(None)
    gc.unfreeze()


@pytest.mark.django_db
def test_a_worker_has_read_the_edition_before_its_first_visitor(begun, client):
    Edition.objects.create(**shipped_edition())
    begun()
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("guides:search") + "?q=nif")
    assert page.status_code == 200
    assert not [query for query in queries.captured_queries if "content" in query["sql"]]


@pytest.mark.django_db
def test_a_worker_starts_while_the_database_is_away(begun, caplog):
    def away(execute, sql, params, many, context):
        raise OperationalError("away")

    with connection.execute_wrapper(away):
        begun()
    assert "The first visitor waits" in caplog.text
