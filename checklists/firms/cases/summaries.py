"""What the board keeps of the plans of a case: its next deadline and step, how far it is, and whether it is stuck.

A plan depends on the day, so summaries are made again each day (``refreshing``) and with every change.
"""

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from checklists.caching import cached_by_data
from checklists.models import Case, CaseDeadline, CasePerson, Checklist, ChecklistItem, FirmTask, Request
from checklists.models.cases import CaseSummary
from checklists.planner import Plan, PlannedTask
from checklists.planning import plan_checklist
from checklists.presenters.alerts import is_problem
from guides.editions.publishing import current

CERTAIN = ("required", "recommended")
LONGEST_STEP = CaseSummary._meta.get_field("next_step").max_length
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
    """What a firm added to a case: tasks of its own, and what has a day of these and of what it asked for."""

    done: int = 0
    total: int = 0
    days: list[tuple[datetime.date, str]] = field(default_factory=list)


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
    return task.latest or datetime.date.max, task.status != "required", task.name[:LONGEST_STEP]


def _own_tasks(cases: list[Case]) -> dict[int, OwnTasks]:
    keys = [case.pk for case in cases]
    found: dict[int, OwnTasks] = {}
    tasks = FirmTask.objects.filter(person__case__in=keys).values_list("person__case", "done_at", "due", "text")
    for key, done_at, due, text in tasks:
        own = found.setdefault(key, OwnTasks())
        own.total += 1
        own.done += done_at is not None
        own.days += [(due, text)] if due and done_at is None else []
    asked = Request.objects.open().filter(person__case__in=keys, due__isnull=False)
    for request in asked.annotate(case=F("person__case")):
        text = _("Asked for: %s") % request.name_in(current())
        found.setdefault(request.case, OwnTasks()).days.append((request.due, text))
    return found


def set_summary(case: Case, facts: list[PersonFacts], own: OwnTasks) -> list[CaseDeadline]:
    """Set the fields of the summary; returns the rows of its deadlines."""
    case.tasks_done = sum(fact.done for _person, fact in facts) + own.done
    case.tasks_total = sum(fact.total for _person, fact in facts) + own.total
    case.progress = 100 * case.tasks_done // case.tasks_total if case.tasks_total else 0
    case.has_problem = any(fact.has_problem for _person, fact in facts)
    case.summarised_on = case.organisation.today()
    rows = [
        CaseDeadline(organisation_id=case.organisation_id, case=case, person=person, procedure=key, day=day)
        for person, fact in facts
        for day, key in fact.deadlines
    ]
    case.next_deadline, case.next_step = _what_is_next(facts, own, rows)
    return rows


def _what_is_next(
    facts: list[PersonFacts], own: OwnTasks, rows: list[CaseDeadline]
) -> tuple[datetime.date | None, str]:
    """The first day of a case and what falls on it; while nothing has a day, what can be started."""
    procedures = current().procedures
    days = [*own.days, *((row.day, procedures[row.procedure].name) for row in rows if row.procedure in procedures)]
    if days:
        day, text = min(days, key=itemgetter(0))
        return day, text[:LONGEST_STEP]
    steps = [step for _person, fact in facts for step in fact.next_steps]
    return None, min(steps, key=itemgetter(0, 1))[2] if steps else ""
