"""What becomes of the plans of saved personas when a catalogue takes the place of another."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from checklists.models import Persona
from checklists.planner import Plan, PlannedDocument, PlannedProcedure, plan
from checklists.planning import typed_answers, understood_by_both
from guides.catalogue.compiled import CompiledCatalogue

from .compare import PlanChange, compare
from .lost_answers import with_lost_answers
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
class MovedDay:
    """A day of a procedure, or of the whole plan, that is another one; None where there is none."""

    name: str
    what: str
    before: datetime.date | None
    after: datetime.date | None


@dataclass(frozen=True, slots=True)
class PersonaEffect:
    """The plans of a persona on ``day``, and every difference with its fields: false if nothing is another."""

    persona: Persona
    day: datetime.date
    before: Plan
    after: Plan
    change: PlanChange

    def __bool__(self) -> bool:
        return bool(self.change or self.days)

    @property
    def days(self) -> list[MovedDay]:
        return list(_days(self.before, self.after))

    @property
    def procedures(self) -> list[Beside]:
        """All procedures there are, in the order of the plans."""
        return _beside(self.before.procedures, self.after.procedures)

    @property
    def documents(self) -> list[Beside]:
        return _beside(self.before.documents, self.after.documents)


def effect_on(persona: Persona, old: CompiledCatalogue, new: CompiledCatalogue, today: datetime.date) -> PersonaEffect:
    """What the plan of a persona is in the old and in the new catalogue, on its own day if it has one."""
    day = persona.day or today
    raw = understood_by_both(old, new, persona.answers, day)
    answers = {compiled: typed_answers(compiled, raw, day) for compiled in (old, new)}
    before, after = (plan(compiled, answers[compiled], day) for compiled in (old, new))
    change = compare(before, after, old, new, {**answers[new], "today": day})
    change = with_lost_answers(change, old, new, persona.answers, day)
    return PersonaEffect(persona, day, before, after, change)


def persona_effects(
    old: CompiledCatalogue, new: CompiledCatalogue, today: datetime.date
) -> tuple[list[PersonaEffect], list[Persona]]:
    """The personas whose plans change, and the others."""
    effects = [effect_on(persona, old, new, today) for persona in Persona.objects.all()]
    return [effect for effect in effects if effect], [effect.persona for effect in effects if not effect]


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


def _days(before: Plan, after: Plan) -> Iterator[MovedDay]:
    earlier = {planned.key: planned for planned in before.procedures}
    for planned in after.procedures:
        was = earlier.get(planned.key)
        if was is not None and not (was.done or planned.done):
            yield from _moved(was, planned)
    was_ready, ready = before.ready_by.date, after.ready_by.date
    if was_ready != ready:
        yield MovedDay(_("The whole plan"), _("can be finished on"), was_ready, ready)


def _moved(was: PlannedProcedure, now: PlannedProcedure) -> Iterator[MovedDay]:
    for field, what in (
        ("earliest", _("can start on")),
        ("latest", _("must start by")),
        ("finish", _("can be finished on")),
    ):
        if getattr(was, field) != getattr(now, field):
            yield MovedDay(now.procedure.name, what, getattr(was, field), getattr(now, field))
