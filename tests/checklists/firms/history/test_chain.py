"""History is only added to, by as many writers as there are, and every verb has words."""

import ast
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection, transaction

from checklists.firms.history.chain import Event, record, record_all
from checklists.firms.history.verbs import VERBS
from checklists.firms.history.verifying import verify
from checklists.models import HistoryEntry, Organisation


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: HistoryEntry.objects.update(verb="ticked"),
        lambda entry: HistoryEntry.objects.all().delete(),
        lambda entry: entry.organisation.history.filter(pk=entry.pk).update(details={}),
        lambda entry: entry.organisation.history.all().delete(),
        lambda entry: HistoryEntry.objects.bulk_update([entry], ["verb"]),
    ],
)
def test_no_entry_is_changed_or_deleted(firm, change):
    entry = firm.organisation.history.get()
    entry.verb = "ticked"
    with pytest.raises(PermissionDenied), transaction.atomic():
        change(entry)
    assert HistoryEntry.objects.get().verb == "firm-started"


def test_a_firm_that_was_read_a_while_ago_does_not_set_the_end_back(firm):
    old = Organisation.objects.get()
    record(firm.organisation, Event("firm-started", by=firm.owner))
    old.name = "Move Better"
    old.save()
    firm.organisation.refresh_from_db()
    assert (firm.organisation.name, firm.organisation.history_length) == ("Move Better", 2)
    assert verify(firm.organisation).broken is None


def test_an_event_without_words_is_refused():
    with pytest.raises(KeyError):
        Event("never-heard-of")


def verbs_in(path):
    """The verbs that a module gives to ``Event``, as far as they stand there; the others are refused by ``Event``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Event" and node.args:
            yield from texts_in(node.args[0])


def texts_in(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif not isinstance(node, ast.JoinedStr):
        for inner in ast.iter_child_nodes(node):
            yield from texts_in(inner)


def test_every_verb_in_the_code_has_words():
    found = {verb for path in Path(settings.BASE_DIR, "checklists").rglob("*.py") for verb in verbs_in(path)}
    assert "case-opened" in found
    assert found <= VERBS.keys()


def test_words_stand_in_the_order_of_the_alphabet():
    assert list(VERBS) == sorted(VERBS)


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_leave_no_gap(firm):
    """Each of four writes ten entries; the chain is one, and whole."""
    start, failures = threading.Barrier(4), []

    def write():
        try:
            start.wait()
            for _time in range(10):
                record(firm.organisation, Event("case-opened", by=firm.owner))
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _writer in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert not failures
    verdict = verify(firm.organisation)
    assert (verdict.entries, verdict.broken) == (41, None)


def test_many_events_take_few_queries(firm, django_assert_num_queries):
    with django_assert_num_queries(5):
        record_all(firm.organisation, [Event("firm-started", by=firm.owner)] * 100)
    call_command("verify_history")
