"""Whose plan may differ between two catalogues, decided from a few answers and without planning."""

import datetime
from typing import Any

from checklists.planner.selection import Status, status_of
from checklists.planning import no_longer_offered, typed_answers, understood_by_both
from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.conditions import Conditions, Truths
from guides.conditions.evaluate import keys_in

from .changed_procedures import (
    changed_alerts,
    changed_procedures,
    deciding_keys,
    read_differently,
    selection_conditions,
)

HOLDINGS = "in_hand"


def status_in(compiled: CompiledCatalogue, key: str, truths: Truths) -> Status | None:
    """The status of a procedure in the plan of somebody of whom ``truths`` tell; None if they do not have it."""
    procedure = compiled.procedures.get(key)
    if procedure is None or procedure.country not in compiled.countries:
        return None
    if truths.answers.get(DESTINATION, procedure.country) != procedure.country:
        return None
    found = status_of(procedure, truths)
    return found[0] if found else None


class Affected:
    """Tells for raw answers to ``keys`` whether the plan may differ. No means no; yes means: plan and compare.

    ``gives_otherwise`` are the procedures that give other documents than before, or are gone: whoever has ticked one
    of them may hold other documents, even if it is not in their plan.
    """

    def __init__(self, old: CompiledCatalogue, new: CompiledCatalogue, today: datetime.date):
        self.old, self.new, self.today = old, new, today
        self.changed = changed_procedures(old, new)
        self.alerts = changed_alerts(old, new)
        self.conditions = [self._deciding(old, self.alerts[0]), self._deciding(new, self.alerts[1])]
        self.read_differently = read_differently(old, new)
        self.keys = deciding_keys(self.changed, old, new) | self.read_differently
        for compiled, texts in zip((old, new), self.alerts, strict=True):
            self.keys |= frozenset().union(*(keys_in(compiled.vocabulary.parse(text)) for text in texts))
        self.gives_otherwise = frozenset(
            entry.key for entry in self.changed if _outputs(old, entry.key) != _outputs(new, entry.key)
        )

    def __bool__(self) -> bool:
        """False if no plan at all can differ."""
        return bool(self.changed or self.read_differently or any(self.alerts))

    @property
    def ask_for_ticks(self) -> bool:
        """Whether it matters that somebody has ticked something: a tick adds to the documents in hand."""
        return HOLDINGS in self.keys

    def may_differ(self, raw: dict[str, Any], *, has_ticks: bool = False) -> bool:
        """``raw``: the answers to ``keys``. With ``has_ticks``, what is in hand may be more than the answer says."""
        if no_longer_offered(self.old, self.new, raw, self.today):
            return True
        raw = understood_by_both(self.old, self.new, raw, self.today)
        before, after = (
            {**typed_answers(compiled, raw, self.today), "today": self.today} for compiled in (self.old, self.new)
        )
        if any(before.get(key) != after.get(key) for key in self.read_differently):
            return True
        if has_ticks:
            before.pop(HOLDINGS, None)
            after.pop(HOLDINGS, None)
        was, now = map(Truths, self.conditions, (before, after))
        alerted = zip((was, now), self.alerts, strict=True)
        if any(truths[text] is not False for truths, texts in alerted for text in texts):
            return True
        return any(self._may_differ(entry, was, now, has_ticks) for entry in self.changed)

    def _deciding(self, compiled: CompiledCatalogue, alerts: frozenset[str]) -> Conditions:
        """The conditions that decide who has the changed procedures, and who reads the changed alerts."""
        known = [compiled.procedures[entry.key] for entry in self.changed if entry.key in compiled.procedures]
        texts = {text for procedure in known for text in selection_conditions(procedure)}
        return Conditions({text: compiled.vocabulary.parse(text) for text in texts | alerts})

    def _may_differ(self, entry, before: Truths, after: Truths, has_ticks: bool) -> bool:
        statuses = {status_in(self.old, entry.key, before), status_in(self.new, entry.key, after)}
        if entry.content and statuses != {None}:
            return True
        return len(statuses) > 1 or (has_ticks and "provisional" in statuses)


def _outputs(compiled: CompiledCatalogue, key: str) -> tuple[str, ...] | None:
    procedure = compiled.procedures.get(key)
    return procedure.outputs if procedure else None
