"""Answers as people read them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from checklists.questionnaire import Questionnaire, in_sections
from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.catalogue.schema import Question
from guides.editions.earlier import name_in_earlier_edition


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer in words; in a conflict or a preview ``mine`` is the value that is not saved.

    ``state`` is answered, unsure or open.
    """

    question: Question
    value: str
    mine: str = ""
    state: str = "answered"


def answer_in_words(compiled: CompiledCatalogue, question: Question, value: Any) -> str:
    """A raw answer as text: labels of options, names of countries and documents, dates written out."""
    if value is None:
        return _("Not sure")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if question.kind == "date":
        return _date(value)
    if isinstance(value, list):
        return ", ".join(_name(compiled, question, item) for item in value) or _("None of these")
    return _name(compiled, question, value) if isinstance(value, str) else f"{value} {question.unit}".strip()


def _date(value: Any) -> str:
    try:
        return date_format(datetime.date.fromisoformat(value), "j F Y (l)")
    except (TypeError, ValueError):
        return str(value)


def _name(compiled: CompiledCatalogue, question: Question, value: str) -> str:
    labels = {option.value: option.label for option in question.options}
    name = labels.get(value) or compiled.vocabulary.values(question.key).get(value)
    return str(name or name_in_earlier_edition(question.key, value))


def answers_in_words(
    compiled: CompiledCatalogue, keys: Iterable[str], raw: dict[str, Any], mine: dict[str, Any] | None = None
) -> list[AnswerRow]:
    """Rows for these answer keys, in catalogue order. A key without an answer reads "Not answered"."""
    known = compiled.questions_for({**raw, **(mine or {})}.get(DESTINATION))
    questions = [known[key] for key in keys if key in known]
    return [_row(compiled, question, raw, mine or {}) for question in sorted(questions, key=lambda q: q.order)]


def _row(compiled: CompiledCatalogue, question: Question, raw: dict[str, Any], mine: dict[str, Any]) -> AnswerRow:
    key = question.key
    state = "open" if key not in raw else "unsure" if raw[key] is None else "answered"
    value = _("Not answered yet") if state == "open" else answer_in_words(compiled, question, raw[key])
    return AnswerRow(question, value, answer_in_words(compiled, question, mine[key]) if key in mine else "", state)


def earlier_answer(questionnaire: Questionnaire, question: Question) -> str:
    """What is said of an answer that this edition no longer understands; empty for others."""
    key, raw = question.key, questionnaire.raw
    if key not in raw or key in questionnaire.overtaken or questionnaire.is_answered(key):
        return ""
    words = answer_in_words(questionnaire.compiled, question, raw[key])
    return _("Your earlier answer “%(answer)s” can no longer be chosen. Please answer again.") % {"answer": words}


def _row_of(questionnaire: Questionnaire, question: Question) -> AnswerRow:
    """A row of the summary; what has to be answered again is open, and says what was answered."""
    row = _row(questionnaire.compiled, question, questionnaire.raw, {})
    if question.key in questionnaire.overtaken:
        text = _("%(answer)s – this may have changed. Please answer again.") % {"answer": row.value}
        return replace(row, value=text, state="open")
    earlier = earlier_answer(questionnaire, question)
    return replace(row, value=earlier, state="open") if earlier else row


def summary_of(questionnaire: Questionnaire) -> list[tuple[str, list[AnswerRow]]]:
    """Every answer and every open question, under the titles of their parts."""
    opened = [question for screen in questionnaire.screens() for question in screen.questions]
    questions = {question.key: question for question in [*questionnaire.answered(), *opened]}
    return [
        (title, [_row_of(questionnaire, question) for question in part])
        for title, part in in_sections(questions.values())
    ]
