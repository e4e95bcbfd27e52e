"""Which procedures two catalogues treat differently, and which answers decide who has them.

What counts is what a plan is made of: the procedure's own entries, its conditions as they are parsed (with the terms
inside them), its documents, the tasks that it is a way of, and the yearly tables that its dates read. Evidence and
questions of readers do not: to verify a fact again, or to cite another one, changes nobody's plan.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from guides.catalogue.compiled import CONDITION_FIELDS, DESTINATION, CompiledCatalogue
from guides.catalogue.schema import Alert, Deadline, Procedure, Recurring
from guides.conditions.dates import tables_in
from guides.conditions.evaluate import keys_in

SELECTION = ("country", "required_when", "recommended_when", "optional_when")
NOT_IN_A_PLAN = {"facts", "faqs"}
DATES = {(Deadline, "date"), (Recurring, "first"), (Alert, "date")}


@dataclass(frozen=True, slots=True)
class ChangedProcedure:
    """``selection``: who has it can differ. ``content``: what those who have it must do can differ."""

    key: str
    selection: bool
    content: bool


def changed_procedures(old: CompiledCatalogue, new: CompiledCatalogue) -> tuple[ChangedProcedure, ...]:
    """The procedures with which plans can differ, by key; those of only one catalogue count with their selection."""
    found = []
    for key in sorted(old.procedures.keys() | new.procedures.keys()):
        if key not in old.procedures or key not in new.procedures:
            found.append(ChangedProcedure(key, selection=True, content=False))
            continue
        selection = _selection(old, key) != _selection(new, key)
        content = _content(old, key) != _content(new, key)
        if selection or content:
            found.append(ChangedProcedure(key, selection, content))
    return tuple(found)


def deciding_keys(
    changed: Iterable[ChangedProcedure], old: CompiledCatalogue, new: CompiledCatalogue
) -> frozenset[str]:
    """The answer keys that decide, in either catalogue, whether somebody has any of these procedures."""
    keys = {DESTINATION}
    for entry in changed:
        for compiled in (old, new):
            procedure = compiled.procedures.get(entry.key)
            for text in selection_conditions(procedure) if procedure else ():
                keys |= keys_in(compiled.vocabulary.parse(text))
    return frozenset(keys)


def selection_conditions(procedure: Procedure) -> tuple[str, ...]:
    texts = (procedure.required_when, procedure.recommended_when, procedure.optional_when)
    return tuple(text for text in texts if text)


def changed_alerts(old: CompiledCatalogue, new: CompiledCatalogue) -> tuple[frozenset[str], frozenset[str]]:
    """The conditions, in each catalogue, of the alerts that say something else or to somebody else, are new or gone."""
    said = [{alert.key: _meaning(compiled, alert) for alert in compiled.alerts} for compiled in (old, new)]
    changed = {key for key in said[0].keys() | said[1].keys() if said[0].get(key) != said[1].get(key)}
    found = [{alert.when for alert in compiled.alerts if alert.key in changed} for compiled in (old, new)]
    return frozenset(found[0]), frozenset(found[1])


def read_differently(old: CompiledCatalogue, new: CompiledCatalogue) -> frozenset[str]:
    """The answer keys whose stored values the two catalogues may understand differently."""
    questions = old.vocabulary.questions.keys() | new.vocabulary.questions.keys()
    return frozenset(key for key in questions if _accepted(old, key) != _accepted(new, key))


def _accepted(compiled: CompiledCatalogue, key: str) -> Any:
    question = compiled.vocabulary.questions.get(key)
    if question is None:
        return None
    return question.kind, question.minimum, question.maximum, frozenset(compiled.vocabulary.values(key))


def _selection(compiled: CompiledCatalogue, key: str) -> Any:
    procedure = compiled.procedures[key]
    return procedure.country in compiled.countries, *(_value(compiled, procedure, name) for name in SELECTION)


def _content(compiled: CompiledCatalogue, key: str) -> Any:
    procedure = compiled.procedures[key]
    asked = documents_of(procedure) & compiled.documents.keys()
    instead = {other.key for paper in asked for other, _ in compiled.covered_by.get(paper, ())}
    papers = [compiled.documents[paper] for paper in sorted(asked | instead)]
    tasks = [(task.ways, compiled.reached_by[task.key]) for task in compiled.catalogue.tasks if key in task.ways]
    return _meaning(compiled, procedure, leave_out=SELECTION), [_meaning(compiled, paper) for paper in papers], tasks


def documents_of(procedure: Procedure) -> frozenset[str]:
    """Every document that a procedure asks for or gives; credentials that are no documents are among them."""
    asked = (alternative.documents for entry in procedure.requirements for alternative in entry.alternatives)
    return frozenset().union(procedure.outputs, *asked, *(channel.credentials for channel in procedure.channels))


def _meaning(compiled: CompiledCatalogue, entry: BaseModel, leave_out: Iterable[str] = ()) -> tuple:
    names = [name for name in type(entry).model_fields if name not in NOT_IN_A_PLAN and name not in leave_out]
    return tuple((name, _value(compiled, entry, name)) for name in names)


def _value(compiled: CompiledCatalogue, entry: BaseModel, name: str) -> Any:
    value = getattr(entry, name)
    if name in CONDITION_FIELDS:
        return compiled.vocabulary.parse(value) if value else None
    if (type(entry), name) in DATES and value:
        date = compiled.dates[value]
        return date, [compiled.tables.get(table) for table in sorted(tables_in(date))]
    if isinstance(value, BaseModel):
        return _meaning(compiled, value)
    if isinstance(value, tuple):
        return tuple(_meaning(compiled, item) if isinstance(item, BaseModel) else item for item in value)
    return value
