"""The example on the start page: the real plan of an invented person, as of today."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from checklists.caching import cached_by_data
from checklists.planner import Plan, PlannedTask
from checklists.planning import BadAnswers, plan_answers
from checklists.presenters.lines import papers_of
from checklists.presenters.rows import STATES
from checklists.presenters.tasks import first_ready, state_of
from guides.catalogue.compiled import CompiledCatalogue

COUNTRY = "pt"
TASKS_SHOWN, PAPERS_SHOWN = 3, 2
LONG_DATE = "j F Y (l)"


def answers_of_ana(today: datetime.date) -> dict:
    def day(days):
        return (today + datetime.timedelta(days=days)).isoformat()

    return {
        "destination": COUNTRY,
        "nationalities": ["br"],
        "activities": ["employee"],
        "employer_country": "pt",
        "residence_basis": "residence_visa",
        "permit_purpose": "work",
        "permit_step": "first",
        "housing": "tenant_named_in_lease",
        "in_hand": ["residence-visa"],
        "family": ["none"],
        "already_arrived": True,
        "arrival_date": day(-5),
        "contract_start": day(10),
        "visa_issued": day(-19),
        "aima_appointment": day(54),
    }


def example(compiled: CompiledCatalogue, today: datetime.date) -> dict | None:
    """What ``guides/parts/example.html`` takes; None while the questions that Ana answers are not published."""
    return cached_by_data("example", (compiled.number, compiled.digest, today), lambda: _made(compiled, today))


def _made(compiled: CompiledCatalogue, today: datetime.date) -> dict | None:
    if COUNTRY not in compiled.countries:
        return None
    try:
        plan = plan_answers(compiled, answers_of_ana(today), today)
    except BadAnswers:
        return None
    todo = plan.open_tasks
    first = first_ready(plan)
    if first is None:
        return None
    others = [task for task in todo if task is not first and not task.way.procedure.by_employer]
    shown = [first, *others[:TASKS_SHOWN]]
    papers = [paper for paper in papers_of(plan) if paper.status == "required" and not paper.in_hand]
    return {
        "country": compiled.countries[COUNTRY],
        "who": _("Ana comes from Brazil to work for a company in Lisbon. She holds a visa and rents a flat."),
        "next": {"task": first, "why": first.way.procedure.reason},
        "tasks": [_task(task, plan, shown) for task in shown[1:]],
        "task_count": len(todo) - 1,
        "papers": [paper.document for paper in papers[:PAPERS_SHOWN]],
        "paper_count": len(papers),
        "ready_by": plan.ready_by.date and date_format(plan.ready_by.date, LONG_DATE),
    }


def _task(task: PlannedTask, plan: Plan, shown: list[PlannedTask]) -> dict:
    """A row; it waits for nothing that is not shown."""
    before = {other.key: other for other in plan.tasks}
    waits = [before[key] for key in task.depends_on if not before[key].done]
    names = [other.name for other in waits if other in shown]
    state = state_of(task)
    return {"task": task, "state": state, "word": STATES[state], "after": names[0] if names and not task.ready else ""}
