"""What a person has ticked and agreed with offices, as the planner takes it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from guides.catalogue.compiled import CompiledCatalogue

from .holding import HOLDINGS


@dataclass(frozen=True, slots=True)
class Progress:
    """What a person has ticked: procedures with the day they were finished (or None), and documents in hand; and the
    appointments they have for procedures that are not finished."""

    finished: Mapping[str, datetime.date | None] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()
    appointments: Mapping[str, datetime.date] = field(default_factory=dict)


def with_progress(compiled: CompiledCatalogue, answers: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The same answers, to which ticked documents and what finished procedures gave were added as being in hand."""
    given = {doc for key in progress.finished if key in compiled.procedures for doc in compiled.procedures[key].outputs}
    if progress.documents or given:
        answers[HOLDINGS] = frozenset(answers.get(HOLDINGS) or ()) | progress.documents | given
    return answers
