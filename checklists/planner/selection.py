"""What applies to a person: procedures with their status, requirements with the alternatives that are left."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Literal

from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.catalogue.schema import Alert, Alternative, Pointer, Procedure, Requirement
from guides.conditions import Truths
from guides.conditions.answers import Answers

Status = Literal["required", "provisional", "recommended", "optional"]
RANK = {"required": 0, "provisional": 1, "recommended": 2, "optional": 3}


@dataclass(slots=True)
class Need:
    """A requirement that applies, or may apply (``certain`` False), and its alternatives that are not ruled out."""

    requirement: Requirement
    certain: bool
    options: list[tuple[Alternative, bool]]

    @property
    def blocks(self) -> bool:
        """Whether the procedure must wait for it."""
        return self.certain and not self.requirement.discretion


@dataclass(slots=True)
class Selected:
    """A procedure of the plan, before order and dates. ``deciding`` is the condition that put it there; ``stopped``:
    an alert says that it cannot be started."""

    procedure: Procedure
    status: Status
    deciding: str
    done: bool
    needs: list[Need]
    stopped: bool = False

    @property
    def key(self) -> str:
        return self.procedure.key


def candidates(compiled: CompiledCatalogue, answers: Answers) -> tuple[Procedure, ...]:
    """The procedures of the destination, or all of them while it is not known."""
    destination = answers.get(DESTINATION)
    if destination is None:
        return tuple(procedure for group in compiled.procedures_of.values() for procedure in group)
    return compiled.procedures_of.get(destination, ())


def alerts_here(compiled: CompiledCatalogue, answers: Answers) -> tuple[Alert, ...]:
    """The alerts of the destination and those of no country in particular, the worst first."""
    countries = (None, answers.get(DESTINATION))
    return tuple(alert for alert in compiled.alerts if alert.country in countries)


def pointers_here(compiled: CompiledCatalogue, truths: Truths) -> list[Pointer]:
    """What this person should also think of, by phase; nothing while the destination is not known."""
    destination = truths.answers.get(DESTINATION)
    there = compiled.pointers_of.get(destination, ()) if destination else ()
    return [pointer for pointer in there if truths[pointer.when]]


def status_of(procedure: Procedure, truths: Truths) -> tuple[Status, str] | None:
    """The status of a procedure and the condition that decided it; None if it does not apply.

    The first condition that is not false decides; an undecided one makes the procedure provisional.
    """
    gates: tuple[tuple[Status, str], ...] = (
        ("required", procedure.required_when),
        ("recommended", procedure.recommended_when),
        ("optional", procedure.optional_when),
    )
    for status, text in gates:
        if text and (truth := truths[text]) is not False:
            return (status if truth else "provisional"), text
    return None


def select(
    compiled: CompiledCatalogue, truths: Truths, finished: Container[str], before: Callable[[], Truths]
) -> list[Selected]:
    """The procedures that apply or may apply, in catalogue order. ``finished`` are ticked as done; they stay if they
    applied ``before`` they were, with nothing that they gave in hand."""
    stopped = {key for alert in alerts_here(compiled, truths.answers) if truths[alert.when] for key in alert.stops}
    found = [
        item
        for procedure in candidates(compiled, truths.answers)
        if (item := select_one(procedure, truths, finished, before)) is not None
    ]
    for item in found:
        item.stopped = item.key in stopped and not item.done
    return found


def select_one(
    procedure: Procedure, truths: Truths, finished: Container[str], before: Callable[[], Truths]
) -> Selected | None:
    """A procedure of the destination as it is in the plan; None if it does not apply. As ``select``."""
    found = status_of(procedure, truths)
    if found is None and procedure.key in finished:
        found = status_of(procedure, before())
    if found is None:
        return None
    ticked = procedure.key in finished and not procedure.ongoing
    done = ticked or bool(procedure.done_when and truths[procedure.done_when])
    return Selected(procedure, *found, done, _needs(procedure, truths))


def _needs(procedure: Procedure, truths: Truths) -> list[Need]:
    needs = []
    for requirement in procedure.requirements:
        truth = truths[requirement.when]
        if truth is False:
            continue
        options = [
            (alternative, holds is True)
            for alternative in requirement.alternatives
            if (holds := truths[alternative.when]) is not False
        ]
        if options:
            needs.append(Need(requirement, truth is True, options))
    return needs
