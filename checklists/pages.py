"""The body of a checklist's page, drawn once for each state of the checklist."""

import datetime
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from checklists.memo import once_per_state
from checklists.models import Checklist
from checklists.planner import plan
from checklists.planning import progress_of, typed_answers
from checklists.presenters.overview import overview
from checklists.presenters.planview import PlanView
from guides.catalogue.compiled import CompiledCatalogue


@dataclass(frozen=True, slots=True)
class Body:
    """``html`` holds nothing of a request: no CSRF token, no host. ``ready``: what can start now, in plan order."""

    html: SafeString
    ready: tuple[str, ...]


def body_of(compiled: CompiledCatalogue, checklist: Checklist, today: datetime.date) -> Body:
    return once_per_state("body", checklist, compiled, today, lambda: _draw(compiled, checklist, today))


def _draw(compiled: CompiledCatalogue, checklist: Checklist, today: datetime.date) -> Body:
    items = list(checklist.items.all())
    answers = {**typed_answers(compiled, checklist.answers, today), "today": today}
    found = plan(compiled, answers, today, progress_of(items))
    view = PlanView(compiled, checklist, items, found, answers)
    html = render_to_string("checklists/body.html", overview(view))
    return Body(html, tuple(planned.key for planned in found.procedures if planned.ready))
