"""The reader's own checklist, as far as the guides need to know it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from checklists.access.access import Access
from checklists.access.links import remembered_checklist
from checklists.caching import cached_for_state
from checklists.models import Checklist
from checklists.planning import plan_checklist
from checklists.presenters.planview import row_of
from guides import clock
from guides.catalogue.compiled import CompiledCatalogue
from guides.editions.publishing import current


@dataclass(frozen=True, slots=True)
class ReaderLine:
    """A procedure of the reader's plan, and where it stands on their checklist. ``because`` completes "because …"."""

    status: str
    done: bool
    because: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class ReaderPlan:
    """``country`` is the key of the destination; ``lines`` are by key of procedure."""

    url: str
    country: str
    lines: Mapping[str, ReaderLine]


def reader_plan(request: HttpRequest) -> dict[str, SimpleLazyObject]:
    """``reader_plan`` for every template: the reader's ``ReaderPlan`` or nothing; looked up when one first asks."""
    return {"reader_plan": SimpleLazyObject(lambda: reader_plan_of(request))}


def reader_plan_of(request: HttpRequest) -> ReaderPlan | None:
    """The plan of the checklist that this browser remembers; None without one, or without a destination."""
    checklist = remembered_checklist(request)
    if checklist is None or not checklist.answers.get("destination"):
        return None
    compiled, today = current(), clock.today()
    state = Access(checklist).state
    return cached_for_state("reader", state, compiled, today, lambda: _made(compiled, checklist, today))


def _made(compiled: CompiledCatalogue, checklist: Checklist, today: datetime.date) -> ReaderPlan:
    plan = plan_checklist(compiled, checklist, checklist.items.all(), today)
    url = checklist.get_absolute_url()
    rows = row_of(plan)
    lines = {
        item.key: ReaderLine(item.status, item.done, item.because, f"{url}tasks/{rows[item.key].key}/")
        for item in plan.procedures
    }
    return ReaderPlan(url, checklist.answers["destination"], lines)
