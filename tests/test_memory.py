"""What a process keeps does not grow with time: it loads no more than it needs, and lets old editions go."""

import gc
import os
import subprocess
import sys
import weakref

import pytest
from django.conf import settings
from django.urls import reverse

from checklists.models import Checklist
from guides.editions import publishing
from guides.models import Edition
from tests.checklists.conftest import answers_of
from tests.shipped import shipped_edition

# Together some 30 MB, for checks of editors and for files that few ask for.
FOR_FEW = ("dd", "networkx", "openpyxl", "icalendar")
LOADED = """
import sys, django
django.setup()
from django.urls import get_resolver
import relocation.wsgi
assert get_resolver().url_patterns
print([name for name in sys.argv[1:] if name in sys.modules])
"""


def test_a_web_process_loads_nothing_that_only_few_pages_need():
    environment = {**os.environ, "DJANGO_DEBUG": "1", "DJANGO_SETTINGS_MODULE": "relocation.settings"}
    command = [sys.executable, "-c", LOADED, *FOR_FEW]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@pytest.mark.django_db
def test_an_edition_goes_with_all_that_was_made_of_it_when_the_next_one_is_there(client):
    Edition.objects.create(**shipped_edition())
    checklist = Checklist.objects.start(answers=answers_of("es-05"), edition=1)
    pages = ["/", reverse("guides:search") + "?q=nif", checklist.get_absolute_url()]

    def seen():
        assert [client.get(page).status_code for page in pages] == [200, 200, 200]
        return weakref.ref(publishing.current())

    first = seen()
    Edition.objects.create(**shipped_edition() | {"number": 2, "digest": "f" * 64})
    publishing.forget()
    second = seen()
    gc.collect()
    assert first() is None
    assert second().number == 2
