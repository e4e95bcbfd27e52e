"""Answers as people read them."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Question


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer in words; in a conflict ``mine`` is the value that was not saved."""

    question: Question
    value: str
    mine: str = ""


def answer_in_words(compiled: CompiledCatalogue, question: Question, value: Any) -> str:
    """A raw answer as text: labels of options, names of countries and documents, dates written out."""
    if value is None:
        return _("Not sure")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if question.kind == "date":
        return date_format(datetime.date.fromisoformat(value), "j F Y (l)")
    if isinstance(value, list):
        return ", ".join(_name(compiled, question, item) for item in value) or _("None of these")
    return _name(compiled, question, value) if isinstance(value, str) else f"{value} {question.unit}".strip()


def _name(compiled: CompiledCatalogue, question: Question, value: str) -> str:
    labels = {option.value: option.label for option in question.options}
    return str(labels.get(value) or compiled.vocabulary.values(question.key).get(value, value))


def answers_in_words(compiled: CompiledCatalogue, keys, raw: dict[str, Any], mine: dict[str, Any] | None = None):
    """Rows for these answer keys, in catalogue order. A key without an answer reads "Not answered"."""
    questions = [compiled.vocabulary.questions[key] for key in keys if key in compiled.vocabulary.questions]
    return [
        AnswerRow(
            question,
            answer_in_words(compiled, question, raw[question.key]) if question.key in raw else _("Not answered"),
            answer_in_words(compiled, question, mine[question.key]) if mine and question.key in mine else "",
        )
        for question in sorted(questions, key=lambda question: question.order)
    ]
