"""What the board keeps of the plans of a case: its next deadline and step, how far it is, and whether it is stuck.

A plan depends on the day, so summaries are made again each day (``manage.py refresh_cases``) and with every change.
"""

import datetime
from collections.abc import Iterable

from django.db.models import Min
from django.utils import timezone

from checklists.models import Case, CaseDeadline, CasePerson, FirmTask, Request
from checklists.planner import Plan, PlannedProcedure
from checklists.planning import plan_checklist
from guides.catalogue.editions import current

FIRM = ("required", "recommended")


def summarise(case: Case, *, progressed: bool = False) -> None:
    """Bring the kept fields of a case to what its plans say today. ``progressed``: something was done just now."""
    today = case.organisation.today()
    compiled = current()
    people = (
        case.people.open()
        .filter(shares_checklist=True)
        .select_related("checklist")
        .prefetch_related("checklist__items")
    )
    plans = {
        person: plan_checklist(compiled, person.checklist, person.checklist.items.all(), today) for person in people
    }
    tasks = [task for plan in plans.values() for task in _firm_tasks(plan)]
    own = FirmTask.objects.filter(person__case=case)
    own_done = own.exclude(done_at=None).count()
    case.tasks_done = sum(task.done for task in tasks) + own_done
    case.tasks_total = len(tasks) + own_done + own.open().count()
    case.progress = 100 * case.tasks_done // case.tasks_total if case.tasks_total else 0
    case.next_step = _next_step(tasks)
    case.has_problem = any(task.notices and not task.done for task in tasks)
    _keep_deadlines(case, plans)
    case.next_deadline = _next_deadline(case)
    case.summarised_on = today
    if progressed:
        case.active_at = timezone.now()
    case.save(
        update_fields=[
            "tasks_done",
            "tasks_total",
            "progress",
            "next_step",
            "has_problem",
            "next_deadline",
            "summarised_on",
            "active_at",
        ]
    )


def _firm_tasks(plan: Plan) -> Iterable[PlannedProcedure]:
    """The tasks that certainly are to be done."""
    return [task for task in plan.procedures if task.status in FIRM]


def _next_step(tasks: Iterable[PlannedProcedure]) -> str:
    """The name of the task that is ready and due first."""
    ready = [task for task in tasks if task.ready]
    first = min(ready, key=lambda task: (task.latest or datetime.date.max, task.status != "required"), default=None)
    return first.procedure.name[:300] if first else ""


def _keep_deadlines(case: Case, plans: dict[CasePerson, Plan]) -> None:
    rows = [
        CaseDeadline(
            organisation_id=case.organisation_id, case=case, person=person, procedure=task.key, day=task.latest
        )
        for person, plan in plans.items()
        for task in _firm_tasks(plan)
        if task.latest and not task.done
    ]
    case.deadlines.all().delete()
    CaseDeadline.objects.bulk_create(rows)


def _next_deadline(case: Case) -> datetime.date | None:
    """The first day by which something must be done: of the plans, of what was asked for, of the firm's own tasks."""
    days = [
        case.deadlines.aggregate(first=Min("day"))["first"],
        Request.objects.open().filter(person__case=case).aggregate(first=Min("due"))["first"],
        FirmTask.objects.open().filter(person__case=case).aggregate(first=Min("due"))["first"],
    ]
    return min(filter(None, days), default=None)
