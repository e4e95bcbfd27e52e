"""History as files to keep: with everything that is needed to verify it without this site."""

import json
from collections.abc import Iterable, Iterator
from itertools import batched

from checklists.models import HistoryEntry, Organisation
from guides.sheets import Cells

from .descriptions import Description, describe

AT_ONCE = 1000
HEADER: Cells = ["number", "at", "who", "what", "verb", "case", "person", "actor", "details", "salt", "digest", "hash"]


def rows(entries: Iterable[HistoryEntry]) -> Iterator[Cells]:
    """A header, and a row for each entry."""
    yield HEADER
    for description in _descriptions(entries):
        yield [_text(value) for value in _values(description).values()]


def json_parts(organisation: Organisation, entries: Iterable[HistoryEntry]) -> Iterator[str]:
    """One JSON object: the firm, the end of its history, and the entries, in pieces."""
    head = {"firm": organisation.slug, "length": organisation.history_length, "head": organisation.history_head}
    yield json.dumps(head, ensure_ascii=False).removesuffix("}") + ', "entries": ['
    between = "\n"
    for description in _descriptions(entries):
        yield between + json.dumps(_values(description), ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"


def _descriptions(entries: Iterable[HistoryEntry]) -> Iterator[Description]:
    for some in batched(entries, AT_ONCE):
        yield from describe(some)


def _values(description: Description) -> dict:
    entry = description.entry
    values = [
        entry.number,
        entry.at.isoformat(timespec="microseconds"),
        description.who,
        description.what,
        entry.verb,
        entry.case_number,
        entry.person_number,
        entry.actor_number,
        entry.details,
        entry.salt,
        entry.digest,
        entry.hash,
    ]
    return dict(zip(HEADER, values, strict=True))


def _text(value) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
