"""From a complete ``Catalogue`` to the editors' rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from guides.catalogue import checks
from guides.catalogue.problems import CatalogueError, walk
from guides.catalogue.schema import Catalogue, Entry

from .mapping import ModelMapping, sections
from .working_copy import StoredEntry, digest_of, stored_entries
from .writer import RowWriter


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
    for section, mapping in sections().items():
        loader.write_rows(section, mapping, getattr(catalogue, section))
    loader.writer.write_insides()
    loader.remove()
    return loader.report


def spare_needed(gone: dict[tuple[str, str], StoredEntry], staying: list[Entry]) -> None:
    """Take out of ``gone``, by section and key, what a staying entry needs, directly or through another."""
    while staying:
        for _, inner in walk(staying.pop(), ""):
            for _, section, key in checks.references(inner):
                if needed := gone.pop((section, key), None):
                    staying.append(needed.entry)


class _Loader:
    def __init__(self, overwrite: bool):
        self.overwrite = overwrite
        self.report = LoadReport()
        self.writer = RowWriter()
        self.staying: list[StoredEntry] = []
        self.gone: dict[tuple[str, str], StoredEntry] = {}

    def write_rows(self, section: str, mapping: ModelMapping, entries: Sequence[Entry]) -> None:
        stored = {row.raw["key"]: row for row in stored_entries(section)}
        ids = {key: row.pk for key, row in stored.items()}
        new, moved = [], []
        for rank, entry in enumerate(entries):
            row = stored.pop(entry.key, None)
            said = digest_of(entry)
            if self._follows(f"{section} {entry.key}", row, said):
                new.append((entry, {"rank": rank, "loaded": said}))
            elif row.rank != rank:
                moved.append(mapping.model(pk=row.pk, rank=rank))
        self.writer.write_rows(mapping, ids, new)
        mapping.model.objects.bulk_update(moved, ["rank"], batch_size=200)
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

    def _leave(self, rows: Iterable[StoredEntry]) -> None:
        """Sort out the rows that the catalogue does not have."""
        for row in rows:
            if row.is_as_loaded:
                self.gone[row.section, row.raw["key"]] = row
                continue
            self.staying.append(row)
            if row.loaded:
                self.report.kept.append(row.place)

    def remove(self) -> None:
        """Delete the rows that are gone, save those that a staying row needs, directly or through another."""
        if any(row.entry is None for row in self.staying):
            return
        spare_needed(self.gone, [row.entry for row in self.staying])
        for section, mapping in reversed(sections().items()):
            rows = [row for row in self.gone.values() if row.section == section]
            mapping.model.objects.filter(pk__in=[row.pk for row in rows]).delete()
            self.report.removed += [row.place for row in rows]
