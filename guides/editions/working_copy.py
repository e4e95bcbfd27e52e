"""The editors' rows as a ``Catalogue``.

A fixed number of queries, whatever the number of rows. Top-level entries come in the order of the last load, those
made here after them; parts in the order of their positions. ``loading`` is the way back.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models as orm
from pydantic import ValidationError

from guides import models
from guides.catalogue import schema
from guides.catalogue.compiled import vocabulary_of
from guides.catalogue.problems import CatalogueError, schema_problems
from guides.catalogue.schema import Catalogue, Entry
from guides.conditions import Vocabulary

from .mapping import ModelMapping, sections


class Outdated(Exception):
    """What somebody agreed to is no longer what would happen; ``now`` is what would, where that is known."""

    def __init__(self, now: Any = None):
        self.now = now
        super().__init__("Something has changed since.")


@dataclass
class StoredEntry:
    """A top-level row with everything inside it, as plain values in the form of the schema."""

    section: str
    pk: int
    rank: int
    loaded: str
    raw: dict[str, Any]

    @cached_property
    def entry(self) -> Entry | None:
        """The row in the schema's type, or None where it does not fit."""
        try:
            return self.typed()
        except ValidationError:
            return None

    @property
    def place(self) -> str:
        return f"{self.section} {self.raw['key']}"

    @cached_property
    def digest(self) -> str:
        return digest_of(self.entry) if self.entry else ""

    @property
    def is_as_loaded(self) -> bool:
        """Whether a load wrote this row and nobody changed it since."""
        return bool(self.loaded) and self.loaded == self.digest

    def typed(self) -> Entry:
        """The row in the schema's type. Raises pydantic's ValidationError."""
        return sections()[self.section].entry.model_validate(self.raw)


def snapshot() -> Catalogue:
    """The working copy as a catalogue. Raises CatalogueError where rows do not fit the schema."""
    found: dict[str, list[Entry]] = {}
    problems = []
    for section in sections():
        found[section] = []
        for row in stored_entries(section):
            try:
                found[section].append(row.typed())
            except ValidationError as error:
                problems += schema_problems(error, row.raw, row.place)
    if problems:
        raise CatalogueError(problems)
    return Catalogue(**found)


def vocabulary(draft: schema.Term | None = None) -> Vocabulary:
    """The words that conditions may use, out of the working copy. Rows that do not fit the schema are left out.

    ``draft`` is a term that is being written; it stands in for the stored one of its key.
    """
    typed = {
        section: [row.entry for row in stored_entries(section) if row.entry]
        for section in ("questions", "terms", "parameters")
    }
    if draft:
        typed["terms"] = [*(term for term in typed["terms"] if term.key != draft.key), draft]
    documents = models.Document.objects.values("key", "name")
    procedures = models.Procedure.objects.values("key")
    return vocabulary_of(
        Catalogue.model_construct(
            **typed,
            documents=[schema.Document.model_construct(**values) for values in documents],
            procedures=[schema.Procedure.model_construct(**values) for values in procedures],
        )
    )


def digest_of(entry: Entry) -> str:
    """SHA-256 of what an entry says; a field at its default says nothing."""
    return fingerprint(entry.model_dump(mode="json", exclude_defaults=True))


def fingerprint(seen: Any) -> str:
    """SHA-256 of plain values. A page posts back that of what it showed, to be told what has changed since."""
    return hashlib.sha256(json.dumps(seen, sort_keys=True, default=str).encode()).hexdigest()


def stored_entries(section: str) -> Iterator[StoredEntry]:
    """The rows of one section of the catalogue."""
    for row, raw in _rows(sections()[section], "rank", "loaded", order=["rank", "pk"]):
        yield StoredEntry(section, row["pk"], row["rank"], row["loaded"], raw)


def _parts(mapping: ModelMapping, parent: str) -> dict[int, list[dict]]:
    """Raw parts by the primary key of their parent."""
    found = defaultdict(list)
    for row, raw in _rows(mapping, f"{parent}_id", order=["position", "pk"]):
        found[row[f"{parent}_id"]].append(raw)
    return found


def _rows(mapping: ModelMapping, *extra: str, order: list[str]) -> Iterator[tuple[dict, dict]]:
    """Each row of the mapping's model with its ``extra`` columns, and the raw entry that it stands for."""
    inside = {name: _listed_keys(field) for name, field in mapping.lists.items()}
    inside |= {name: _parts(part, parent) for name, (part, parent) in mapping.parts.items()}
    for row in mapping.model._default_manager.order_by(*order).values("pk", *extra, *mapping.lookups()):
        raw = mapping.raw(row)
        for name, found in inside.items():
            raw[name] = found.get(row["pk"], [])
        yield row, raw


def _listed_keys(field: orm.ManyToManyField) -> dict[int, list[str]]:
    """The keys that a many-to-many field lists, in their order, by primary key."""
    through = field.remote_field.through._default_manager.order_by("pk")
    found = defaultdict(list)
    for pk, key in through.values_list(f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}__key"):
        found[pk].append(key)
    return found
