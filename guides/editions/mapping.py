"""How the models of the working copy correspond to the schema, derived from the names of their fields.

A class of the schema and a model correspond when they have the same name, their fields when they do:
a column holds the value itself, a foreign key or many-to-many relation the entry or entries whose keys the
schema gives, a reverse relation the entries inside this one, and columns named ``<field>_<inner field>`` an
entry inside this one that has no row of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, get_args

from django.core.exceptions import FieldDoesNotExist
from django.db import models as orm

from guides import models
from guides.catalogue.schema import Catalogue, Entry, entry_type


@dataclass(frozen=True)
class ModelMapping:
    """One class of the schema beside its model. All mappings are by field name of the schema.

    ``columns`` maps to model fields, ``nested`` to columns by inner field, ``links`` to foreign keys, ``lists`` to
    many-to-many fields and ``parts`` to the mapping of the parts and the name of their foreign key to the parent.
    """

    entry: type[Entry]
    model: type[orm.Model]
    columns: dict[str, orm.Field]
    nested: dict[str, dict[str, orm.Field]]
    links: dict[str, orm.ForeignKey]
    lists: dict[str, orm.ManyToManyField]
    parts: dict[str, tuple["ModelMapping", str]]

    def lookups(self) -> list[str]:
        """What to ask the database for: columns, and the keys behind foreign keys."""
        return [*self._column_names(), *(f"{name}__key" for name in self.links)]

    def stored(self) -> list[str]:
        """The names of the model fields that ``values`` sets."""
        return [*self._column_names(), *self.links]

    def raw(self, row: dict[str, Any]) -> dict[str, Any]:
        """The plain fields of an entry, untyped, out of a row with these lookups."""
        raw = {name: _outward(self.entry, name, row[name]) for name in self.columns}
        for name, inner in self.nested.items():
            raw[name] = {field: row[column.name] for field, column in inner.items()}
        for name in self.links:
            raw[name] = row[f"{name}__key"]
        return raw

    def prefetches(self) -> Iterator[str | orm.Prefetch]:
        """What ``read`` wants prefetched."""
        yield from (*self.links, *self.lists)
        for name, (part, _) in self.parts.items():
            yield orm.Prefetch(name, part.model._default_manager.prefetch_related(*part.prefetches()))

    def read(self, row: orm.Model) -> dict[str, Any]:
        """A row and everything inside it as a raw entry. What it lists comes in the order of its own keys."""
        values = {name: getattr(row, name) for name in self._column_names()}
        values |= {f"{name}__key": getattr(getattr(row, name), "key", None) for name in self.links}
        raw = self.raw(values)
        raw |= {name: sorted(other.key for other in getattr(row, name).all()) for name in self.lists}
        for name, (part, _) in self.parts.items():
            raw[name] = [part.read(inner) for inner in getattr(row, name).all()]
        return raw

    def entry_as_is(self, raw: dict[str, Any]) -> Entry:
        """A raw entry in the schema's type, also where it does not fit."""
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}
        for name in self.nested:
            values[name] = self.entry.model_fields[name].annotation.model_construct(**raw[name])
        for name, (part, _) in self.parts.items():
            values[name] = tuple(part.entry_as_is(inner) for inner in raw[name])
        return self.entry.model_construct(**values)

    def values(self, entry: Entry, ids: dict[type[orm.Model], dict[str, int]]) -> dict[str, Any]:
        """The columns and foreign keys of the entry's row. ``ids`` gives primary keys by model and key."""
        values = {name: _inward(column, getattr(entry, name)) for name, column in self.columns.items()}
        for name, inner in self.nested.items():
            for field, column in inner.items():
                values[column.name] = _inward(column, getattr(getattr(entry, name), field))
        for name, link in self.links.items():
            key = getattr(entry, name)
            values[link.attname] = None if key is None else ids[link.related_model][key]
        return values

    def _column_names(self) -> list[str]:
        return [*self.columns, *(column.name for inner in self.nested.values() for column in inner.values())]


@cache
def mapping_of(entry: type[Entry]) -> ModelMapping:
    model = getattr(models, entry.__name__)
    mapping = ModelMapping(entry, model, {}, {}, {}, {}, {})
    for name, info in entry.model_fields.items():
        field = _model_field(model, name)
        if field is None:
            inner = info.annotation.model_fields
            mapping.nested[name] = {key: model._meta.get_field(f"{name}_{key}") for key in inner}
        elif field.one_to_many:
            mapping.parts[name] = mapping_of(get_args(info.annotation)[0]), field.field.name
        elif field.many_to_many:
            mapping.lists[name] = field
        elif field.many_to_one:
            mapping.links[name] = field
        else:
            mapping.columns[name] = field
    return mapping


@cache
def sections() -> dict[str, ModelMapping]:
    """The mapping of each section of the catalogue. No foreign key of a section points into a later one."""
    return {name: mapping_of(entry_type(name)) for name in Catalogue.model_fields}


def _model_field(model, name: str):
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _outward(entry: type[Entry], name: str, value: Any) -> Any:
    if value == "" and entry.model_fields[name].default is None:
        return None
    return float(value) if isinstance(value, Decimal) else value


def _inward(column: orm.Field, value: Any) -> Any:
    if value is None and not column.null:
        return ""
    if isinstance(value, float) and isinstance(column, orm.DecimalField):
        return Decimal(str(value))
    return list(value) if isinstance(value, tuple) else value
