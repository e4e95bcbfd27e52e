"""Finding entries by any text in them, in their parts, or in the names of what they refer to."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Value, When
from rapidfuzz import process
from rapidfuzz.distance import OSA

from guides.editions.mapping import ModelMapping, sections
from guides.editions.publication_state import references
from guides.editions.working_copy import StoredEntry, stored_entries

WORD = re.compile(r"[\w.-]+")
# So many letters allow one slip.
SAFE = 4
# What a reference is known by, beside its key.
KNOWN_BY = ("name", "local_name", "abbreviation", "title", "publisher", "statement", "text", "label")


@dataclass(frozen=True, slots=True)
class Found:
    """Entries by how well they fit: their primary keys, the best first. ``instead`` are the words that were looked
    for where nothing holds those of the query."""

    ranks: tuple[tuple[int, ...], ...] = ()
    instead: str = ""


def find(section: str, query: str) -> Found:
    """The entries that hold every word of the query somewhere. Accents and capitals do not count.

    First those whose key it is, then those whose name it is, then those that begin with it, then the rest. Where there
    is none, each word that no entry holds stands for the one most like it.
    """
    asked = folded(query).split()
    mapping, rows = sections()[section], list(stored_entries(section))
    names: dict[type, dict[str, str]] = {}
    instead = ""
    fitting = [row for row in rows if _holds(mapping, row.raw, names, asked)]
    if not fitting:
        meant = _meant(rows, names, asked)
        if meant != asked:
            fitting, instead = [row for row in rows if _holds(mapping, row.raw, names, meant)], " ".join(meant)
            asked = meant
    ranks: list[list[int]] = [[], [], [], []]
    for row in fitting:
        ranks[_rank(row.raw, " ".join(asked))].append(row.pk)
    return Found(tuple(map(tuple, ranks)), instead if fitting else "")


def best_first(found: Found) -> Case:
    """By what to order rows so that those that fit best come first."""
    return Case(*(When(pk__in=pks, then=Value(rank)) for rank, pks in enumerate(found.ranks[:-1])), default=Value(9))


def _rank(raw: dict[str, Any], asked: str) -> int:
    """0 for the key, 1 for a name, 2 for the beginning of one of them, 3 for anything else."""
    key, names = folded(raw["key"]), [folded(raw[name] or "") for name in KNOWN_BY if name in raw]
    if asked == key:
        return 0
    if asked in names:
        return 1
    return 2 if any(text.startswith(asked) for text in (key, *names)) else 3


def _meant(rows: list[StoredEntry], names: dict[type, dict[str, str]], asked: list[str]) -> list[str]:
    """The words of a query; for one that is nowhere, the most like it with one slip, or two in a long word."""
    own = folded("\n".join(part for row in rows for part in _texts(row.raw)))
    text = "\n".join([own, *(known for of_model in names.values() for known in of_model.values())])
    words = sorted(set(WORD.findall(text)))
    return [word if word in text else _most_like(word, words) for word in asked]


def _most_like(word: str, words: list[str]) -> str:
    slips = len(word) // SAFE
    found = process.extractOne(word, words, scorer=OSA.distance, score_cutoff=min(slips, 2)) if slips else None
    return found[0] if found else word


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
