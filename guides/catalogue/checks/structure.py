"""Keys used twice, and references to nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator

from ..fields import Entry
from ..problems import Problem
from ..schema import Catalogue
from .places import entries, references


def duplicates(catalogue: Catalogue) -> Iterator[Problem]:
    """Keys that two siblings share, and values that a list holds twice."""
    for where, entry in [("", catalogue), *entries(catalogue)]:
        for field in type(entry).model_fields:
            value = getattr(entry, field)
            for name in _repeated(value) if isinstance(value, tuple) else ():
                place = f"{where} › {field} {name}".removeprefix(" › ")
                yield Problem("error", place, "It is there more than once.", "duplicate")


def _repeated(items: Iterable[Entry | str]) -> list[str]:
    names = [item if isinstance(item, str) else getattr(item, "key", getattr(item, "value", None)) for item in items]
    return [name for name, times in Counter(names).items() if name is not None and times > 1]


def dangling(catalogue: Catalogue) -> Iterator[Problem]:
    """References to keys that nothing has."""
    known = {section: {entry.key for entry in getattr(catalogue, section)} for section in Catalogue.model_fields}
    for where, entry in entries(catalogue):
        for field, section, key in references(entry):
            if key not in known[section]:
                yield Problem("error", f"{where} › {field}", f"There is no entry “{key}” in {section}.", "dangling")
