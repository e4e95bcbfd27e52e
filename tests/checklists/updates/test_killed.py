"""A process that is killed while it tells everybody, and the one that goes on after it."""

import subprocess
import sys

import pytest
from django.conf import settings

from checklists.models import ChangeNotice
from tests.checklists.other_process import environment
from tests.checklists.publishing import FIRST, SECOND, publish, somebody

pytestmark = pytest.mark.django_db(transaction=True)
TELL = [sys.executable, "manage.py", "tell_changes"]
SLOWLY = [sys.executable, "-m", "tests.checklists.updates.slowly"]


@pytest.fixture(autouse=True)
def work_is_only_queued(settings):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def other_process():
    return environment()


def kill_at(stop_at, where, environment):
    with subprocess.Popen(
        [*SLOWLY, str(stop_at), where], cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "here\n"
        process.kill()
    assert process.returncode == -9


@pytest.mark.parametrize(("where", "seen"), [("between", 3), ("inside", 2)])
def test_killed_half_way_and_run_again_nobody_is_told_twice_or_missed(other_process, where, seen):
    publish(FIRST)
    affected = [somebody(here=bool(number % 2)).pk for number in range(12)][1::2]
    publish(SECOND)
    kill_at(3, where, other_process)
    assert ChangeNotice.objects.count() == seen
    subprocess.run(TELL, cwd=settings.BASE_DIR, env=other_process, check=True, capture_output=True)
    assert sorted(ChangeNotice.objects.values_list("checklist", flat=True)) == affected
