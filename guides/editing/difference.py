"""The difference between two catalogues in the words of the admin, ready for a template."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from django.db.models import DecimalField
from django.utils.formats import localize
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from guides import models
from guides.catalogue.checks import REFERENCES
from guides.catalogue.compiled import CONDITION_FIELDS
from guides.catalogue.diff import (
    Added,
    Change,
    Changed,
    Difference,
    EntryChange,
    Moved,
    Path,
    Removed,
    compare,
    said,
)
from guides.catalogue.schema import Catalogue, Entry
from guides.editions.holding_back import place_of as entry_place
from guides.editions.mapping import mapping_of, sections

from .places import Place, pages_of

NAMES = ("name", "title", "text", "statement", "condition")
LONGEST_NAME = 100
# How many unchanged words stay visible beside a changed one.
AROUND = 12
WORD = re.compile(r"\s*[\w.-]+|\s*[^\w\s]|\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that was taken out, put in, or is in both."""

    kind: Literal["same", "del", "ins"]
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One change: its place in words, and what it is.

    ``pieces`` hold a changed value, one piece for each item of a list if ``is_list``; ``old`` and ``new`` hold it
    whole. ``lines`` hold what an added or removed part says, as places and values. ``words`` say where a part is now.
    """

    place: str
    kind: Literal["changed", "added", "removed", "moved"]
    pieces: tuple[Piece, ...] = ()
    is_list: bool = False
    old: str = ""
    new: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry that was added, removed or changed. ``page`` is where the admin has it, if it does.

    ``place`` names it with its section (see ``editions.holding_back``).
    """

    key: str
    name: str
    page: str
    kind: Literal["changed", "added", "removed"]
    rows: tuple[Row, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class SectionRows:
    title: str
    entries: tuple[EntryRow, ...]
    moved: tuple[Row, ...]


def difference_of(old: Catalogue, new: Catalogue) -> list[SectionRows]:
    """Everything that differs between two catalogues, section by section."""
    found = compare(old, new)
    entries = [(section.name, entry.key) for section in found.sections for entry in (*section.added, *section.changed)]
    return _Telling(old, new, pages_of(entries)).sections(found)


def marked(old: str, new: str) -> tuple[Piece, ...]:
    """Two texts as one, with the changed words marked; both whole where little is left of the first."""
    before, after = WORD.findall(old), WORD.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < 0.4:
        return tuple(Piece(kind, text) for kind, text in (("del", old), ("ins", new)) if text)
    pieces = []
    for action, start, end, new_start, new_end in matcher.get_opcodes():
        if action == "equal":
            pieces.append(Piece("same", _shortened(before[start:end], start == 0, end == len(before))))
            continue
        if start < end:
            pieces.append(Piece("del", "".join(before[start:end])))
        if new_start < new_end:
            pieces.append(Piece("ins", "".join(after[new_start:new_end])))
    return tuple(pieces)


def _shortened(words: list[str], is_first: bool, is_last: bool) -> str:
    head, tail = [] if is_first else words[:AROUND], [] if is_last else words[-AROUND:]
    if len(words) <= len(head) + len(tail) + AROUND:
        return "".join(words)
    return f"{''.join(head)} …{''.join(tail)}"


class _Telling:
    def __init__(self, old: Catalogue, new: Catalogue, pages: Mapping[Place, str]):
        self.pages = pages
        self.names = {
            section: {entry.key: name_of(entry) for catalogue in (old, new) for entry in getattr(catalogue, section)}
            for section in Catalogue.model_fields
        }

    def sections(self, difference: Difference) -> list[SectionRows]:
        return [
            SectionRows(
                title=capfirst(sections()[section.name].model._meta.verbose_name_plural),
                entries=(
                    *(self._whole(section.name, entry, "added") for entry in section.added),
                    *(self._entry(section.name, change) for change in section.changed),
                    *(self._whole(section.name, entry, "removed") for entry in section.removed),
                ),
                moved=tuple(self._row(change) for change in section.moved),
            )
            for section in difference.sections
        ]

    def _whole(self, section: str, entry: Entry, kind) -> EntryRow:
        page = self.pages.get((section, entry.key), "")
        return EntryRow(
            entry.key,
            name_of(entry),
            page,
            kind,
            lines=tuple(self._lines(entry)),
            place=entry_place(section, entry.key),
        )

    def _entry(self, section: str, change: EntryChange) -> EntryRow:
        rows = tuple(self._row(inner) for inner in change.changes)
        page = self.pages.get((section, change.key), "")
        return EntryRow(change.key, name_of(change.new), page, "changed", rows, place=entry_place(section, change.key))

    def _lines(self, entry: Entry) -> Iterator[tuple[str, str]]:
        for path, value in said(entry):
            yield place_of(path), _line(self._shown(path, value))

    def _row(self, change: Change) -> Row:
        place = place_of(change.path)
        match change:
            case Changed():
                return self._changed(place, change)
            case Added():
                return Row(place, "added", lines=tuple(self._lines(change.part)), words=_after(change.after))
            case Removed():
                return Row(place, "removed", lines=tuple(self._lines(change.part)))
            case Moved():
                return Row(place, "moved", words=_after(change.after))

    def _changed(self, place: str, change: Changed) -> Row:
        old, new = self._shown(change.path, change.old), self._shown(change.path, change.new)
        is_list = isinstance(change.old, tuple)
        if is_list:
            pieces = tuple(_items(old, new))
        elif isinstance(change.old, str) and isinstance(change.new, str) and change.old and change.new:
            pieces = marked(old, new)
        else:
            pieces = Piece("del", old), Piece("ins", new)
        return Row(place, "changed", pieces, is_list, _line(old), _line(new))

    def _shown(self, path: Path, value: Any) -> str | list[str]:
        """A value in words; a list where it is one."""
        step = path[-1]
        if isinstance(value, tuple):
            return [self._shown(path, item) for item in value]
        if value is None or value == "":
            return _empty(step.field)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if section := REFERENCES.get(step.field):
            return f"{self.names[section][value]} ({value})" if value in self.names[section] else value
        column = _column(path)
        if isinstance(column, DecimalField):
            return f"{value:.{column.decimal_places}f}"
        choices = dict(getattr(column, "flatchoices", ()))
        return str(choices[value]) if value in choices else str(localize(value))


def name_of(entry: Entry) -> str:
    """What to call an entry in a list; its key where nothing else says it."""
    name = next((getattr(entry, name) for name in NAMES if getattr(entry, name, "")), entry.key)
    return name if len(name) <= LONGEST_NAME else Truncator(name).chars(LONGEST_NAME)


def place_of(path: Path) -> str:
    """A path in the words of the admin: "requirement identity › alternative 1 › documents"."""
    return " › ".join(word for number in range(len(path)) if (word := _word(path[: number + 1])))


def _word(path: Path) -> str:
    step = path[-1]
    if step.owner is Catalogue:
        return step.name
    if _is_nested(step.owner):
        return str(_column(path).verbose_name)
    mapping = mapping_of(step.owner)
    if step.field in mapping.nested:
        return ""
    if step.field in mapping.parts:
        word = mapping.parts[step.field][0].model._meta.verbose_name
    else:
        word = {**mapping.columns, **mapping.links, **mapping.lists}[step.field].verbose_name
    return f"{word} {step.name}".strip()


def _is_nested(owner: type[Entry]) -> bool:
    """Whether its entries have no row of their own: their fields are columns of the entry around them."""
    return not hasattr(models, owner.__name__)


def _column(path: Path):
    """The model field behind the end of a path; None where it is a relation."""
    step = path[-1]
    if _is_nested(step.owner):
        return mapping_of(path[-2].owner).nested[path[-2].field][step.field]
    return mapping_of(step.owner).columns.get(step.field)


def _line(shown: str | list[str]) -> str:
    return ", ".join(shown) if isinstance(shown, list) else shown


def _empty(field: str) -> str:
    if field == "when":
        return _("always")
    return _("never") if field in CONDITION_FIELDS else _("empty")


def _after(name: str) -> str:
    return _("after %(name)s") % {"name": name} if name else _("in the first place")


def _items(old: list[str], new: list[str]) -> Iterator[Piece]:
    """The items of two lists in one; an item that has another place comes twice."""
    for action, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if action == "equal":
            yield from (Piece("same", item) for item in old[start:end])
            continue
        yield from (Piece("del", item) for item in old[start:end])
        yield from (Piece("ins", item) for item in new[new_start:new_end])
