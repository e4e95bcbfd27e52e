"""Two people of one household who tick the same paper at the same moment."""

import threading

import pytest
from django.db import connection, connections

from checklists.access.access import Access
from checklists.client.services import save_item
from checklists.models import ChecklistItem, SharedDocument
from checklists.seen import Changed
from tests.checklists.firms.cases.test_papers import PAPER, household

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time."),
]


def test_nobody_waits_in_a_ring_and_one_of_them_is_told(firm, published):
    case = household(firm, "Ana", "Rui", "Eva")
    SharedDocument.objects.create(case=case, key=PAPER)
    checklists = [person.checklist for person in case.people.select_related("checklist")]
    ready, results = threading.Barrier(len(checklists)), []

    def tick(checklist):
        try:
            ready.wait()
            save_item(access=Access(checklist), kind="document", key=PAPER, done=True)
            results.append("ticked")
        except Changed:
            results.append("told")
        except Exception as error:
            results.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=tick, args=[checklist]) for checklist in checklists]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["ticked", "told", "told"]
    assert ChecklistItem.objects.filter(key=PAPER, done=True, version=1).count() == 3
