"""What the board keeps of the plans of a case: its next deadline and step, how far it is, and whether it is stuck.

A plan depends on the day, so summaries are made again each day (``refreshing``) and with every change.
"""

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from checklists.caching import cached_by_data
from checklists.models import Case, CaseDeadline, CasePerson, Checklist, ChecklistItem, FirmTask, Request
from checklists.models.cases import CaseSummary
from checklists.planner import Plan, PlannedTask
from checklists.planning import plan_checklist
from checklists.presenters.alerts import is_problem
from guides.editions.publishing import current

CERTAIN = ("required", "recommended")
SUMMARY = [field.name for field in CaseSummary._meta.fields]


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What a case keeps of one plan: each deadline that is still ahead as (day, key of the procedure)."""

    done: int = 0
    total: int = 0
    has_problem: bool = False
    next_steps: tuple[tuple[datetime.date, bool, str], ...] = ()
    deadlines: tuple[tuple[datetime.date, str], ...] = ()


PersonFacts = tuple[CasePerson, PlanFacts]


@dataclass(slots=True)
class OwnTasks:
    """What a firm added to a case: tasks of its own, and the days by which it asked for something."""

    done: int = 0
    total: int = 0
    days: list[datetime.date] = field(default_factory=list)


def summarise(case: Case, *, progressed: bool = False) -> None:
    """Bring the summary of a case to what its plans say today. ``progressed``: something was done just now."""
    summarise_all([case], progressed=progressed)


def summarise_all(cases: Iterable[Case], *, progressed: bool = False) -> None:
    """The same for many cases with their firms, in a fixed number of queries."""
    cases = list(cases)
    facts = facts_of(cases)
    own = _own_tasks(cases)
    rows = []
    for case in cases:
        rows += set_summary(case, facts.get(case.pk, []), own.get(case.pk, OwnTasks()))
        if progressed:
            case.active_at = timezone.now()
    CaseDeadline.objects.filter(case__in=[case.pk for case in cases]).delete()
    CaseDeadline.objects.bulk_create(rows)
    fields = [*SUMMARY, "active_at"] if progressed else SUMMARY
    if len(cases) == 1:
        cases[0].save(update_fields=fields)
    else:
        Case.objects.bulk_update(cases, fields, batch_size=500)


def facts_of(cases: list[Case]) -> dict[int, list[PersonFacts]]:
    """By case, what it keeps of the plan of each person whose checklist its firm may see."""
    days = {case.pk: case.organisation.today() for case in cases}
    people = (
        CasePerson.objects.open()
        .filter(case__in=list(days), shares_checklist=True)
        .select_related("checklist")
        .prefetch_related("checklist__items")
    )
    found: dict[int, list[PersonFacts]] = {}
    for person in people:
        facts = facts_of_checklist(person.checklist, person.checklist.items.all(), days[person.case_id])
        found.setdefault(person.case_id, []).append((person, facts))
    return found


def facts_of_checklist(checklist: Checklist, items: Iterable[ChecklistItem], today: datetime.date) -> PlanFacts:
    """What a case keeps of the plan of a checklist. Those of whom the same is known have the same plan."""
    compiled, ticked = current(), [item for item in items if item.done]
    ticks = sorted([item.kind, item.key, str(item.date)] for item in ticked)
    known = compiled.number, compiled.digest, today, json.dumps([checklist.answers, ticks], sort_keys=True)
    # A plan takes longer than all else, and on the first day of a case all plans are alike.
    return cached_by_data(
        "facts of a plan", known, lambda: facts_of_plan(plan_checklist(compiled, checklist, ticked, today))
    )


def facts_of_plan(plan: Plan) -> PlanFacts:
    """What a case keeps of a plan; of its tasks only those that certainly are to be done, and that have an end."""
    tasks = [task for task in plan.tasks if task.status in CERTAIN and not task.ongoing]
    return PlanFacts(
        done=sum(task.done for task in tasks),
        total=len(tasks),
        has_problem=any(is_problem(alert) for alert in plan.alerts),
        next_steps=tuple(_urgency(task) for task in tasks if task.ready),
        deadlines=tuple((task.latest, task.way.key) for task in tasks if task.latest and not task.done),
    )


def _urgency(task: PlannedTask) -> tuple[datetime.date, bool, str]:
    """The task that is due first comes first, then the one that is required."""
    return task.latest or datetime.date.max, task.status != "required", task.name[:300]


def _own_tasks(cases: list[Case]) -> dict[int, OwnTasks]:
    keys = [case.pk for case in cases]
    found: dict[int, OwnTasks] = {}
    tasks = FirmTask.objects.filter(person__case__in=keys).values_list("person__case", "done_at", "due")
    for key, done_at, due in tasks:
        own = found.setdefault(key, OwnTasks())
        own.total += 1
        own.done += done_at is not None
        own.days += [due] if due and done_at is None else []
    asked = Request.objects.open().filter(person__case__in=keys, due__isnull=False)
    for key, due in asked.values_list("person__case", "due"):
        found.setdefault(key, OwnTasks()).days.append(due)
    return found


def set_summary(case: Case, facts: list[PersonFacts], own: OwnTasks) -> list[CaseDeadline]:
    """Set the fields of the summary; returns the rows of its deadlines."""
    case.tasks_done = sum(fact.done for _person, fact in facts) + own.done
    case.tasks_total = sum(fact.total for _person, fact in facts) + own.total
    case.progress = 100 * case.tasks_done // case.tasks_total if case.tasks_total else 0
    steps = [step for _person, fact in facts for step in fact.next_steps]
    case.next_step = min(steps, key=lambda step: step[:2])[2] if steps else ""
    case.has_problem = any(fact.has_problem for _person, fact in facts)
    case.summarised_on = case.organisation.today()
    rows = [
        CaseDeadline(organisation_id=case.organisation_id, case=case, person=person, procedure=key, day=day)
        for person, fact in facts
        for day, key in fact.deadlines
    ]
    case.next_deadline = min([*own.days, *(row.day for row in rows)], default=None)
    return rows
