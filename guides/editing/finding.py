"""Finding entries by any text in them, in their parts, or in the names of what they refer to."""

import unicodedata
from collections.abc import Iterator
from typing import Any

from guides.editions.mapping import ModelMapping, sections
from guides.editions.publication_state import references
from guides.editions.working_copy import stored_entries

# What a reference is known by, beside its key.
KNOWN_BY = ("name", "local_name", "abbreviation", "title", "publisher", "statement")


def find(section: str, query: str) -> list[int]:
    """Primary keys of the entries that hold every word of the query somewhere. Accents and capitals do not count."""
    terms = folded(query).split()
    mapping = sections()[section]
    names: dict[type, dict[str, str]] = {}
    return [row.pk for row in stored_entries(section) if _holds(mapping, row.raw, names, terms)]


def folded(text: str) -> str:
    """Lower case without accents: "Segurança" is "seguranca", "Cl@ve" is "clave"."""
    decomposed = unicodedata.normalize("NFKD", text.replace("@", "a").casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _holds(mapping: ModelMapping, raw: dict[str, Any], names: dict[type, dict[str, str]], terms: list[str]) -> bool:
    text = folded("\n".join(_texts(raw)))
    missing = [term for term in terms if term not in text]
    if not missing:
        return True
    around = "\n".join(_known_by(model, names).get(key, "") for model, key in references(mapping, raw))
    return all(term in around for term in missing)


def _texts(value: Any) -> Iterator[str]:
    """Every text and number inside a raw value."""
    if isinstance(value, dict):
        value = value.values()
    if isinstance(value, str | int | float):
        yield str(value)
    elif value is not None:
        for item in value if not hasattr(value, "isoformat") else (value.isoformat(),):
            yield from _texts(item)


def _known_by(model: type, names: dict[type, dict[str, str]]) -> dict[str, str]:
    """The folded names of all entries of a model by key, read once."""
    if model not in names:
        own = {field.name for field in model._meta.concrete_fields}
        rows = model.objects.order_by().values_list("key", *(name for name in KNOWN_BY if name in own))
        names[model] = {key: folded("\n".join(texts)) for key, *texts in rows}
    return names[model]
