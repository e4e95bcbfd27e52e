"""Some entries that somebody brings along, against the working copy: what would change, and changing exactly that.

``loading`` follows the complete content of a release. Here an editor brings a part of the catalogue, and what is
written counts as edited here.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction

from guides.catalogue.checks import structure
from guides.catalogue.checks.expressions import expressions
from guides.catalogue.checks.links import links
from guides.catalogue.problems import CatalogueError, Problem, walk
from guides.catalogue.schema import Catalogue, Entry
from guides.models.base import Entry as Row

from .loading import spare_needed
from .mapping import mapping_of, sections
from .working_copy import Outdated, StoredEntry, digest_of, fingerprint, stored_entries
from .writer import RowWriter

Name = tuple[str, str]


@dataclass(frozen=True)
class Incoming:
    """Entries from outside. The mappings are by the place of an entry ("facts nif.fee").

    ``origins`` tell where an entry was found, in words. ``bases`` are the digests of the rows from which somebody
    started; where there is none, that is what the last load wrote.
    """

    catalogue: Catalogue
    origins: Mapping[str, str] = field(default_factory=dict)
    bases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """One entry before and after; None where there is none."""

    section: str
    key: str
    old: Entry | None
    new: Entry | None

    @property
    def place(self) -> str:
        return f"{self.section} {self.key}"


@dataclass(frozen=True)
class Merge:
    """What a merge does. ``kept`` are the entries that it leaves alone because they were changed here."""

    before: Catalogue
    after: Catalogue
    changes: tuple[Change, ...]
    kept: tuple[Change, ...]
    unchanged: int
    problems: tuple[Problem, ...]

    @cached_property
    def seen(self) -> str:
        """Stands for exactly these changes of exactly these rows."""
        return fingerprint([(change.place, _digest(change.old), _digest(change.new)) for change in self.changes])


def plan_merge(incoming: Incoming, *, overwrite: bool = False, complete: bool = False) -> Merge:
    """What bringing in these entries would do, without doing it.

    An entry that was changed here since its base is kept, unless ``overwrite`` says to replace it; without that, one
    that still says what its base said changes nothing. Other entries of the working copy stay as they are; if the
    incoming ones are ``complete``, those that are missing go, save what was changed or made here and what a staying
    entry needs. ``problems`` are errors that the working copy does not have yet.
    """
    planner = _Planner(incoming, overwrite)
    planner.take()
    if complete:
        planner.remove_missing()
    return planner.merge()


@transaction.atomic
def apply_merge(incoming: Incoming, *, seen: str, overwrite: bool = False, complete: bool = False) -> Merge:
    """Do what ``plan_merge`` told for the same arguments. ``seen`` is that of the merge that somebody agreed to.

    Raises Outdated with what it would do when that is anything else, and CatalogueError for the problems of the merge.
    """
    for mapping in sections().values():
        # Evaluated for its locks: what is read from here on stays as it is until the end. They do not hold up whoever
        # only refers to these rows, and would wait for the same rows in another order.
        list(mapping.model.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    merge = plan_merge(incoming, overwrite=overwrite, complete=complete)
    if merge.problems:
        raise CatalogueError(merge.problems)
    if merge.seen != seen:
        raise Outdated(merge)
    _write(merge.changes)
    return merge


def _write(changes: tuple[Change, ...]) -> None:
    writer = RowWriter()
    for section, mapping in sections().items():
        rows = {row["key"]: row for row in mapping.model.objects.values("key", "pk", "rank", "loaded")}
        ids = {key: row["pk"] for key, row in rows.items()}
        new = [change.new for change in changes if change.section == section and change.new]
        writer.write_rows(mapping, ids, [(entry, _marks(rows.get(entry.key))) for entry in new])
    writer.write_insides()
    for section, mapping in reversed(sections().items()):
        gone = [change.key for change in changes if change.section == section and change.new is None]
        mapping.model.objects.filter(key__in=gone).delete()


def _marks(row: dict | None) -> dict:
    """An entry that is written here is an editor's: it leaves what the last load wrote as it was."""
    return {"rank": row["rank"], "loaded": row["loaded"]} if row else {"rank": Row.LAST, "loaded": ""}


