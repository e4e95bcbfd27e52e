"""The plan of a stored checklist, and the plan of an answers file: the two doors to the planner."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from checklists.models import Checklist, ChecklistItem
from checklists.planner import Plan, Progress, plan, relevant_answers
from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.conditions import AnswerProblem, read_answers
from guides.conditions.answers import read_day


class BadAnswers(ValueError):
    """Answers that cannot be planned with. ``problems`` names each bad key or value."""

    def __init__(self, problems: list[AnswerProblem]):
        super().__init__("; ".join(f"{problem.key}: {problem.message}" for problem in problems))
        self.problems = problems


def unwrap(raw: Any) -> tuple[Any, datetime.date | None]:
    """Answers and day out of ``{"answers": {…}, "today": "2026-11-21"}``, or out of a bare object of answers.

    Other keys beside "answers" are ignored. Raises BadAnswers for a day that does not exist.
    """
    if not isinstance(raw, dict) or "answers" not in raw:
        return raw, None
    return raw["answers"], day_of(raw.get("today"))


def day_of(raw: Any) -> datetime.date | None:
    """The day for which to plan, or None. Raises BadAnswers."""
    try:
        return None if raw is None else read_day(raw)
    except ValueError as error:
        raise BadAnswers([AnswerProblem("today", raw, str(error))]) from None


def plan_answers(compiled: CompiledCatalogue, raw: Any, today: datetime.date) -> Plan:
    """The plan of a JSON object of answers. Raises BadAnswers, also for answers that cannot all be true."""
    answers, problems = read_answers(raw, compiled.vocabulary, today=today)
    if problems:
        raise BadAnswers(problems)
    made = plan(compiled, answers, today)
    if problems := list(_impossible(made, raw)):
        raise BadAnswers(problems)
    return made


def _impossible(plan: Plan, raw: Mapping[str, Any]) -> Iterator[AnswerProblem]:
    """What alerts say of answers that contradict each other or the law, at each answer that they are about."""
    for alert in plan.alerts:
        if alert.impossible:
            message = f"{alert.text} {alert.action}".strip()
            for key in [key for key in alert.about if key in raw] or [""]:
                yield AnswerProblem(key, raw.get(key), message)


def plan_checklist(
    compiled: CompiledCatalogue, checklist: Checklist, items: Iterable[ChecklistItem], today: datetime.date
) -> Plan:
    """The plan of a checklist with what its owner has ticked."""
    return plan(compiled, typed_answers(compiled, checklist.answers, today), today, progress_of(items))


def typed_answers(compiled: CompiledCatalogue, raw: dict[str, Any], today: datetime.date) -> dict[str, Any]:
    """Stored answers that the current edition still understands; the others count as not given."""
    return read_answers(raw, compiled.vocabulary, today=today)[0]


def coming_back(
    compiled: CompiledCatalogue, raw: dict[str, Any], aside: dict[str, Any], today: datetime.date
) -> dict[str, Any]:
    """Of the answers that were put aside, those whose questions are asked again."""
    usable = aside.keys() & typed_answers(compiled, aside, today).keys() - raw.keys()
    kept = kept_answers(compiled, {**{key: aside[key] for key in usable}, **raw}, today) if usable else {}
    return {key: value for key, value in kept.items() if key in usable}


def understood_by_both(
    old: CompiledCatalogue, new: CompiledCatalogue, raw: dict[str, Any], today: datetime.date
) -> dict[str, Any]:
    """The raw answers without those that only one of two editions understands, though both ask the question.

    Such an answer is asked again. What it did to a plan is no change of the rules.
    """
    was, now = typed_answers(old, raw, today), typed_answers(new, raw, today)
    asked = old.vocabulary.questions.keys() & new.vocabulary.questions.keys()
    doubtful = (was.keys() ^ now.keys()) & asked
    return {key: value for key, value in raw.items() if key not in doubtful}


def no_longer_offered(
    old: CompiledCatalogue, new: CompiledCatalogue, raw: dict[str, Any], today: datetime.date
) -> dict[str, Any]:
    """The raw answers that the old edition understood and the new one does not, though it asks the question."""
    lost = typed_answers(old, raw, today).keys() - typed_answers(new, raw, today).keys()
    return {key: value for key, value in raw.items() if key in lost and key in new.vocabulary.questions}


def progress_of(items: Iterable[ChecklistItem]) -> Progress:
    """What is ticked, and for what there is an appointment, out of the rows of a checklist."""
    rows = list(items)
    procedures = [item for item in rows if item.kind == ChecklistItem.Kind.PROCEDURE]
    return Progress(
        finished={item.key: item.date for item in procedures if item.done},
        documents=frozenset(item.key for item in rows if item.done and item.kind == ChecklistItem.Kind.DOCUMENT),
        appointments={item.key: item.date for item in procedures if item.date and not item.done},
    )


def kept_answers(compiled: CompiledCatalogue, raw: dict[str, Any], today: datetime.date) -> dict[str, Any]:
    """The raw answers without those that no longer matter (see ``relevant_answers``)."""
    answers = typed_answers(compiled, raw, today)
    if raw.get(DESTINATION) is not None and DESTINATION not in answers:
        # The country is no longer offered: until another is chosen, nobody knows what the others are good for.
        return dict(raw)
    # What the edition does not understand is asked again, like "not sure".
    open_ones = {key: None for key in raw if key not in answers}
    kept = relevant_answers(compiled, {**answers, **open_ones, "today": today})
    return {key: value for key, value in raw.items() if key in kept}
