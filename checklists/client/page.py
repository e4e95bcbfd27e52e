"""The page of a checklist, drawn once for each state of the checklist."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from checklists.access.access import Access
from checklists.access.doors import seen_items
from checklists.caching import cached_for_state
from checklists.planner import plan
from checklists.planning import progress_of, typed_answers
from checklists.presenters.lines import lines_of
from checklists.presenters.overview import overview
from checklists.presenters.phrases import without_indentation
from checklists.presenters.planview import PlanView
from guides.catalogue.compiled import CompiledCatalogue


@dataclass(frozen=True, slots=True)
class Page:
    """``top`` stands above the news, ``body`` below it; they hold nothing of a request: no CSRF token, no host.

    ``lines``: where each line is, as ``lines_of`` tells it.
    """

    top: SafeString
    body: SafeString
    lines: Mapping[str, str]


def page_of(compiled: CompiledCatalogue, access: Access, today: datetime.date) -> Page:
    return cached_for_state("page", access.state, compiled, today, lambda: _draw(compiled, access, today))


def _draw(compiled: CompiledCatalogue, access: Access, today: datetime.date) -> Page:
    view = view_of(compiled, access, today)
    context = overview(view)
    top, body = (without_indentation(render_to_string(f"checklists/{part}.html", context)) for part in ("top", "body"))
    return Page(top, body, lines_of(access, view.plan))


def view_of(compiled: CompiledCatalogue, access: Access, today: datetime.date) -> PlanView:
    """The plan of a checklist with all that presenters look up, as whoever looks may see it."""
    items = list(access.checklist.items.all())
    answers = {**typed_answers(compiled, access.checklist.answers, today), "today": today}
    found = plan(compiled, answers, today, progress_of(items))
    return PlanView(compiled, access, seen_items(access, items), found, answers)
