"""What must be read first: the alerts of the catalogue that are true of a person, and what the planner itself finds."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.catalogue.schema import Alert, AlertKind
from guides.conditions import Truths
from guides.conditions.answers import Answers

from .procedures import PlannedDeadline, PlannedProcedure
from .schedule import day_of
from .selection import alerts_here
from .tasks import PlannedTask

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")

# The planner's own words: whoever shows an alert translates them and then fills in the values.
LATE = "Too late for: {tasks}."
LATE_ACTION = "Do it now, and ask the office before you go. Take proof of why you are late."
SHORT_ACTION = "Begin now, and ask the office whether it can be done in time. Book nothing that you cannot change."
LATE_COST = "We know no rule on what it costs to be late for it."
LOOP = "These wait for each other, and no other paper does: {tasks}."
LOOP_ACTION = "Ask one of the offices what it takes instead."


@dataclass(frozen=True, slots=True)
class RaisedAlert:
    """``about`` are keys of questions, procedures or documents.

    Of the planner's own alerts, ``tasks`` fill in the text: each with its name, its last day and the first possible
    one, as far as there are any. ``stops`` are keys of procedures.
    """

    key: str
    kind: AlertKind
    about: tuple[str, ...]
    text: str
    cost: str = ""
    action: str = ""
    date: datetime.date | None = None
    facts: tuple[str, ...] = ()
    impossible: bool = False
    tasks: tuple[tuple[str, datetime.date | None, datetime.date | None], ...] = ()
    stops: tuple[str, ...] = ()


def alerts_of(
    compiled: CompiledCatalogue,
    truths: Truths,
    tasks: list[PlannedTask],
    loops: Iterable[tuple[str, ...]],
    overtaken: Mapping[str, Any],
) -> list[RaisedAlert]:
    """The worst first. ``overtaken`` are answers that no longer hold, ``loops`` procedures that wait for each other."""
    here = alerts_here(compiled, truths.answers)
    found = [_raised(alert, compiled, truths.answers) for alert in here if truths[alert.when]]
    found += [_asked_again(key, compiled, {**truths.answers, **overtaken}) for key in overtaken]
    found += _late(tasks, truths.answers["today"])
    found += [_loop(number, loop, compiled) for number, loop in enumerate(loops, 1)]
    kinds = get_args(AlertKind)
    return sorted(found, key=lambda alert: kinds.index(alert.kind))


def told_in(alert: Alert) -> set[str]:
    """The answers that the words of an alert tell."""
    return set(PLACEHOLDER.findall(f"{alert.text} {alert.cost} {alert.action}")) - {"date"}


def conflicts_of(compiled: CompiledCatalogue, answers: Answers) -> list[RaisedAlert]:
    """What these answers contradict, each other or the law. ``answers`` holds today's date under "today"."""
    truths = Truths(compiled.conflicts, answers)
    return [
        _raised(alert, compiled, answers)
        for alert in alerts_here(compiled, answers)
        if alert.kind == "conflict" and truths[alert.key]
    ]


def in_words(text: str, answers: Answers, compiled: CompiledCatalogue, date: datetime.date | None = None) -> str:
    """A text of the catalogue with every ``{answer_key}`` and ``{date}`` filled in; unknown answers are "?"."""
    questions = compiled.questions_for(answers.get(DESTINATION))

    def filled(match: re.Match[str]) -> str:
        if match[1] == "date":
            return _said(date, {})
        question = questions.get(match[1])
        names = {option.value: option.label for option in question.options} if question else {}
        return _said(answers.get(match[1]), names or (compiled.vocabulary.values(match[1]) if question else {}))

    return PLACEHOLDER.sub(filled, text)


def _said(value: Any, names: Mapping[str, Any]) -> str:
    match value:
        case None:
            return "?"
        case datetime.date():
            return f"{value.day} {value:%B %Y}"
        case frozenset() | set() | tuple() | list():
            said = sorted(str(names.get(one, one)) for one in value)
            return " and ".join(filter(None, [", ".join(said[:-1]), said[-1] if said else ""]))
        case _:
            return str(names.get(value, value))


def _raised(alert: Alert, compiled: CompiledCatalogue, answers: Answers) -> RaisedAlert:
    date = day_of(alert.date, compiled, answers)
    text, cost, action = (in_words(text, answers, compiled, date) for text in (alert.text, alert.cost, alert.action))
    return RaisedAlert(
        alert.key,
        alert.kind,
        alert.about,
        text,
        cost,
        action,
        date,
        alert.facts,
        alert.impossible,
        stops=alert.stops,
    )


def _asked_again(key: str, compiled: CompiledCatalogue, answers: Answers) -> RaisedAlert:
    question = compiled.questions_for(answers.get(DESTINATION))[key]
    text = in_words(question.stale_text or question.text, answers, compiled)
    return RaisedAlert(f"overtaken-{key}", "conflict", (key,), text)


def _late(tasks: list[PlannedTask], today: datetime.date) -> Iterator[RaisedAlert]:
    """One for everything that is late by a day of its own."""
    late = [task for task in tasks if task.way.sets_late]
    if late:
        bounds = [bound for task in late for bound in task.way.deadlines if _is_missed(bound, task.way)]
        facts = [fact for bound in bounds for fact in bound.deadline.facts]
        costs = tuple(dict.fromkeys(bound.deadline.cost for bound in bounds if bound.deadline.cost))
        last_days = [_last_day(task) for task in late]
        date = min(filter(None, last_days), default=None)
        yield RaisedAlert(
            key="late",
            kind="late",
            about=tuple(task.way.key for task in late),
            text=LATE,
            cost=" ".join(costs) or LATE_COST,
            action=SHORT_ACTION if date and date >= today else LATE_ACTION,
            date=date,
            facts=tuple(dict.fromkeys(facts or (fact for task in late for fact in task.way.procedure.facts[:1]))),
            tasks=tuple((task.name, day, _possible(task)) for task, day in zip(late, last_days, strict=True)),
        )


def _last_day(task: PlannedTask) -> datetime.date | None:
    """The day that was missed, as the law or an office sets it; not the one on which it should have been begun."""
    missed = [bound.date for bound in task.way.deadlines if bound.date is not None and _is_missed(bound, task.way)]
    return min(missed, default=task.latest)


def _possible(task: PlannedTask) -> datetime.date | None:
    """The first day that could keep the one that is missed: to finish it, where that is what was to be done by then."""
    missed = [bound.deadline.binding for bound in task.way.deadlines if _is_missed(bound, task.way)]
    return task.way.finish if any(missed) else task.earliest


def _is_missed(bound: PlannedDeadline, way: PlannedProcedure) -> bool:
    """Whether something cannot be done by this day any more."""
    if bound.date is None or bound.deadline.assumed or not bound.binding:
        return False
    return bound.date < (way.finish if bound.deadline.binding else way.earliest or way.finish)


def _loop(number: int, loop: tuple[str, ...], compiled: CompiledCatalogue) -> RaisedAlert:
    procedures = [compiled.procedures[key] for key in loop]
    return RaisedAlert(
        key=f"loop-{number}",
        kind="notice",
        about=loop,
        text=LOOP,
        action=LOOP_ACTION,
        facts=tuple(dict.fromkeys(fact for procedure in procedures for fact in procedure.facts))[:3],
        tasks=tuple((procedure.name, None, None) for procedure in procedures),
    )
