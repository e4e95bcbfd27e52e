"""Work on many cases at once: bringing them in, giving them out, writing history, and planning them anew."""

import time

from django.db import transaction

from checklists.firms.cases.importing import import_cases
from checklists.firms.cases.refreshing import refresh_cases
from checklists.firms.cases.services import assign
from checklists.firms.history.chain import Event, record_all
from checklists.firms.members.services import start_firm
from checklists.models import CaseImport, Role
from checklists.seen import fingerprint
from tests.people import somebody

IMPORTED = 5_000
AT_ONCE = 500
REFRESHED = 1_000


def measure(firm, line):
    """``firm`` is the largest; ``line`` prints a figure. What is brought in goes again, for what is measured next."""
    owner = firm.memberships.get(role=Role.OWNER).user
    cases = list(firm.cases.active().exclude(assignee=owner)[:AT_ONCE])
    seconds, count = timed(lambda: assign(cases=cases, assignee=owner, by=owner))
    assert count == AT_ONCE
    line(f"assigning {AT_ONCE} cases, each", seconds * 1000 / AT_ONCE, f"all of them in {seconds:.2f} s")
    events = [Event("person-added", case=case, by=owner) for case in cases]
    seconds, _entries = timed(lambda: record_all(firm, events))
    line(f"writing {AT_ONCE} lines of history, each", seconds * 1000 / AT_ONCE, f"all of them in {seconds:.2f} s")
    with transaction.atomic():
        bring_in(line)
        transaction.set_rollback(True)


def bring_in(line):
    """A file of five thousand clients, and the nightly refreshing of some of them."""
    owner = somebody("owner@import.example")
    firm = start_firm(name="Bench import", by=owner)
    rows = (
        f"Client {number},client{number}@mail.example,{('es', 'pt')[number % 2]},2027-0{number % 9 + 1}-11,R-{number}"
        for number in range(IMPORTED)
    )
    content = "\n".join(["Name,Email,Destination,Target date,Reference", *rows]).encode()
    upload = CaseImport.objects.create(organisation=firm, user=owner, name="clients.csv", content=content)
    seconds, count = timed(lambda: import_cases(upload=upload, with_duplicates=False, seen=fingerprint(), by=owner))
    line(f"importing {count:,} cases, each", seconds * 1000 / count, f"all of them in {seconds:.1f} s")
    keys = list(firm.cases.values_list("pk", flat=True)[:REFRESHED])
    firm.cases.filter(pk__in=keys).update(summarised_on=None)
    seconds, count = timed(lambda: refresh_cases(only_marked=True))
    line(f"refreshing {count:,} cases, each", seconds * 1000 / count, f"{count / seconds:,.0f} cases a second")


def timed(function):
    start = time.perf_counter()
    found = function()
    return time.perf_counter() - start, found
