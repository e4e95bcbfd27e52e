"""Which kinds of permit and of activity the catalogue describes: those for which a procedure, or a paper, is meant."""

from collections.abc import Iterator

from guides import clock
from guides.conditions.tree import And, AnyOf, Named, Node, OneOf, Or

from .compiled import DESTINATION, CompiledCatalogue
from .schema import Alert, Option, Procedure, Question

# The questions whose answers decide which permit, and which rules, somebody comes under.
KINDS = ("permit_purpose", "activities")
GATES = ("required_when", "recommended_when", "optional_when")


def not_described(compiled: CompiledCatalogue, country: str) -> list[tuple[Question, Option, Alert | None]]:
    """What people can answer who move to this country and no procedure is meant for, with the alert that tells them."""
    named = {
        pair
        for procedure in compiled.procedures_of[country]
        for text in _meant_for(procedure)
        for pair in _asked_for(compiled.vocabulary.parse(text))
    }
    truths = compiled.truths({DESTINATION: country, "today": clock.today()})
    return [
        (question, option, _told_by(compiled, country, (question.key, option.value)))
        for question in compiled.questions_for(country).values()
        if question.key in KINDS
        for option in question.options
        if truths[option.when] is not False and (question.key, option.value) not in named
    ]


def _meant_for(procedure: Procedure) -> Iterator[str]:
    """The conditions that say for whom a procedure is, and whose papers it asks for."""
    yield from filter(None, (getattr(procedure, gate) for gate in GATES))
    for requirement in procedure.requirements:
        yield requirement.when
        yield from (alternative.when for alternative in requirement.alternatives)


def _told_by(compiled: CompiledCatalogue, country: str, pair: tuple[str, str]) -> Alert | None:
    """The first alert that says of this answer that it is not covered."""
    telling = (
        alert
        for alert in compiled.alerts
        if alert.kind == "not_covered"
        and alert.country in (None, country)
        and pair in _asked_for(compiled.vocabulary.parse(alert.when))
    )
    return next(telling, None)


def _asked_for(node: Node) -> Iterator[tuple[str, str]]:
    """The answers that a condition asks for; what it excludes is not among them."""
    match node:
        case OneOf(key, values) | AnyOf(key, values):
            yield from ((key, value) for value in values)
        case Named(_, condition):
            yield from _asked_for(condition)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _asked_for(part)
