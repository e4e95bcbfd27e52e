"""Documents that stand for each other in a ring."""

from collections.abc import Iterator

from guides.conditions.exhaustive.diagrams import Function, any_of

from ..cycles import cycles
from ..problems import Problem
from .everyone import Everyone

# By document, and by what it stands for: for whom it does.
Covers = dict[str, dict[str, Function]]


def rings(everyone: Everyone) -> Iterator[Problem]:
    """Documents of which each is good for the next one and the last for the first, for one and the same person."""
    covers: Covers = {}
    for document in everyone.catalogue.documents:
        for key in {cover.document: None for cover in document.covers}:
            whens = (everyone.vocabulary.parse(cover.when) for cover in document.covers if cover.document == key)
            holds = any_of(everyone.space.manager, map(everyone.space.holds, whens))
            covers.setdefault(document.key, {})[key] = everyone.who() & holds
    for group in cycles({key: {*others} for key, others in covers.items()}):
        found = (_ring((key,), everyone.who(), covers, everyone) for key in group)
        if ring := next(filter(None, found), ()):
            text = f"It stands for itself, by way of {' → '.join([*ring, ring[0]])}. Leave one of these out."
            yield Problem("error", f"documents {ring[0]} › covers", text, "ring")


def _ring(path: tuple[str, ...], who: Function, covers: Covers, everyone: Everyone) -> tuple[str, ...]:
    """The way on from the end of ``path`` to its beginning, for some of ``who``; empty where there is none."""
    for key, holds in covers.get(path[-1], {}).items():
        if everyone.is_empty(who & holds):
            continue
        if key == path[0]:
            return path
        if key not in path and (found := _ring((*path, key), who & holds, covers, everyone)):
            return found
    return ()
