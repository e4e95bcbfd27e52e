"""The plan of a checklist as whoever looks may see it."""

import datetime

from checklists.access.access import Access
from checklists.access.doors import seen_items
from checklists.planner import plan
from checklists.planning import progress_of, typed_answers
from checklists.presenters.planview import PlanView
from guides.catalogue.compiled import CompiledCatalogue


def plan_view(compiled: CompiledCatalogue, access: Access, today: datetime.date) -> PlanView:
    items = list(access.checklist.items.all())
    answers = {**typed_answers(compiled, access.checklist.answers, today), "today": today}
    found = plan(compiled, answers, today, progress_of(items))
    return PlanView(compiled, access, seen_items(access, items), found, answers)
