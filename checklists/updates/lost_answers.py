"""Answers that a catalogue no longer offers: an option, a country or a question that was taken out."""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from checklists.planning import no_longer_offered, typed_answers
from checklists.presenters.answers import answer_in_words
from guides.catalogue.compiled import DESTINATION, CompiledCatalogue

from .answers_index import situations
from .changed_procedures import read_differently
from .compare import ANSWER, Line, PlanChange

SHOWN = 10


@dataclass(frozen=True, slots=True)
class LostAnswers:
    """``checklists``: how many hold one. ``answers``: (checklists, answer, question), the most frequent ones;
    ``more``: how many others there are."""

    checklists: int
    answers: tuple[tuple[int, str, str], ...]
    more: int


def lost_answers(old: CompiledCatalogue, new: CompiledCatalogue, today: datetime.date) -> LostAnswers:
    """The answers of live checklists that ``old`` understands and ``new`` does not. One query."""
    keys = read_differently(old, new)
    found: Counter[tuple[str, str]] = Counter()
    checklists = 0
    for raw, count in situations(keys) if keys else ():
        known, still = (typed_answers(compiled, raw, today).keys() for compiled in (old, new))
        lost = {(_words(old, key, raw[key]), _question(old, key)) for key in known - still}
        checklists += count if lost else 0
        found.update(dict.fromkeys(lost, count))
    shown = tuple((count, *names) for names, count in sorted(found.items(), key=lambda each: (-each[1], each[0])))
    return LostAnswers(checklists, shown[:SHOWN], len(shown[SHOWN:]))


def with_lost_answers(
    change: PlanChange, old: CompiledCatalogue, new: CompiledCatalogue, raw: dict[str, Any], today: datetime.date
) -> PlanChange:
    """The change, and a line for each answer that is asked again. Without a destination nothing else is said."""
    lost = no_longer_offered(old, new, raw, today)
    lines = tuple(_lines(old, lost))
    if DESTINATION in lost:
        return PlanChange(changed=lines)
    return PlanChange(change.new, change.gone, (*lines, *change.changed)) if lines else change


def _lines(old: CompiledCatalogue, lost: dict[str, Any]) -> Iterator[Line]:
    text = _("Your answer “%(answer)s” to “%(question)s” is no longer offered. Please answer again")
    for key, value in lost.items():
        yield Line(ANSWER, key, text % {"answer": _words(old, key, value), "question": _question(old, key)})


def _words(compiled: CompiledCatalogue, key: str, value: Any) -> str:
    return answer_in_words(compiled, compiled.questions[key], value)


def _question(compiled: CompiledCatalogue, key: str) -> str:
    return compiled.questions[key].text
