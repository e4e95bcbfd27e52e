"""Procedures that wait for each other with no way out, whatever people hold."""

from collections.abc import Iterator
from typing import Any

from guides.conditions import read_answers
from guides.conditions.exhaustive.diagrams import Function

from ..cycles import cycles
from ..problems import Problem
from .everyone import Everyone
from .flow import Flow, complete, partial

# One loop can come in many variants; the first few are enough to mend it.
MOST = 5


def loops(everyone: Everyone) -> Iterator[Problem]:
    """Loops that somebody meets, each with the fewest answers that lead into it."""
    for country in everyone.catalogue.countries:
        flow = Flow(everyone, country.key, complete(everyone))
        stuck = everyone.space.manager.false
        for function in flow.stuck.values():
            stuck |= function
        stuck &= everyone.who(everyone.goes_to(country.key))
        if not everyone.is_empty(stuck):
            yield from _loops_of(country.key, flow, stuck, everyone)


def _loops_of(country: str, flow: Flow, stuck: Function, everyone: Everyone) -> Iterator[Problem]:
    """``flow`` is that of complete answers; the example leaves open what does not matter, and is stuck as well."""
    unsure = Flow(everyone, country, partial(everyone))
    in_example = everyone.space.manager.false
    for function in unsure.stuck.values():
        in_example |= function
    for _ in range(MOST):
        example = everyone.example((everyone.goes_to(country), True), also=stuck & in_example)
        if example is None or not (found := _members(unsure, example, everyone)):
            return
        for members in found:
            yield _problem(members, example, everyone)
            together = everyone.space.manager.true
            for key in members:
                together &= flow.stuck[key]
            stuck &= ~together


def _members(flow: Flow, example: dict[str, Any], everyone: Everyone) -> list[list[str]]:
    """The loops in one person's plan: who waits for whom among what is stuck."""
    answers, _ = read_answers(example, everyone.vocabulary, today=everyone.today)
    answers["today"] = everyone.today
    stuck = {key for key, function in flow.stuck.items() if everyone.space.at(function, answers)}
    return cycles(
        {
            key: {other for other, function in flow.waits(key).items() if everyone.space.at(function, answers)}
            for key in stuck
        }
    )


def _problem(members: list[str], example: dict[str, Any], everyone: Everyone) -> Problem:
    names = ", ".join(f"“{everyone.procedures[key].name}”" for key in members)
    text = f"Nobody who answers so can begin any of these, because each waits for another one: {names}. Give one of \
them an alternative that people can have before, or drop a requirement."
    return Problem("error", f"procedures {members[0]}", text, "loop", example)
