"""A plan as plain JSON: the contract of the ``plan`` command and of ``POST /api/plan``."""

import datetime
from collections.abc import Mapping
from typing import Any

from guides.conditions.vocabulary import Question

from .papers import PlannedDocument, Use
from .plan import Plan, PlannedProcedure


def as_json(plan: Plan, questions: Mapping[str, Question]) -> dict[str, Any]:
    """The plan with dates in ISO 8601. ``questions`` maps answer keys to their questions, for provisional rows."""
    names = {planned.key: planned.procedure.name for planned in plan.procedures}
    return {
        "edition": plan.edition,
        "unknown": list(plan.unknown),
        "procedures": [_procedure(planned, questions) for planned in plan.procedures],
        "documents": [_document(planned, names) for planned in plan.documents],
    }


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


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
