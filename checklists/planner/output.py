"""A plan as plain JSON: the contract of the ``plan`` command and of ``POST /api/plan``."""

import datetime
from collections.abc import Mapping
from typing import Any

from guides.conditions.asked import Question

from .alerts import RaisedAlert
from .documents import PlannedDocument, Use
from .papers import Paper
from .plan import Plan, ReadyBy
from .procedures import PlannedProcedure
from .recurring import Series
from .tasks import PlannedTask

# Why no day can be told; whoever shows it translates it.
WHY_NOT = {
    "not_covered": "Part of your case is not covered, or must be settled first. Read the alerts.",
    "late": "Something is late. What the office answers decides the rest.",
    "loop": "Some tasks wait for each other. Ask the offices.",
    "open_question": "Open questions can still add tasks.",
    "unknown_length": "Offices decide how long this takes, and nobody tells: {tasks}.",
}


def as_json(plan: Plan, questions: Mapping[str, Question]) -> dict[str, Any]:
    """The plan with dates in ISO 8601. ``questions`` maps answer keys to their questions, for provisional rows."""
    names = {planned.key: planned.procedure.name for planned in plan.procedures}
    told = {
        "edition": plan.edition,
        "unknown": list(plan.unknown),
        "ready_by": _ready_by(plan.ready_by, {task.key: task.name for task in plan.tasks}),
        "alerts": [_alert(alert) for alert in plan.alerts],
        "tasks": [_task(task) for task in plan.tasks],
        "papers": [_paper(paper) for paper in plan.papers],
        "recurring": [_recurring(series) for series in plan.recurring],
        "pointers": [{"key": one.key, "phase": one.phase, "text": one.text} for one in plan.pointers],
        "procedures": [_procedure(planned, questions) for planned in plan.procedures],
        "documents": [_document(planned, names) for planned in plan.documents],
    }
    keys = {planned.key: _told(planned) for planned in plan.procedures}
    return {name: _renamed(part, keys) for name, part in told.items()}


def _told(planned: PlannedProcedure) -> str:
    """The key of a procedure in its country: where two countries have the same, one has its country in front."""
    return planned.key.removeprefix(f"{planned.procedure.country}-")


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """The same with every key of a procedure as it is told."""
    match value:
        case str():
            return names.get(value, value)
        case list():
            return [_renamed(item, names) for item in value]
        case dict():
            return {key: _renamed(item, names) for key, item in value.items()}
    return value


def _procedure(planned: PlannedProcedure, questions: Mapping[str, Question]) -> dict[str, Any]:
    return {
        "key": planned.key,
        "status": planned.status,
        "depends_on": list(planned.depends_on),
        "done": planned.done,
        "earliest": _iso(planned.earliest),
        "latest": _iso(planned.latest),
        "why": [planned.procedure.reason, *because(planned, questions)],
        "deadlines": [
            {"key": d.deadline.key, "date": _iso(d.date), "kind": d.deadline.kind, "text": d.deadline.text}
            for d in planned.deadlines
        ],
        "warnings": [
            *({"key": n.kind, "text": n.text, "facts": []} for n in planned.notices),
            *({"key": p.key, "text": f"{p.text} {p.fix}".strip(), "facts": list(p.facts)} for p in planned.pitfalls),
        ],
    }


def because(planned: PlannedProcedure, questions: Mapping[str, Question]) -> list[str]:
    """The sentence that ties a procedure to the answers, if any answer decided it."""
    if planned.because:
        return [f"It is in your plan because {_series(planned.because)}."]
    if planned.settles:
        asked = " ".join(f"“{questions[key].text}”" for key in planned.settles)
        return [f"It may apply to you. This settles it: {asked}"]
    return []


def _series(phrases: tuple[str, ...]) -> str:
    return phrases[0] if len(phrases) == 1 else f"{', '.join(phrases[:-1])} and {phrases[-1]}"


def _document(planned: PlannedDocument, names: dict[str, str]) -> dict[str, Any]:
    use = planned.strongest
    return {
        "key": planned.key,
        "for": list(planned.procedures),
        "status": use.status,
        "group": use.group if use.status == "one_of" else None,
        "in_hand": planned.in_hand,
        "obtained_from": planned.obtained_from,
        "use_between": [_iso(day) for day in planned.use_between],
        "why": list(dict.fromkeys(_why(use, names) for use in planned.uses)),
        "facts": list(planned.facts),
    }


def _why(use: Use, names: dict[str, str]) -> str:
    requirement = use.need.requirement
    parts = [f"{names[use.procedure]}: {requirement.name}.", requirement.why, use.alternative.why]
    if requirement.discretion:
        parts.append(requirement.discretion)
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)


def _ready_by(ready: ReadyBy, names: Mapping[str, str]) -> dict[str, Any]:
    tasks = ", ".join(names[key] for key in ready.tasks)
    return {
        "date": _iso(ready.date),
        "why_not": WHY_NOT[ready.why_not].format(tasks=tasks) if ready.why_not else "",
    }


def _alert(alert: RaisedAlert) -> dict[str, Any]:
    return {
        "key": alert.key,
        "kind": alert.kind,
        "about": list(alert.about),
        "text": alert.text.format(tasks="; ".join(_late_task(*task) for task in alert.tasks))
        if alert.tasks
        else alert.text,
        "cost": alert.cost,
        "action": alert.action,
        "date": _iso(alert.date),
        "facts": list(alert.facts),
    }


def _late_task(name: str, latest: datetime.date | None, earliest: datetime.date | None) -> str:
    days = [
        f"the last day was {latest.isoformat()}" if latest else "",
        f"it can begin on {earliest.isoformat()}" if earliest else "",
    ]
    return ", ".join(filter(None, [name, *days]))


def _task(task: PlannedTask) -> dict[str, Any]:
    return {
        "key": task.key,
        "status": task.status,
        "done": task.done,
        "phase": task.phase,
        "way": task.way.key,
        "other_ways": [way.key for way in task.other_ways],
        "depends_on": list(task.depends_on),
        "target": _iso(task.target),
        "latest": _iso(task.latest),
        "duration_known": task.duration_known,
    }


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "key": paper.key,
        "kind": paper.kind,
        "covers": list(paper.covers),
        "tasks": list(paper.tasks),
        "status": paper.status,
        "in_hand": paper.in_hand,
        "obtained_from": paper.obtained_from,
        "use_between": [_iso(day) for day in paper.use_between],
    }


def _recurring(series: Series) -> dict[str, Any]:
    return {
        "key": series.key,
        "procedure": series.procedure,
        "text": series.recurring.text,
        "next": [_iso(day) for day in series.next],
        "facts": list(series.recurring.facts),
    }


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
