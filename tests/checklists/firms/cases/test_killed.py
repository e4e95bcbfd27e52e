"""A process that is killed in the middle of an import: all cases are opened, or none."""

import subprocess
import sys

import pytest
from django.conf import settings

from checklists.firms.cases.importing import import_cases
from checklists.firms.history.verifying import verify
from checklists.models import Case, CaseImport, Checklist, HistoryEntry
from checklists.seen import fingerprint
from tests.checklists.other_process import environment

pytestmark = pytest.mark.django_db(transaction=True)
FILE = b"Name\n" + b"".join(b"Client %d\n" % number for number in range(6))


def test_killed_half_way_nothing_is_opened_and_the_file_is_still_there(firm, published):
    upload = CaseImport.objects.create(organisation=firm.organisation, user=firm.advisor, name="a.csv", content=FILE)
    entries = HistoryEntry.objects.count()
    command = [sys.executable, "-m", "tests.checklists.firms.cases.slowly", str(upload.pk)]
    with subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment(), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "here\n"
        process.kill()
    assert process.returncode == -9
    assert (Case.objects.count(), Checklist.objects.count(), HistoryEntry.objects.count()) == (0, 0, entries)
    assert import_cases(upload=upload, with_duplicates=True, seen=fingerprint(), by=firm.advisor) == 6
    assert Case.objects.count() == 6
    assert verify(firm.organisation).broken is None
