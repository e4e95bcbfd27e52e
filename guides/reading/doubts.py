"""What speaks against relying on a fact: its review is overdue, or another source says otherwise."""

import datetime
import re
from dataclasses import dataclass
from typing import Literal

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Fact

# The surest first.
CONFIDENCES = ("official", "secondary", "guide", "unverified")
PRINTED_DAY = re.compile(r"\d{4}(-\d{2}){0,2}")

Side = Literal["this", "other", "neither"]
Ground = Literal["official", "surer", "newer", ""]


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A fact that says otherwise than the one it stands at; ``publishers`` in one phrase.

    ``followed`` is the one of both that a checklist follows, and ``ground`` why.
    """

    statement: str
    confidence: str
    publishers: str
    followed: Side
    ground: Ground


def is_overdue(fact: Fact, today: datetime.date) -> bool:
    """Whether somebody should have compared it with its source again before today."""
    return fact.review_due is not None and fact.review_due < today


def otherwise(compiled: CompiledCatalogue, key: str) -> list[Otherwise]:
    """The facts that say otherwise than this one."""
    found = []
    for other in compiled.disagreements.get(key, ()):
        fact = compiled.facts[other]
        publishers = dict.fromkeys(compiled.sources[source].publisher for source in fact.sources)
        side, ground = _followed(compiled.facts[key], fact)
        found.append(Otherwise(fact.statement, fact.confidence, ", ".join(publishers), side, ground))
    return found


def _followed(this: Fact, other: Fact) -> tuple[Side, Ground]:
    """The surer one, else the newer one. Dates are compared as far as both are printed."""
    mine, theirs = (CONFIDENCES.index(fact.confidence) for fact in (this, other))
    if mine != theirs:
        return ("this" if mine < theirs else "other"), ("official" if 0 in (mine, theirs) else "surer")
    days = [fact.source_date for fact in (this, other)]
    if all(PRINTED_DAY.fullmatch(day) for day in days):
        printed = min(map(len, days))
        mine, theirs = (day[:printed] for day in days)
        if mine != theirs:
            return ("this" if mine > theirs else "other"), "newer"
    return "neither", ""
