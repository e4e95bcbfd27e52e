"""What people must show but cannot: requirements without a way to meet them, documents nobody issues."""

from collections.abc import Iterator

from guides.conditions.tree import Node, Not

from ..problems import Problem
from ..schema import Procedure, Requirement
from .everyone import Everyone, every, some


def alternatives(everyone: Everyone) -> Iterator[Problem]:
    """Requirements that apply to somebody for whom none of their alternatives does."""
    for procedure in everyone.catalogue.procedures:
        for requirement in procedure.requirements:
            asked = _asked(procedure, requirement, everyone)
            ways = [everyone.vocabulary.parse(alternative.when) for alternative in requirement.alternatives]
            if not everyone.is_empty(everyone.who(asked, Not(some(*ways)))):
                yield Problem(
                    "error",
                    f"procedures {procedure.key} › requirements {requirement.key}",
                    "Some people must meet it, and none of its alternatives is for them. Leave the condition of the"
                    " last alternative empty, or add one for them.",
                    "no_alternative",
                    everyone.example((asked, True), *((way, False) for way in ways)),
                )


def issuers(everyone: Everyone) -> Iterator[Problem]:
    """Documents that somebody must show, while nothing says who issues them and no procedure of theirs gives them.

    What another document stands for needs no issuer of its own.
    """
    givers: dict[str, list[Node]] = {}
    for procedure in everyone.catalogue.procedures:
        for key in procedure.outputs:
            givers.setdefault(key, []).append(everyone.gets(procedure))
    for document in everyone.catalogue.documents:
        for cover in document.covers:
            givers.setdefault(cover.document, []).append(everyone.vocabulary.parse(cover.when))
    unexplained = {
        document.key for document in everyone.catalogue.documents if not document.issuer and not document.how
    }
    for key, askers in _askers(everyone).items():
        asked, given = some(*askers), some(*givers.get(key, ()))
        if key in unexplained and not everyone.is_empty(everyone.who(asked, Not(given))):
            yield Problem(
                "warning",
                f"documents {key}",
                "Somebody must show it, and nobody issues it: no procedure of theirs gives it. Say who issues it, or"
                " how to get it.",
                "no_issuer",
                everyone.example((asked, True), (given, False)),
            )


def _asked(procedure: Procedure, requirement: Requirement, everyone: Everyone) -> Node:
    return every(everyone.gets(procedure), everyone.vocabulary.parse(requirement.when))


def _askers(everyone: Everyone) -> dict[str, list[Node]]:
    """Who is asked for each document, in any alternative."""
    askers: dict[str, list[Node]] = {}
    for procedure in everyone.catalogue.procedures:
        for requirement in procedure.requirements:
            asked = _asked(procedure, requirement, everyone)
            for alternative in requirement.alternatives:
                for key in alternative.documents:
                    when = everyone.vocabulary.parse(alternative.when)
                    askers.setdefault(key, []).append(every(asked, when))
    return askers
