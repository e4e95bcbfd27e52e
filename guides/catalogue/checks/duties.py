"""Duties that come again: those without days, and procedures without an end that ask for nothing."""

from collections.abc import Iterator

from guides.conditions.tree import Node, Not

from ..problems import Problem
from ..schema import Procedure, Recurring
from .everyone import Everyone, some


def duties(everyone: Everyone) -> Iterator[Problem]:
    """Recurring duties whose days cannot be counted, and ongoing procedures without a duty that comes again."""
    for procedure in everyone.catalogue.procedures:
        where = f"procedures {procedure.key}"
        for duty in procedure.recurring:
            if text := _complaint(duty, procedure):
                yield Problem("error", f"{where} › recurring {duty.key}", text, "no_series")
        if procedure.ongoing:
            yield from _without_duty(procedure, where, everyone)


def _complaint(duty: Recurring, procedure: Procedure) -> str:
    if not duty.first:
        return "It has no first day, so no day can be told. Say what it counts from."
    if duty.months and duty.day is None:
        return "It has months and no day of the month. Add the day."
    if duty.every and duty.day is not None:
        return "It has a span and a day of the month. Keep one of them."
    if procedure.ongoing and not _comes_again(duty):
        return "It comes only once, and its procedure has no end. Say how often it comes, or on which day of the month."
    return ""


def _comes_again(duty: Recurring) -> bool:
    return bool(duty.every) or duty.day is not None


def _without_duty(procedure: Procedure, where: str, everyone: Everyone) -> Iterator[Problem]:
    again: list[Node] = [everyone.vocabulary.parse(duty.when) for duty in procedure.recurring if _comes_again(duty)]
    if not everyone.is_empty(everyone.who(everyone.gets(procedure), Not(some(*again)))):
        text = (
            "It has no end, and some people who have it get no recurring duty. Add one for them, or say that it ends."
        )
        example = everyone.example((everyone.gets(procedure), True), (some(*again), False))
        yield Problem("warning" if again else "error", where, text, "no_duty", example)
