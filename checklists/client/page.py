"""The body of a checklist's page, drawn once for each state of the checklist."""

import datetime
from dataclasses import dataclass

from django.http import HttpResponse
from django.template.loader import render_to_string

from checklists.access.access import Access
from checklists.access.doors import seen_items
from checklists.caching import cached_for_state
from checklists.planner import plan
from checklists.planning import progress_of, typed_answers
from checklists.presenters.lines import lines_of
from checklists.presenters.overview import overview
from checklists.presenters.planview import PlanView
from guides.catalogue.compiled import CompiledCatalogue

PLACE, PLACE_OF_ALERTS = b"<!-- body -->", b"<!-- alerts -->"


@dataclass(frozen=True, slots=True)
class Body:
    """``html`` and ``alerts``, which stand above the news, hold nothing of a request: no CSRF token, no host.

    ``lines``: the ids of the lines in it.
    """

    html: bytes
    alerts: bytes
    lines: frozenset[str]


def body_of(compiled: CompiledCatalogue, access: Access, today: datetime.date) -> Body:
    return cached_for_state("body", access.state, compiled, today, lambda: _draw(compiled, access, today))


def put_into(response: HttpResponse, body: Body) -> HttpResponse:
    """Put the body where the page keeps its place. It is large, and every template around it would copy it."""
    response.content = response.content.replace(PLACE_OF_ALERTS, body.alerts, 1).replace(PLACE, body.html, 1)
    return response


def _draw(compiled: CompiledCatalogue, access: Access, today: datetime.date) -> Body:
    items = list(access.checklist.items.all())
    answers = {**typed_answers(compiled, access.checklist.answers, today), "today": today}
    found = plan(compiled, answers, today, progress_of(items))
    view = PlanView(compiled, access, seen_items(access, items), found, answers)
    page = overview(view)
    html, alerts = (render_to_string(f"checklists/{part}.html", page).encode() for part in ("body", "alerts"))
    return Body(html, alerts, lines_of(access, found))
