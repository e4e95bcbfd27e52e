"""What becomes of the plans of saved personas when a catalogue takes the place of another."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from checklists.models import Persona
from checklists.planner import Plan, PlannedProcedure, plan
from checklists.planning import typed_answers
from guides.catalogue.compiled import CompiledCatalogue

from .compare import PlanChange, compare


@dataclass(frozen=True, slots=True)
class MovedDay:
    """A day of a procedure, or of the whole plan, that is another one; None where there is none."""

    name: str
    what: str
    before: datetime.date | None
    after: datetime.date | None


@dataclass(frozen=True, slots=True)
class PersonaEffect:
    """A persona whose plan changes on ``day``."""

    persona: Persona
    day: datetime.date
    change: PlanChange
    days: tuple[MovedDay, ...]


def persona_effects(
    old: CompiledCatalogue, new: CompiledCatalogue, today: datetime.date
) -> tuple[list[PersonaEffect], list[Persona]]:
    """The personas whose plans change, and the others."""
    changed, same = [], []
    for persona in Persona.objects.all():
        effect = _effect(persona, old, new, persona.day or today)
        if effect.change or effect.days:
            changed.append(effect)
        else:
            same.append(persona)
    return changed, same


def _effect(persona: Persona, old: CompiledCatalogue, new: CompiledCatalogue, day: datetime.date) -> PersonaEffect:
    answers = {**typed_answers(new, persona.answers, day), "today": day}
    before, after = plan(old, typed_answers(old, persona.answers, day), day), plan(new, answers, day)
    return PersonaEffect(persona, day, compare(before, after, old, new, answers), tuple(_days(before, after)))


def _days(before: Plan, after: Plan) -> Iterator[MovedDay]:
    earlier = {planned.key: planned for planned in before.procedures}
    for planned in after.procedures:
        was = earlier.get(planned.key)
        if was is not None and not (was.done or planned.done):
            yield from _moved(was, planned)
    if before.ready_by != after.ready_by:
        yield MovedDay(_("The whole plan"), _("can be finished on"), before.ready_by, after.ready_by)


def _moved(was: PlannedProcedure, now: PlannedProcedure) -> Iterator[MovedDay]:
    for field, what in (
        ("earliest", _("can start on")),
        ("latest", _("must start by")),
        ("finish", _("can be finished on")),
    ):
        if getattr(was, field) != getattr(now, field):
            yield MovedDay(now.procedure.name, what, getattr(was, field), getattr(now, field))
