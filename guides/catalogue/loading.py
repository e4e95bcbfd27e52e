"""From a ``Catalogue`` to the editors' rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Model

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
        new, moved = {}, []
        for rank, entry in enumerate(entries):
            row = stored.pop(entry.key, None)
            said = digest_of(entry)
            if self._follows(f"{section} {entry.key}", row, said):
                new[entry.key] = shape.model(rank=rank, loaded=said, **shape.values(entry, self.ids))
            elif row.rank != rank:
                moved.append(shape.model(pk=row.pk, rank=rank))
        self._save(shape, list(new.values()), moved)
        ids |= {key: row.pk for key, row in new.items()}
        self.changed.append((shape, [(ids[entry.key], entry) for entry in entries if entry.key in new]))
        self._leave(stored.values())

    def _follows(self, where: str, row: StoredEntry | None, said: str) -> bool:
        """Whether to write an entry that says this, in place of the row if there is one."""
        if row is None:
            self.report.created.append(where)
        elif row.digest == row.loaded == said:
            self.report.unchanged += 1
            return False
        elif self.overwrite or row.is_as_loaded or row.digest == said:
            self.report.updated.append(where)
        else:
            self.report.kept.append(where)
            self.staying.append(row)
            return False
        return True

    def _save(self, shape: Shape, new: list[Model], moved: list[Model]) -> None:
        shape.model.objects.bulk_create(
            new, update_conflicts=True, unique_fields=["key"], update_fields=["rank", "loaded", *shape.stored()]
        )
        shape.model.objects.bulk_update(moved, ["rank"], batch_size=200)

    def _leave(self, rows: Iterable[StoredEntry]) -> None:
        """Sort out the rows that the catalogue does not have."""
        for row in rows:
            if row.is_as_loaded:
                self.gone[row.section, row.raw["key"]] = row
                continue
            self.staying.append(row)
            if row.loaded:
                self.report.kept.append(row.place)

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
