"""Tasks that reach nothing, and what several procedures give without a task that holds them together."""

from collections.abc import Iterator
from itertools import combinations

from ..problems import Problem
from ..schema import Task
from .everyone import Everyone


def tasks(everyone: Everyone) -> Iterator[Problem]:
    """Tasks whose ways do not fit together."""
    for task in everyone.catalogue.tasks:
        for text, kind in _complaints(task, everyone):
            yield Problem("error", f"tasks {task.key}", text, kind)


def _complaints(task: Task, everyone: Everyone) -> Iterator[tuple[str, str]]:
    ways = [everyone.procedures[key] for key in task.ways]
    for way in ways:
        if way.country != task.country:
            yield f"Its way {way.key} belongs to another country.", "foreign_way"
    if not set.intersection(*({*way.outputs} for way in ways)):
        yield "It reaches nothing, because no document is given by all of its ways.", "reaches_nothing"
    if task.key in everyone.procedures:
        yield "A procedure has the same key, and can be a line of the same list. Give the task another one.", "task_key"


def together(everyone: Everyone) -> Iterator[Problem]:
    """Documents that one person is told to get twice: by two procedures in one plan that no task holds together."""
    held = {pair for task in everyone.catalogue.tasks for pair in combinations(sorted(task.ways), 2)}
    givers: dict[str, list[str]] = {}
    for key, procedure in sorted(everyone.procedures.items()):
        for document in procedure.outputs:
            givers.setdefault(document, []).append(key)
    for document, keys in givers.items():
        apart = [pair for pair in combinations(keys, 2) if pair not in held and _can_meet(pair, everyone)]
        if apart:
            names = ", ".join(key for key in keys if any(key in pair for pair in apart))
            text = f"Some people have several in the plan that give it: {names}. Make them ways of one task."
            example = everyone.example(*((everyone.gets(everyone.procedures[key]), True) for key in apart[0]))
            yield Problem("warning", f"documents {document}", text, "given_twice", example)


def _can_meet(pair: tuple[str, str], everyone: Everyone) -> bool:
    """Whether somebody can have both in the plan."""
    return not everyone.is_empty(everyone.who(*(everyone.gets(everyone.procedures[key]) for key in pair)))
