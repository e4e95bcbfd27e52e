"""The example on the start page: the real plan of an invented person, as of today."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.caching import cached_by_data
from checklists.planner import Paper, Plan, PlannedTask
from checklists.planning import BadAnswers, plan_answers
from checklists.presenters.lines import papers_of
from guides.catalogue.compiled import CompiledCatalogue

COUNTRY = "pt"
DOCUMENTS_SHOWN = 2
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
    first = next((task for task in todo if task.ready), None)
    if first is None:
        return None
    papers = [paper for paper in papers_of(plan) if paper.status == "required" and not paper.in_hand]
    return {
        "country": compiled.countries[COUNTRY],
        "who": _("Ana comes from Brazil to work for a company in Lisbon. She holds a visa and rents a flat."),
        "next": _next(first, plan, compiled),
        "count": _count(len(todo), plan),
        "documents_title": _("The first of %(count)d documents") % {"count": len(papers)},
        "documents": [_document(paper, plan, compiled) for paper in papers[:DOCUMENTS_SHOWN]],
        "deadlines": _deadlines(todo)[:1],
    }


def _next(task: PlannedTask, plan: Plan, compiled: CompiledCatalogue) -> dict:
    procedure = task.way.procedure
    after = [other.name for other in plan.tasks if task.key in other.depends_on]
    return {
        "title": task.name,
        "local_name": task.local_name,
        "lang": compiled.countries[COUNTRY].language,
        "why": procedure.reason,
        "when": task.latest and _("Start by %(date)s") % {"date": date_format(task.latest, LONG_DATE)},
        "office": compiled.authorities[procedure.authority].name,
        "unlocks": after[:2],
    }


def _count(steps: int, plan: Plan) -> str:
    text = ngettext("%(count)d office visit or form", "%(count)d office visits and forms", steps) % {"count": steps}
    ready = plan.ready_by.date
    if ready is None:
        return text
    return _("%(what)s, all done by %(date)s") % {"what": text, "date": date_format(ready, LONG_DATE)}


def _document(paper: Paper, plan: Plan, compiled: CompiledCatalogue) -> dict:
    document = paper.document
    return {
        "id": f"example-{document.key}",
        "name": document.name,
        "local_name": document.local_name,
        "lang": compiled.countries[COUNTRY].language if document.country else "",
        "tags": [{"kind": document.form}],
        "for": [{"text": task.name} for task in plan.tasks if task.key in paper.tasks][:2],
    }


def _deadlines(todo: list[PlannedTask]) -> list[dict]:
    rows = [
        {
            "date": item.date,
            "text": item.deadline.text,
            "binding": True,
            "procedure": {"name": task.name},
        }
        for task in todo
        for item in task.way.deadlines
        if item.binding and item.date and not item.passed
    ]
    return sorted(rows, key=lambda row: row["date"])
