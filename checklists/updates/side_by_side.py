"""What a plan is in one catalogue and in another, side by side."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from checklists.planner import PlannedDocument, PlannedProcedure, plan
from checklists.planning import typed_answers
from guides.catalogue.compiled import CompiledCatalogue

from .compare import PlanChange, compare
from .words import status_of


@dataclass(frozen=True, slots=True)
class Beside:
    """A line of either plan. ``before`` and ``after`` say how binding it is, nothing where it is not in that plan."""

    name: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Effect:
    """``change`` tells every difference with its fields; the lines are all there are, in the order of the plans."""

    procedures: list[Beside]
    documents: list[Beside]
    change: PlanChange


def effect_on(raw: dict[str, Any], day: datetime.date, old: CompiledCatalogue, new: CompiledCatalogue) -> Effect:
    """What the plan of these raw answers is on a day in the old and in the new catalogue."""
    answers = {compiled: typed_answers(compiled, raw, day) for compiled in (old, new)}
    before, after = (plan(compiled, answers[compiled], day) for compiled in (old, new))
    return Effect(
        _beside(before.procedures, after.procedures),
        _beside(before.documents, after.documents),
        compare(before, after, old, new, {**answers[new], "today": day}),
    )


def _beside(before: Iterable, after: Iterable) -> list[Beside]:
    """New lines stand where they are in the new plan, those that are gone at the end."""
    was, now = ({line.key: line for line in lines} for lines in (before, after))
    return [
        Beside(
            _name(now.get(key) or was[key]), *(status_of(lines[key]) if key in lines else "" for lines in (was, now))
        )
        for key in dict.fromkeys([*now, *was])
    ]


def _name(line: PlannedProcedure | PlannedDocument) -> str:
    return line.procedure.name if isinstance(line, PlannedProcedure) else line.document.name
