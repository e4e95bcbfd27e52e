"""A process that is killed in the middle of a verb for many cases: nothing of it was done."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from checklists.models import Case, HistoryEntry, Message, Organisation, OutgoingMail

pytestmark = pytest.mark.django_db(transaction=True)
STOPPING = [sys.executable, "-m", "tests.checklists.firms.board.stopping"]


def environment():
    """In which another process works on the database of this test."""
    common = {**os.environ, "DJANGO_DEBUG": "1", "PYTHONPATH": str(settings.BASE_DIR)}
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return common | {"DATABASE_URL": f"sqlite:///{known['NAME']}"}
    host = known["OPTIONS"].get("host") or known["HOST"]
    user = f"{known['USER']}:{known['PASSWORD']}" if known["PASSWORD"] else known["USER"]
    return common | {"DATABASE_URL": f"postgres://{user}@/{known['NAME']}?host={host}&port={known['PORT'] or 5432}"}


def everything(organisation):
    counted = [Message.objects.count(), HistoryEntry.objects.count(), OutgoingMail.objects.count()]
    turns = list(Case.objects.order_by("pk").values_list("waiting_for", flat=True))
    return counted, turns, Organisation.objects.get(pk=organisation.pk).history_head


@pytest.mark.parametrize("stop_at", [1, 4])
def test_all_or_nothing_when_the_process_is_killed(transactional_db, firm, stop_at):
    for number in range(5):
        firm.case(f"Case {number}")
    before = everything(firm.organisation)
    command = [*STOPPING, str(firm.organisation.pk), str(stop_at)]
    with subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment(), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "here\n"
        process.kill()
    assert process.returncode == -9
    assert everything(firm.organisation) == before