class _Planner:
    """Decides entry by entry. Entries are named by their section and key."""

    def __init__(self, incoming: Incoming, overwrite: bool):
        self.incoming = incoming
        self.overwrite = overwrite
        self.brought = [(name, entry) for name in sections() for entry in getattr(incoming.catalogue, name)]
        self.stored = {(name, row.raw["key"]): row for name in sections() for row in stored_entries(name)}
        self.changes: dict[Name, Change] = {}
        self.kept: list[Change] = []
        self.unchanged = 0

    def take(self) -> None:
        for section, entry in self.brought:
            row = self.stored.get((section, entry.key))
            change = Change(section, entry.key, row and row.entry, entry)
            base, said = self.incoming.bases.get(change.place), digest_of(entry)
            if row and (said == row.digest or (said == base and not self.overwrite)):
                self.unchanged += 1
            elif self.overwrite or (row is None and base is None) or (row and self._is_as_it_was(row)):
                self.changes[section, entry.key] = change
            else:
                self.kept.append(change)

    def remove_missing(self) -> None:
        brought = {(section, entry.key) for section, entry in self.brought}
        missing = {name: row for name, row in self.stored.items() if name not in brought}
        gone = {name: row for name, row in missing.items() if self._is_as_it_was(row)}
        # Nobody knows what a row needs that does not fit the schema.
        if any(row.entry is None for row in self.stored.values()):
            gone = {}
        spare_needed(gone, [entry for name, entry in self._after().items() if name not in gone])
        for name, row in missing.items():
            change = Change(*name, row.entry, None)
            if name in gone:
                self.changes[name] = change
            elif row.loaded or change.place in self.incoming.bases:
                self.kept.append(change)

    def merge(self) -> Merge:
        before = _catalogue({name: row.entry for name, row in self.stored.items()})
        after = _catalogue(self._after())
        problems = [*self._repeated(), *self._refused()]
        if self.changes:
            told = {problem.where for problem in problems}
            known = {str(problem) for problem in _errors(before)}
            problems += [
                problem for problem in _errors(after) if str(problem) not in known and problem.where not in told
            ]
        problems = tuple(map(self._with_origin, problems))
        return Merge(before, after, tuple(self.changes.values()), tuple(self.kept), self.unchanged, problems)

    def _is_as_it_was(self, row: StoredEntry) -> bool:
        base = self.incoming.bases.get(row.place) or row.loaded
        return bool(base) and row.digest == base

    def _after(self) -> dict[Name, Entry]:
        entries = {name: row.entry for name, row in self.stored.items()}
        entries |= {name: change.new for name, change in self.changes.items()}
        return {name: entry for name, entry in entries.items() if entry}

    def _repeated(self) -> Iterator[Problem]:
        for (section, key), times in Counter((section, entry.key) for section, entry in self.brought).items():
            if times > 1:
                yield Problem("error", f"{section} {key}", "It is there more than once.", "duplicate")

    def _refused(self) -> Iterator[Problem]:
        for change in self.changes.values():
            if change.new:
                yield from _unfit(change.new, change.place)

    def _with_origin(self, problem: Problem) -> Problem:
        origin = self.incoming.origins.get(" ".join(problem.where.split()[:2]))
        return replace(problem, where=f"{origin}: {problem.where}") if origin else problem


def _errors(catalogue: Catalogue) -> list[Problem]:
    """What the editors' pages would refuse as well. Whether the catalogue makes sense is asked before publishing."""
    found = [*structure(catalogue), *expressions(catalogue), *links(catalogue)]
    return [problem for problem in found if problem.level == "error"]


def _catalogue(entries: Mapping[Name, Entry | None]) -> Catalogue:
    found: dict[str, list[Entry]] = {}
    for (section, _key), entry in entries.items():
        if entry:
            found.setdefault(section, []).append(entry)
    return Catalogue(**found)


def _digest(entry: Entry | None) -> str:
    return digest_of(entry) if entry else ""


class _AnyKey(dict):
    """Primary keys for rows that are only looked at: their references are checked elsewhere."""

    def __missing__(self, key):
        return _AnyKey() if isinstance(key, type) else 0


def _unfit(entry: Entry, place: str) -> Iterator[Problem]:
    """What the fields of the editors' pages would refuse, and what no database can hold."""
    for where, inner in walk(entry, place):
        mapping = mapping_of(type(inner))
        row = mapping.model(**mapping.values(inner, _AnyKey()))
        checked = set(mapping.stored()) - set(mapping.links)
        try:
            row.clean_fields(exclude={field.name for field in row._meta.fields} - checked)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                yield Problem("error", f"{where} › {name}", " ".join(messages))
    try:
        said = json.dumps(entry.model_dump(), default=str, allow_nan=False)
    except ValueError:
        yield Problem("error", place, "It holds a number that is none.")
    else:
        if "\\u0000" in said:
            yield Problem("error", place, "It holds a character that cannot be stored.")
