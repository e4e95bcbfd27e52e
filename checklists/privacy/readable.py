"""The copy as people read it: names for columns, days written out, answers beside their questions."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from checklists.firms.history.descriptions import describe
from checklists.models import HistoryEntry
from checklists.presenters.answers import answer_in_words
from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.catalogue.schema import Question
from guides.editions.publishing import current

from .tables import Kind, kinds_of

Line = tuple[str, list[str]]


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one table. ``done``: about others, with no more than that it was this person who did it.

    Each row is {column: JSON value}, in the order of ``tables``, which is {column: its name in words}.
    """

    table: str
    title: str
    done: bool
    columns: dict[str, str]
    rows: list[dict[str, Any]]


def readable(parts: list[Part]) -> dict[str, list[dict[str, Any]]]:
    """{about, done}: for each table {title, count, rows}, where a row is its lines: a name, and the texts behind it."""
    compiled = current()
    told: dict[str, list[dict[str, Any]]] = {"about": [], "done": []}
    for part in parts:
        is_history = part.table == HistoryEntry._meta.label
        rows = list(_in_history(part)) if is_history else [list(_lines(compiled, part, row)) for row in part.rows]
        told["done" if part.done else "about"].append({"title": part.title, "count": len(rows), "rows": rows})
    return told


def _lines(compiled: CompiledCatalogue, part: Part, row: dict[str, Any]) -> Iterator[Line]:
    """Without keys of rows, which say something to programs only."""
    kinds = kinds_of(part.table)
    for column, value in row.items():
        if column != "id" and kinds.get(column) != Kind.PERSON and value not in (None, "", [], {}):
            yield str(capfirst(part.columns[column])), _texts(compiled, column, value)


def _in_history(part: Part) -> Iterator[list[Line]]:
    """Entries of a firm's history as sentences."""
    entries = [
        HistoryEntry(
            verb=row["verb"],
            details=row.get("details"),
            actor_number=row["actor_number"],
            person_number=row["person_number"],
        )
        for row in part.rows
    ]
    for row, line in zip(part.rows, describe(entries), strict=True):
        yield [(_("What"), [line.sentence]), (_("When"), [_moment(row["at"])]), (_("Firm"), [row["firm"]])]


def _texts(compiled: CompiledCatalogue, column: str, value: Any) -> list[str]:
    if column == "confirmed" and isinstance(value, dict):
        value = {key: one for answers in value.values() for key, one in answers.items()}
    if column in ("answers", "put_aside", "confirmed"):
        questions = compiled.questions_for(value.get(DESTINATION))
        return [_answer(compiled, questions.get(key), key, one) for key, one in value.items()]
    if isinstance(value, bool):
        return [_("yes") if value else _("no")]
    if isinstance(value, dict | list):
        return [json.dumps(value, ensure_ascii=False)]
    if column == "time":
        return [value[:5]]
    return [_moment(value) or str(value)] if isinstance(value, str) else [str(value)]


def _answer(compiled: CompiledCatalogue, question: Question | None, key: str, value: Any) -> str:
    if question is None:
        return f"{key}: {json.dumps(value, ensure_ascii=False)}"
    return f"{question.text} {answer_in_words(compiled, question, value)}"


def _moment(text: str) -> str:
    """A day or a moment in words; an empty text for anything else."""
    try:
        moment = parse_datetime(text) if len(text) > 10 else None
        day = parse_date(text)
    except ValueError:
        return ""
    if moment:
        return date_format(localtime(moment), "j F Y, H:i") if moment.tzinfo else ""
    return date_format(day, "j F Y") if day else ""
