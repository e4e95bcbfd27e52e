"""Lines without a fact, facts without a source, and reviews that are overdue."""

import datetime
from collections.abc import Iterator

from .. import schema
from ..problems import Problem
from ..schema import Catalogue
from .places import entries

ACTED_ON = (schema.Requirement, schema.Alternative, schema.Fee, schema.Deadline)
CITING = (schema.Channel, schema.Step, schema.Fee, schema.Deadline, schema.Recurring, schema.Pitfall)


def citations(catalogue: Catalogue) -> Iterator[Problem]:
    """Lines that cite nothing, and facts that name no source."""
    facts = {fact.key for fact in catalogue.facts}
    newer = _newer(catalogue)
    for where, entry in entries(catalogue):
        if isinstance(entry, CITING) and not entry.facts:
            yield Problem("warning", where, "It cites no fact.", "uncited")
        if isinstance(entry, schema.Channel) and not entry.facts and entry.processing.assumed_days is not None:
            text = "Its length is assumed, and no fact supports it. Cite one, such as the legal maximum."
            yield Problem("error", where, text, "assumed_uncited")
        if isinstance(entry, schema.Alert) and not entry.facts and entry.kind != "conflict":
            text = "People act on it, and it cites no fact. Only a conflict between answers can do without."
            yield Problem("error", where, text, "alert_uncited")
        if isinstance(entry, ACTED_ON):
            for key in [key for key in entry.facts if key in newer and newer[key].isdisjoint(entry.facts)]:
                text = f"The fact {key} is overtaken. Cite what replaces it: {', '.join(sorted(newer[key]))}."
                yield Problem("warning", where, text, "overtaken")
        if isinstance(entry, schema.Pointer) and not entry.facts:
            yield Problem("warning", where, "It cites no fact.", "uncited")
        if isinstance(entry, schema.Requirement) and not any([entry.facts, *(a.facts for a in entry.alternatives)]):
            yield Problem("warning", where, "It cites no fact.", "uncited")
        if isinstance(entry, schema.Pitfall) and entry.key not in facts:
            yield Problem("warning", where, "Its key is not the key of a fact.", "pitfall_key")
        if isinstance(entry, schema.Fact) and not entry.sources and entry.confidence != "unverified":
            yield Problem("warning", where, "It names no source.", "no_source")


def _newer(catalogue: Catalogue) -> dict[str, set[str]]:
    """The facts that replace each overtaken one."""
    found: dict[str, set[str]] = {}
    for fact in catalogue.facts:
        for key in fact.replaces:
            found.setdefault(key, set()).add(fact.key)
    return found


def overdue(catalogue: Catalogue, today: datetime.date) -> Iterator[Problem]:
    """Facts that somebody should have compared with their source by now."""
    for fact in catalogue.facts:
        if fact.review_due and fact.review_due < today:
            text = f"Its review was due on {fact.review_due}. Compare it with its source and set a new day."
            yield Problem("warning", f"facts {fact.key}", text, "review_overdue")
