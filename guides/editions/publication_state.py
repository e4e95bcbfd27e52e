"""The publication state of entries of the working copy: what is not published yet, and what evidence is behind them.

Derived from the rows and the current edition each time; nothing is stored. A fixed number of queries.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from guides import models
from guides.catalogue.checks import ABOUT, CITATION
from guides.clock import today

from .mapping import ModelMapping, sections
from .publishing import current
from .working_copy import StoredEntry, stored_entries

State = Literal["new", "changed", "published"]


@dataclass(frozen=True, slots=True)
class PublicationState:
    """One entry. ``stale`` names the facts behind it whose review is overdue, ``unverified`` those never verified."""

    state: State
    stale: frozenset[str] = frozenset()
    unverified: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PublicationStates:
    """All entries of a section by primary key, and the keys of those that only the current edition has."""

    by_pk: dict[int, PublicationState]
    deleted: tuple[str, ...]


def states_of(section: str) -> PublicationStates:
    """The publication state of the entries of one section."""
    published = {entry.key: entry for entry in getattr(current().catalogue, section)}
    stale, unverified = _doubtful_facts()
    by_pk = {}
    for row, cited in _cited(section):
        state = _state(row, published.pop(row.raw["key"], None))
        by_pk[row.pk] = PublicationState(state, cited & stale, cited & unverified)
    return PublicationStates(by_pk, tuple(published))


def unpublished() -> int:
    """The number of entries that are new, changed or deleted since the current edition."""
    number = 0
    for section in sections():
        published = {entry.key: entry for entry in getattr(current().catalogue, section)}
        states = [_state(row, published.pop(row.raw["key"], None)) for row in stored_entries(section)]
        number += len(published) + sum(state != "published" for state in states)
    return number


def references(mapping: ModelMapping, raw: dict[str, Any]) -> Iterator[tuple[type, str]]:
    """Model and key of everything that a raw entry, or one inside it, names."""
    for name, link in mapping.links.items():
        if raw[name] is not None:
            yield link.related_model, raw[name]
    for name, listing in mapping.lists.items():
        for key in raw[name]:
            yield listing.related_model, key
    for name, (part, _) in mapping.parts.items():
        for inner in raw[name]:
            yield from references(part, inner)
    if mapping.model is models.Guide:
        for key in CITATION.findall(raw["body"]):
            yield models.Fact, key
    if mapping.model is models.Alert:
        # What an alert is about is a key of one of these.
        for key in raw["about"]:
            yield from ((sections()[section].model, key) for section in ABOUT)


def rests_on_facts(section: str) -> bool:
    """Whether entries of this section have facts behind them at all."""
    return section in ("facts", "sources") or _cites_facts(sections()[section])


def _state(row: StoredEntry, published) -> State:
    if published is None:
        return "new"
    return "published" if row.entry == published else "changed"


def _doubtful_facts() -> tuple[frozenset[str], frozenset[str]]:
    facts = models.Fact.objects.order_by()
    return (
        frozenset(facts.due(today()).values_list("key", flat=True)),
        frozenset(facts.never_verified().values_list("key", flat=True)),
    )


def _cited(section: str) -> Iterator[tuple[StoredEntry, frozenset[str]]]:
    """The rows of a section, each with the keys of the facts behind it; behind a source are those that name it."""
    mapping = sections()[section]
    naming: dict[str, set[str]] = {}
    if section == "sources":
        for source, fact in models.Source.objects.filter(facts__isnull=False).values_list("key", "facts__key"):
            naming.setdefault(source, set()).add(fact)
    for row in stored_entries(section):
        key = row.raw["key"]
        if section == "facts":
            yield row, frozenset([key])
        else:
            cited = {name for model, name in references(mapping, row.raw) if model is models.Fact}
            yield row, frozenset(cited | naming.get(key, set()))


def _cites_facts(mapping: ModelMapping) -> bool:
    own = any(listing.related_model is models.Fact for listing in mapping.lists.values())
    return own or any(_cites_facts(part) for part, _ in mapping.parts.values())
