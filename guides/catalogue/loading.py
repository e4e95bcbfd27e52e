"""From a ``Catalogue`` to the editors' rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from . import checks
from .problems import CatalogueError, walk
from .schema import Catalogue, Entry
from .shapes import Shape, sections
from .working_copy import StoredEntry, digest_of, stored_entries

Written = list[tuple[int, Entry]]


@dataclass
class LoadReport:
    """What a load did, as places of entries ("procedures nie"). ``unchanged`` is a number only."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    unchanged: int = 0


@transaction.atomic
def load(catalogue: Catalogue, *, overwrite: bool = False) -> LoadReport:
    """Bring the working copy to the state of a complete catalogue without touching what editors did.

    Every top-level row remembers what the last load wrote into it. A row that still says just that follows
    the catalogue: it is updated, or removed when it is gone from the catalogue and nothing that stays needs it.
    A row that somebody changed or made here is kept as it is; with ``overwrite`` a changed row is replaced.
    A procedure and all its parts count as one row.

    Raises CatalogueError, before writing anything, for what ``checks.structure`` finds.
    """
    if problems := checks.structure(catalogue):
        raise CatalogueError(problems)
    loader = _Loader(overwrite)
    for section, shape in sections().items():
        loader.write_rows(section, shape, getattr(catalogue, section))
    for shape, written in loader.changed:
        loader.clear_inside(shape, [pk for pk, _ in written])
        loader.write_inside(shape, written)
    loader.remove()
    return loader.report


class _Loader:
    """One load: rows first, then everything inside them, since both may refer to rows of any section."""

    def __init__(self, overwrite: bool):
        self.overwrite = overwrite
        self.report = LoadReport()
        self.ids: dict[type, dict[str, int]] = {}
        self.changed: list[tuple[Shape, Written]] = []
        self.staying: list[StoredEntry] = []
        self.gone: dict[tuple[str, str], StoredEntry] = {}

    def write_rows(self, section: str, shape: Shape, entries: Sequence[Entry]) -> None:
        stored = {row.raw["key"]: row for row in stored_entries(section)}
        ids = self.ids[shape.model] = {key: row.pk for key, row in stored.items()}
        wanted = [entry for entry in entries if self._follows(section, entry, stored.pop(entry.key, None))]
        rows = [shape.model(loaded=digest_of(entry), **shape.values(entry, self.ids)) for entry in wanted]
        shape.model.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["key"], update_fields=["loaded", *shape.stored()]
        )
        ids |= {row.key: row.pk for row in rows}
        self.changed.append((shape, [(ids[entry.key], entry) for entry in wanted]))
        for key, row in stored.items():
            if row.is_as_loaded:
                self.gone[section, key] = row
                continue
            self.staying.append(row)
            if row.loaded:
                self.report.kept.append(row.place)

    def _follows(self, section: str, entry: Entry, row: StoredEntry | None) -> bool:
        """Whether this entry is to be written."""
        where = f"{section} {entry.key}"
        if row is None:
            self.report.created.append(where)
            return True
        if row.digest == row.loaded == digest_of(entry):
            self.report.unchanged += 1
            return False
        if self.overwrite or row.is_as_loaded or row.digest == digest_of(entry):
            self.report.updated.append(where)
            return True
        self.report.kept.append(where)
        self.staying.append(row)
        return False

    def clear_inside(self, shape: Shape, ids: list[int]) -> None:
        for listing in shape.lists.values():
            through = listing.remote_field.through
            through.objects.filter(**{f"{listing.m2m_field_name()}__in": ids}).delete()
        for part, parent in shape.parts.values():
            part.model.objects.filter(**{f"{parent}__in": ids}).delete()

    def write_inside(self, shape: Shape, written: Written) -> None:
        for name, listing in shape.lists.items():
            through, ids = listing.remote_field.through, self.ids[listing.related_model]
            source, target = f"{listing.m2m_field_name()}_id", f"{listing.m2m_reverse_field_name()}_id"
            through.objects.bulk_create(
                through(**{source: pk, target: ids[key]}) for pk, entry in written for key in getattr(entry, name)
            )
        for name, (part, parent) in shape.parts.items():
            items = [(pk, *numbered) for pk, entry in written for numbered in enumerate(getattr(entry, name), 1)]
            rows = part.model.objects.bulk_create(
                part.model(**{f"{parent}_id": pk}, position=position, **part.values(item, self.ids))
                for pk, position, item in items
            )
            self.write_inside(part, [(row.pk, item) for row, (_, _, item) in zip(rows, items, strict=True)])

    def remove(self) -> None:
        """Delete the rows that are gone, save those that a staying row needs, directly or through another."""
        if any(row.entry is None for row in self.staying):
            return
        while self.staying:
            row = self.staying.pop()
            for _, inner in walk(row.entry, row.place):
                for _, section, key in checks.references(inner):
                    if needed := self.gone.pop((section, key), None):
                        self.staying.append(needed)
        for section, shape in reversed(sections().items()):
            rows = [row for row in self.gone.values() if row.section == section]
            shape.model.objects.filter(pk__in=[row.pk for row in rows]).delete()
            self.report.removed += [row.place for row in rows]
