"""Publishing all but a few entries: the working copy, with those as they are published."""

from collections.abc import Collection, Sequence

from guides.catalogue.diff import compare
from guides.catalogue.schema import Catalogue, Entry

# Section and key of an entry, as the publish page sends them: "procedures nie".
Place = str


def place_of(section: str, key: str) -> Place:
    return f"{section} {key}"


def places_in(old: Catalogue, new: Catalogue) -> list[Place]:
    """The entries that can be held back: those that ``new`` adds, changes or takes away."""
    return [
        place_of(section.name, entry.key)
        for section in compare(old, new).sections
        for entry in (*section.added, *section.changed, *section.removed)
    ]


def without(draft: Catalogue, published: Catalogue, held: Collection[Place]) -> Catalogue:
    """The draft with the held entries as they are published: new ones are left out, deleted ones stay."""
    sections = {place.partition(" ")[0] for place in held}
    changes = {
        name: _section(name, getattr(draft, name), getattr(published, name), held)
        for name in Catalogue.model_fields
        if name in sections
    }
    return draft.model_copy(update=changes)


def _section(
    name: str, draft: Sequence[Entry], published: Sequence[Entry], held: Collection[Place]
) -> tuple[Entry, ...]:
    was = {entry.key: entry for entry in published}
    drafted = {entry.key for entry in draft}
    kept = [
        was[entry.key] if place_of(name, entry.key) in held else entry
        for entry in draft
        if place_of(name, entry.key) not in held or entry.key in was
    ]
    # What was deleted goes back behind the entry that it stood behind.
    before = None
    for entry in published:
        if entry.key not in drafted and place_of(name, entry.key) in held:
            place = next((number for number, other in enumerate(kept, 1) if other.key == before), 0)
            kept.insert(place, entry)
        before = entry.key
    return tuple(kept)
