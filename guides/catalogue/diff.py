"""The difference between two catalogues: complete, and in the catalogue's own words. Pure.

Parts are matched by what names them (key, value, procedure or year). Nameless ones, such as alternatives, are matched
by what they say, and the others in their order.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from .fields import Entry, Keyed
from .problems import NAMES, name_of
from .schema import Catalogue


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step into an entry: a field of ``owner``, and the name of the part or figure where it holds several."""

    owner: type[Entry]
    field: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.field} {self.name}".strip()


Path = tuple[PathStep, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that has another value. A list of words or keys is one value; a figure that is not there is None."""

    path: Path
    old: Any
    new: Any
    kind = "changed"


@dataclass(frozen=True, slots=True)
class Added:
    """A new part. ``after`` names the part before it; empty where it comes first."""

    path: Path
    part: Entry
    after: str
    kind = "added"


@dataclass(frozen=True, slots=True)
class Removed:
    """A part that is gone."""

    path: Path
    part: Entry
    kind = "removed"


@dataclass(frozen=True, slots=True)
class Moved:
    """A part or an entry that has another place among those that stay. ``after`` as in ``Added``."""

    path: Path
    after: str
    kind = "moved"


Change = Changed | Added | Removed | Moved


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry that is in both catalogues and says something else."""

    old: Keyed
    new: Keyed
    changes: tuple[Change, ...]

    @property
    def key(self) -> str:
        return self.new.key


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What differs in one section of the catalogue. ``moved`` tells a changed order of the entries."""

    name: str
    added: tuple[Keyed, ...]
    removed: tuple[Keyed, ...]
    changed: tuple[EntryChange, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two catalogues, by section; false when they are equal."""

    sections: tuple[SectionChange, ...]

    def __bool__(self) -> bool:
        return bool(self.sections)

    def count(self, kind: str) -> int:
        """How many entries are "added", "removed" or "changed"."""
        return sum(len(getattr(section, kind)) for section in self.sections)


def compare(old: Catalogue, new: Catalogue) -> Difference:
    """Everything that leads from one catalogue to the other."""
    names = [name for name in Catalogue.model_fields if getattr(old, name) != getattr(new, name)]
    return Difference(tuple(_section(name, getattr(old, name), getattr(new, name)) for name in names))


def said(entry: Entry, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Everything that an entry says, at every depth, without what is at its default. Lists of words are one value."""
    for field, info in type(entry).model_fields.items():
        value, step = getattr(entry, field), PathStep(type(entry), field)
        if value == info.get_default():
            continue
        if isinstance(value, Entry):
            yield from said(value, (*path, step))
        elif isinstance(value, dict):
            yield from (((*path, PathStep(type(entry), field, name)), figure) for name, figure in value.items())
        elif _holds_parts(value):
            for name, part in zip(_titles(value), value, strict=True):
                yield from said(part, (*path, PathStep(type(entry), field, name)))
        else:
            yield (*path, step), value


@dataclass(frozen=True, slots=True)
class _Alignment[T: Entry]:
    """Two sequences of parts side by side. All names are titles; ``after`` is empty for the first place."""

    pairs: list[tuple[str, T, T]]
    added: list[tuple[str, T, str]]
    removed: list[tuple[str, T]]
    moved: list[tuple[str, str]]


def _section(name: str, old: Sequence[Keyed], new: Sequence[Keyed]) -> SectionChange:
    found = _align(old, new)
    return SectionChange(
        name,
        added=tuple(entry for _, entry, _ in found.added),
        removed=tuple(entry for _, entry in found.removed),
        changed=tuple(
            EntryChange(before, after, tuple(_changes(before, after, ())))
            for _, before, after in found.pairs
            if before != after
        ),
        moved=tuple(Moved((PathStep(Catalogue, name, title),), after) for title, after in found.moved),
    )


def _changes(old: Entry, new: Entry, path: Path) -> Iterator[Change]:
    owner = type(new)
    for field in owner.model_fields:
        before, after = getattr(old, field), getattr(new, field)
        if before == after:
            continue
        if isinstance(after, Entry):
            yield from _changes(before, after, (*path, PathStep(owner, field)))
        elif isinstance(after, dict):
            yield from _figures(before, after, path, owner, field)
        elif _holds_parts(before) or _holds_parts(after):
            yield from _parts(before, after, path, owner, field)
        else:
            yield Changed((*path, PathStep(owner, field)), before, after)


def _figures(old: dict[str, Any], new: dict[str, Any], path: Path, owner: type[Entry], field: str) -> Iterator[Changed]:
    for name in old | new:
        if old.get(name) != new.get(name):
            yield Changed((*path, PathStep(owner, field, name)), old.get(name), new.get(name))


def _parts(old: Sequence[Entry], new: Sequence[Entry], path: Path, owner: type[Entry], field: str) -> Iterator[Change]:
    found = _align(old, new)
    for title, part in found.removed:
        yield Removed((*path, PathStep(owner, field, title)), part)
    for title, before, now in found.pairs:
        yield from _changes(before, now, (*path, PathStep(owner, field, title)))
    for title, part, after in found.added:
        yield Added((*path, PathStep(owner, field, title)), part, after)
    for title, after in found.moved:
        yield Moved((*path, PathStep(owner, field, title)), after)


def _holds_parts(value: Any) -> bool:
    return isinstance(value, tuple) and any(isinstance(item, Entry) for item in value)


def _align[T: Entry](old: Sequence[T], new: Sequence[T]) -> _Alignment[T]:
    partners, titles, old_titles = _partners(old, new), _titles(new), _titles(old)
    staying = sorted(partners)
    moved = _out_of_order([partners[place] for place in staying])
    gone = sorted(set(range(len(old))) - set(partners.values()))
    return _Alignment(
        pairs=[(titles[place], old[partners[place]], new[place]) for place in staying],
        added=[(titles[i], new[i], titles[i - 1] if i else "") for i in range(len(new)) if i not in partners],
        removed=[(old_titles[place], old[place]) for place in gone],
        moved=[
            (titles[place], titles[staying[rank - 1]] if rank else "")
            for rank, place in enumerate(staying)
            if partners[place] in moved
        ],
    )


def _partners(old: Sequence[Entry], new: Sequence[Entry]) -> dict[int, int]:
    """The place in ``old`` of every part of ``new`` that was there before, by its place in ``new``."""
    old_titles, new_titles = _titles(old), _titles(new)
    places = {old_titles[place]: place for place in range(len(old)) if _is_named(old[place])}
    named = [place for place in range(len(new)) if _is_named(new[place])]
    partners = {place: places[new_titles[place]] for place in named if new_titles[place] in places}
    left = [place for place in range(len(old)) if not _is_named(old[place])]
    right = [place for place in range(len(new)) if not _is_named(new[place])]
    for must_be_equal in (True, False):
        for place in list(right):
            match = next((before for before in left if not must_be_equal or old[before] == new[place]), None)
            if match is not None:
                partners[place] = match
                left.remove(match)
                right.remove(place)
    return partners


def _is_named(part: Entry) -> bool:
    return any(getattr(part, name, None) for name in NAMES)


def _titles(parts: Sequence[Entry]) -> list[str]:
    """What to call each part: its name or its number. A name that returns is numbered from the second time on."""
    titles: list[str] = []
    seen: Counter[str] = Counter()
    for number, part in enumerate(parts, 1):
        name = name_of(part, number)
        seen[name] += 1
        titles.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return titles


def _out_of_order(places: list[int]) -> set[int]:
    """Those of these different numbers that have to go elsewhere so that all are ascending."""
    blocks = SequenceMatcher(None, sorted(places), places, autojunk=False).get_matching_blocks()
    return set(places) - {places[block.b + offset] for block in blocks for offset in range(block.size)}
