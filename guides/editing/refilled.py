"""An entry on its way through a page: as it was shown, signed; and as its form would have to be filled to say it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.core import signing
from django.db import models

from guides.editions.mapping import ModelMapping
from guides.editions.working_copy import fingerprint

from .collisions import identities

BASE = "_base"
# Primary keys by model and key.
Ids = Mapping[type[models.Model], Mapping[str, int]]
Sent = Iterator[tuple[str, str]]


def packed(raw: dict[str, Any]) -> str:
    """A plain raw entry as text that a page carries and nobody can change."""
    return signing.dumps(raw, salt=BASE, compress=True)


def seen_entry(text: str | None, seen: str | None) -> dict[str, Any] | None:
    """What ``packed`` wrote, if it has the fingerprint ``seen``; None for anything else."""
    try:
        raw = signing.loads(text or "", salt=BASE)
    except signing.BadSignature:
        return None
    return raw if fingerprint(raw) == seen else None


def form_of(mapping: ModelMapping, raw: dict[str, Any], ids: Ids, row: models.Model | None, prefix: str = "") -> Sent:
    """Names and values for a raw entry and everything inside it. Parts that ``row`` has already keep their rows."""
    for name in mapping.columns:
        yield from _sent(f"{prefix}{name}", raw[name])
    for name, inner in mapping.nested.items():
        for key, column in inner.items():
            yield from _sent(f"{prefix}{column.name}", raw[name][key])
    for name, link in mapping.links.items():
        yield f"{prefix}{name}", "" if raw[name] is None else str(ids[link.related_model].get(raw[name], raw[name]))
    for name, listing in mapping.lists.items():
        for key in raw[name]:
            yield f"{prefix}{name}", str(ids[listing.related_model].get(key, key))
    for name, (part, _parent) in mapping.parts.items():
        yield from _parts(
            part, raw[name], ids, [] if row is None else list(getattr(row, name).all()), f"{prefix}{name}"
        )


def plain(raw: Any) -> Any:
    """A raw value as JSON can hold it: days and figures as text."""
    return json.loads(json.dumps(raw, default=str))


def ids_for(mapping: ModelMapping) -> Ids:
    """What ``form_of`` asks for: the primary keys of everything that such an entry, or a part of it, can name."""
    return {model: dict(model.objects.order_by().values_list("key", "pk")) for model in set(_named(mapping))}


def _named(mapping: ModelMapping) -> Iterator[type[models.Model]]:
    for relation in (*mapping.links.values(), *mapping.lists.values()):
        yield relation.related_model
    for part, _parent in mapping.parts.values():
        yield from _named(part)


def _parts(mapping: ModelMapping, raws: list[dict[str, Any]], ids: Ids, rows: list[models.Model], prefix: str) -> Sent:
    stored = [plain(mapping.read(row)) for row in rows]
    known = dict(zip(identities(stored, stored), rows, strict=True))
    # Those without a row stand among the others, so all count as there before: see ``PartFormSet``.
    yield f"{prefix}-TOTAL_FORMS", str(len(raws))
    yield f"{prefix}-INITIAL_FORMS", str(len(raws))
    for number, (one, raw) in enumerate(zip(identities(stored, raws), raws, strict=True)):
        row = known.get(one)
        yield f"{prefix}-{number}-id", "" if row is None else str(row.pk)
        yield f"{prefix}-{number}-position", str(number + 1)
        yield from form_of(mapping, raw, ids, row, f"{prefix}-{number}-")


def _sent(name: str, value: Any) -> Sent:
    if isinstance(value, bool):
        # A box that is not ticked is not sent.
        if value:
            yield name, "on"
    elif isinstance(value, list):
        yield name, ", ".join(map(str, value))
    elif isinstance(value, dict):
        yield name, json.dumps(value, ensure_ascii=False)
    else:
        yield name, "" if value is None else str(value)
