"""Sections of flat entries as sheets: one row for each entry, one column for each field, and its base.

A sheet of documents leaves out what a document is good for, which stays as it is. A field of several keys or words
holds them with spaces between. ``base`` is the digest of the row as it went out; whoever brings the sheet back is told
what was changed here in the meantime.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import get_origin

from pydantic import ValidationError

from guides.catalogue.problems import CatalogueError, Problem, schema_problems
from guides.catalogue.schema import Catalogue, Entry
from guides.editions.mapping import ModelMapping, sections
from guides.editions.merging import Incoming
from guides.editions.working_copy import digest_of, stored_entries
from guides.sheets import Cells

from .partly import PartlyRead

BASE = "base"
DIGEST = re.compile(r"[0-9a-f]{64}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
LEFT_OUT = {"covers"}


def sheet_sections() -> dict[str, ModelMapping]:
    """The sections that fit into sheets: their entries hold no others."""
    return {name: mapping for name, mapping in sections().items() if mapping.parts.keys() <= LEFT_OUT}


def columns_of(section: str) -> list[str]:
    """The fields that a sheet of the section shows."""
    return [field for field in sections()[section].entry.model_fields if field not in LEFT_OUT]


def sheet_of(section: str, entries: Sequence[Entry]) -> Iterator[Cells]:
    """The header, and a row for each entry."""
    fields = columns_of(section)
    yield [*fields, BASE]
    for entry in entries:
        yield [*(_outward(getattr(entry, field)) for field in fields), digest_of(entry)]


def read_sheet(section: str, rows: Sequence[Sequence[str]]) -> Incoming:
    """The entries of a sheet. A column that is not there leaves its field as it is in the working copy.

    Raises CatalogueError with row and column of everything that does not fit the schema.
    """
    header = header_of(rows, section, [*columns_of(section), BASE], ["key"])
    stored = {row.raw["key"]: row.raw for row in stored_entries(section)} if len(rows) > 1 else {}
    problems: list[Problem] = []
    found, origins, bases = [], {}, {}
    for number, row in enumerate(rows[1:], 2):
        if not any(value.strip() for value in row):
            continue
        given = dict(zip(header, row, strict=False))
        if any(value.strip() for value in row[len(header) :]):
            problems.append(Problem("error", f"row {number}", "It has more cells than the header."))
        key = given["key"].strip()
        place = f"{section} {key}"
        entry = _entry(section, given, stored.get(key, {}), f"row {number}: {place}", problems)
        if entry:
            found.append(entry)
            origins[place] = f"row {number}"
        if base := given.get(BASE, "").strip():
            if DIGEST.fullmatch(base):
                bases[place] = base
            else:
                problems.append(Problem("error", f"row {number} › {BASE}", "It was changed. Leave it as it came."))
    incoming = Incoming(Catalogue(**{section: found}), origins, bases)
    if problems:
        raise PartlyRead(
            problems, incoming, {dict(zip(header, row, strict=False))["key"].strip() for row in rows[1:] if row}
        )
    return incoming


def header_of(rows: Sequence[Sequence[str]], sheet: str, known: Sequence[str], needed: Sequence[str]) -> list[str]:
    """The names of the columns. Raises CatalogueError for one that is not known, is there twice, or is missing."""
    header = [name.strip() for name in rows[0]] if rows else []
    while header and not header[-1]:
        header.pop()
    problems = [
        Problem("error", "row 1", f"There is no column “{name}” in {sheet}. The columns are {', '.join(known)}.")
        for name in header
        if name not in known
    ]
    problems += [
        Problem("error", "row 1", f"The column “{name}” is there twice.")
        for name in sorted({name for name in header if header.count(name) > 1})
    ]
    problems += [Problem("error", "row 1", f"There is no column “{name}”.") for name in needed if name not in header]
    if problems:
        raise CatalogueError(problems)
    return header


def _entry(section: str, given: dict[str, str], stored: dict, place: str, problems: list[Problem]) -> Entry | None:
    mapping = sections()[section]
    raw = {**stored, **{name: _inward(mapping, name, text) for name, text in given.items() if name != BASE}}
    for name, value in raw.items():
        if _is_date(mapping, name) and isinstance(value, str) and not DAY.fullmatch(value):
            problems.append(Problem("error", f"{place} › {name}", f"Write the day as 2026-11-22 (found {value!r})."))
            return None
    try:
        return mapping.entry.model_validate({name: value for name, value in raw.items() if value is not None})
    except ValidationError as error:
        problems += schema_problems(error, raw, place)
        return None


def _outward(value) -> str | datetime.date | None:
    return " ".join(value) if isinstance(value, tuple) else value


def _inward(mapping: ModelMapping, name: str, text: str) -> str | list[str] | None:
    """What a cell gives to a field; None, which is the field's default, for an empty one."""
    if get_origin(mapping.entry.model_fields[name].annotation) is tuple:
        return re.split(r"[\s,;]+", text.strip()) if text.strip() else None
    is_prose = mapping.entry.model_fields[name].annotation is str and name != "key" and name not in mapping.links
    return (text.replace("\r\n", "\n") if is_prose else text.strip()) or None


def _is_date(mapping: ModelMapping, name: str) -> bool:
    return name in mapping.columns and mapping.columns[name].get_internal_type() == "DateField"
