"""Which database is asked for what, where there is a replica. ``make load ARGS=--replica`` shows the rest."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import transaction

from checklists.models import Checklist, User
from guides.models import Edition, Procedure
from relocation.routers import ReplicaRouter

ROUTER = ReplicaRouter()
PRINT = """
import json, django
django.setup()
from django.conf import settings
from django.db import router
from guides.models import Edition
databases = {name: known["OPTIONS"].get("target_session_attrs") for name, known in settings.DATABASES.items()}
print(json.dumps([databases, router.db_for_read(Edition), router.db_for_write(Edition)]))
"""


def test_editions_are_read_from_the_replica():
    assert ROUTER.db_for_read(Edition) == "replica"


@pytest.mark.parametrize("model", [Checklist, User, Procedure])
def test_what_is_somebodys_own_or_being_edited_is_read_from_the_primary(model):
    assert ROUTER.db_for_read(model, instance=Edition()) == "default"


@pytest.mark.django_db(transaction=True)
def test_whoever_publishes_asks_the_primary_for_the_newest_edition():
    assert ROUTER.db_for_read(Edition) == "replica"
    with transaction.atomic():
        assert ROUTER.db_for_read(Edition) == "default"


def test_nothing_is_written_to_the_replica():
    assert ROUTER.db_for_write(Edition) == ROUTER.db_for_write(Checklist) == "default"
    assert ROUTER.allow_migrate("default", "guides")
    assert not ROUTER.allow_migrate("replica", "guides")


@pytest.mark.parametrize(
    ("replica", "expected"),
    [
        ("", [{"default": "read-write"}, "default", "default"]),
        (
            "postgres://u@/n?host=b,a&target_session_attrs=prefer-standby",
            [{"default": "read-write", "replica": "prefer-standby"}, "replica", "default"],
        ),
    ],
    ids=["without", "with"],
)
def test_a_replica_is_a_setting(replica, expected):
    environment = {
        **os.environ,
        "DJANGO_DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "relocation.settings",
        "DATABASE_URL": "postgres://u@/n?host=a,b&target_session_attrs=read-write",
        "DATABASE_REPLICA_URL": replica,
    }
    done = subprocess.run([sys.executable, "-c", PRINT], cwd=settings.BASE_DIR, env=environment, capture_output=True)
    assert json.loads(done.stdout) == expected, done.stderr.decode()
