"""All fees and deadlines of the working copy as one sheet: what changes together when a year begins.

A row is one fee or one deadline, named by its procedure and its key. Rows change what is there; they make nothing and
remove nothing. ``base`` is the digest of the row as it went out, so that what somebody changed here in the meantime is
not undone by a row that nobody touched, and not replaced by one that somebody did.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from guides.catalogue.problems import CatalogueError, Problem, schema_problems
from guides.catalogue.schema import Catalogue, Deadline, Fee, Procedure
from guides.editions.merging import Incoming
from guides.editions.working_copy import StoredEntry, digest_of, stored_entries
from guides.sheets import Cells

from .sheets import BASE, DIGEST, header_of

NAME = "fees-and-deadlines"
NAMING = ["procedure", "what", "key"]
KINDS = {"fee": ("fees", Fee), "deadline": ("deadlines", Deadline)}
FIELDS = {
    "fee": ["text", "amount", "amount_to", "currency", "year", "facts"],
    "deadline": ["text", "date", "facts"],
}
COLUMNS = [*NAMING, "text", "amount", "amount_to", "currency", "year", "date", "facts", BASE]
CENTS = re.compile(r"(\d+),(\d{1,2})")


def yearly_sheet() -> Iterator[Cells]:
    """The header, and a row for each fee and each deadline. Raises CatalogueError where one does not fit the schema."""
    yield [*COLUMNS]
    for row in stored_entries("procedures"):
        for what, (section, _) in KINDS.items():
            for raw in row.raw[section]:
                shown = {name: _outward(raw[name]) for name in FIELDS[what]}
                shown |= {"procedure": row.raw["key"], "what": what, "key": raw["key"]}
                shown[BASE] = digest_of(_part(what, raw, f"{row.place} › {section} {raw['key']}"))
                yield [shown.get(name) for name in COLUMNS]


def read_yearly(rows: Sequence[Sequence[str]]) -> Incoming:
    """The procedures with what the sheet changes in them. Raises CatalogueError with row and column of all mistakes."""
    header = header_of(rows, NAME, COLUMNS, NAMING)
    stored = {row.raw["key"]: row for row in stored_entries("procedures")}
    reading = _Reading(stored)
    for number, row in enumerate(rows[1:], 2):
        if any(value.strip() for value in row):
            reading.take(number, dict(zip(header, map(str.strip, row), strict=False)))
    if reading.problems:
        raise CatalogueError(reading.problems)
    return reading.incoming()


@dataclass
class _Reading:
    """What was read so far; ``changed`` is by the key of the procedure, as raw entries."""

    stored: dict[str, StoredEntry]
    changed: dict[str, dict[str, Any]] = field(default_factory=dict)
    numbers: dict[str, list[int]] = field(default_factory=dict)
    told: set[tuple[str, str, str]] = field(default_factory=set)
    # Procedures with a row that does not say what it started from, and with one that is not any more what it was.
    baseless: set[str] = field(default_factory=set)
    overtaken: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def take(self, number: int, given: dict[str, str]) -> None:
        procedure, what, key = (given.get(name, "") for name in NAMING)
        place = f"row {number}"
        if text := self._unknown(procedure, what, key):
            self.problems.append(Problem("error", place, text))
            return
        self.told.add((procedure, what, key))
        place += f": procedures {procedure} › {KINDS[what][0]} {key}"
        for name in given.keys() - {*NAMING, BASE, *FIELDS[what]}:
            if given[name]:
                self.problems.append(Problem("error", f"{place} › {name}", f"A {what} has none. Leave it empty."))
        self.numbers.setdefault(procedure, []).append(number)
        raw = self.changed.setdefault(procedure, self.stored[procedure].raw)
        parts = raw[KINDS[what][0]]
        old = next(part for part in parts if part["key"] == key)
        new = {**old, **{name: _inward(name, given[name]) for name in FIELDS[what] if name in given}}
        try:
            if self._is_meant(procedure, given.get(BASE, ""), _part(what, old, place), _part(what, new, place)):
                self.changed[procedure] = {**raw, KINDS[what][0]: [new if part is old else part for part in parts]}
        except CatalogueError as error:
            self.problems += error.problems

    def _unknown(self, procedure: str, what: str, key: str) -> str:
        if what not in KINDS:
            return f"The column “what” says “{what}”. It can say fee or deadline."
        if procedure not in self.stored:
            return f"There is no procedure “{procedure}”."
        if all(part["key"] != key for part in self.stored[procedure].raw[KINDS[what][0]]):
            return f"The procedure “{procedure}” has no {what} “{key}”. Make a new one on its page."
        if (procedure, what, key) in self.told:
            return f"The {what} “{key}” of “{procedure}” is there more than once."
        return ""

    def _is_meant(self, procedure: str, base: str, old: Fee | Deadline, new: Fee | Deadline) -> bool:
        """Whether the row says something else than what it started from."""
        if base and not DIGEST.fullmatch(base):
            raise CatalogueError([Problem("error", f"procedures {procedure} › {BASE}", "Leave it as it came.")])
        if digest_of(new) in (base, digest_of(old)):
            return False
        if not base:
            self.baseless.add(procedure)
        elif base != digest_of(old):
            self.overtaken.add(procedure)
        return True

    def incoming(self) -> Incoming:
        found, origins, bases = [], {}, {}
        for key, raw in self.changed.items():
            row = self.stored[key]
            place = row.place
            try:
                found.append(
                    Procedure.model_validate({name: value for name, value in raw.items() if value is not None})
                )
            except ValidationError as error:
                raise CatalogueError(schema_problems(error, raw, place)) from None
            origins[place] = "row " + ", ".join(map(str, self.numbers[key]))
            # Without a base, an entry is measured against the last load; with one that nothing has, it is kept.
            if key in self.overtaken:
                bases[place] = "overtaken"
            elif key not in self.baseless:
                bases[place] = row.digest
        return Incoming(Catalogue(procedures=tuple(found)), origins, bases)


def _part(what: str, raw: dict[str, Any], place: str) -> Fee | Deadline:
    try:
        return KINDS[what][1].model_validate({name: value for name, value in raw.items() if value is not None})
    except ValidationError as error:
        raise CatalogueError(schema_problems(error, raw, place)) from None


def _outward(value: Any) -> str | None:
    if isinstance(value, list):
        return " ".join(value)
    return f"{value:.2f}" if isinstance(value, float) else None if value is None else str(value)


def _inward(name: str, text: str) -> Any:
    """What a cell gives to a field; None, which is the field's default, for an empty one."""
    if name == "facts":
        return re.split(r"[\s,;]+", text) if text else []
    if name in ("amount", "amount_to"):
        text = CENTS.sub(r"\1.\2", text)
    return text.replace("\r\n", "\n") or None
