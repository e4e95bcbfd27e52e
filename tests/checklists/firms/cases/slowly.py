"""A process that imports a file and stops in the middle, to be killed there: ``python -m … KEY``."""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relocation.settings")
django.setup()

from checklists.firms.cases import importing  # noqa: E402
from checklists.models import CaseImport  # noqa: E402
from checklists.seen import fingerprint  # noqa: E402

importing.AT_ONCE = 2
open_batch = importing.Opening.open


def stop_after_the_second(opening, rows):
    open_batch(opening, rows)
    if any(row.line > 4 for row in rows):
        sys.stdout.write("here\n")
        sys.stdout.flush()
        time.sleep(600)


importing.Opening.open = stop_after_the_second
upload = CaseImport.objects.get(pk=sys.argv[1])
importing.import_cases(upload=upload, with_duplicates=True, seen=fingerprint(), by=upload.user)
