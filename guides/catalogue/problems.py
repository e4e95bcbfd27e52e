"""What can be wrong with a catalogue, said with its place."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from .fields import Entry
from .plain import value_problem
from .schema import Catalogue

# The field that names an entry among its siblings, in the order of preference.
NAMES = ("key", "value", "procedure", "document", "year")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. An error keeps a catalogue from being published, a warning does not.

    ``where`` is a path in words: "procedures nie › steps book › when". ``kind`` is a short code that stays the same
    when the words change, and empty for what is wrong with a file. ``example`` are raw answers of somebody for whom
    it is wrong, as few as will do; None where it does not depend on answers.
    """

    level: Literal["error", "warning"]
    where: str
    text: str
    kind: str = ""
    example: Mapping[str, Any] | None = dataclasses.field(default=None, hash=False)

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"

    @property
    def entry(self) -> tuple[str, str]:
        """The section and the key of the entry that ``where`` begins with; two empty texts for a file."""
        section, _, key = self.where.partition(" › ")[0].partition(" ")
        return (section, key) if section in Catalogue.model_fields else ("", "")


class CatalogueError(ValueError):
    """A catalogue that cannot be used. ``problems`` says why."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def name_of(item: Any, number: int) -> str:
    """What to call an entry, typed or raw, that stands at ``number`` among its siblings."""
    found = item if isinstance(item, dict) else getattr(item, "__dict__", {})
    return next((str(found[name]) for name in NAMES if found.get(name)), str(number))


def walk(entry: Entry, where: str) -> Iterator[tuple[str, Entry]]:
    """An entry and all entries inside it, each with its place."""
    yield where, entry
    for field in type(entry).model_fields:
        value = getattr(entry, field)
        if isinstance(value, tuple):
            for number, item in enumerate(value, 1):
                if isinstance(item, Entry):
                    yield from walk(item, f"{where} › {field} {name_of(item, number)}")


def schema_problems(error: ValidationError, raw: Any, where: str) -> Iterator[Problem]:
    """What pydantic found in ``raw``, with keys where it counts positions."""
    for detail in error.errors(include_url=False):
        yield Problem("error", _place(detail["loc"], raw, where), value_problem(detail))


def _place(location: tuple[int | str, ...], raw: Any, where: str) -> str:
    for step in location:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            raw = None
        where += f" {name_of(raw, step + 1)}" if isinstance(step, int) else f" › {step}"
    return where
