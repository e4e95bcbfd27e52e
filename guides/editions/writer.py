"""Entries of the schema into rows of the working copy."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from guides.catalogue.schema import Entry

from .mapping import ModelMapping

Written = list[tuple[int, Entry]]


class RowWriter:
    """Writes rows first, then everything inside them, since both may refer to rows of any section.

    ``write_rows`` is called once for every section in its order, also for those that have nothing to write.
    """

    def __init__(self):
        self._ids: dict[type[Model], dict[str, int]] = {}
        self._written: list[tuple[ModelMapping, Written]] = []

    def write_rows(
        self, mapping: ModelMapping, ids: dict[str, int], entries: Iterable[tuple[Entry, dict[str, Any]]]
    ) -> None:
        """Create or replace the rows of these entries; beside each stand its other columns, ``rank`` and ``loaded``.

        ``ids`` gives the primary keys of all rows of the section that exist, by key.
        """
        known = self._ids[mapping.model] = dict(ids)
        entries = [(entry, mapping.model(**marks, **mapping.values(entry, self._ids))) for entry, marks in entries]
        mapping.model.objects.bulk_create(
            [row for _, row in entries],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["rank", "loaded", *mapping.stored()],
        )
        known |= {entry.key: row.pk for entry, row in entries}
        self._written.append((mapping, [(row.pk, entry) for entry, row in entries]))

    def write_insides(self) -> None:
        """Replace everything inside the rows that were written."""
        for mapping, written in self._written:
            self._clear_inside(mapping, [pk for pk, _ in written])
            self._write_inside(mapping, written)

    def _clear_inside(self, mapping: ModelMapping, ids: list[int]) -> None:
        for listing in mapping.lists.values():
            through = listing.remote_field.through
            through.objects.filter(**{f"{listing.m2m_field_name()}__in": ids}).delete()
        for part, parent in mapping.parts.values():
            part.model.objects.filter(**{f"{parent}__in": ids}).delete()

    def _write_inside(self, mapping: ModelMapping, written: Written) -> None:
        for name, listing in mapping.lists.items():
            through, ids = listing.remote_field.through, self._ids[listing.related_model]
            source, target = f"{listing.m2m_field_name()}_id", f"{listing.m2m_reverse_field_name()}_id"
            through.objects.bulk_create(
                through(**{source: pk, target: ids[key]}) for pk, entry in written for key in getattr(entry, name)
            )
        for name, (part, parent) in mapping.parts.items():
            items = [(pk, *numbered) for pk, entry in written for numbered in enumerate(getattr(entry, name), 1)]
            rows = part.model.objects.bulk_create(
                part.model(**{f"{parent}_id": pk}, position=position, **part.values(item, self._ids))
                for pk, position, item in items
            )
            self._write_inside(part, [(row.pk, item) for row, (_, _, item) in zip(rows, items, strict=True)])
