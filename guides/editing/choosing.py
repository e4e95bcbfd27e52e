"""Where two changes of an entry collide, in the words of the admin; and what somebody chose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from guides.catalogue.schema import Catalogue
from guides.editions.mapping import ModelMapping, sections

from .collisions import Merging
from .difference import EntryRow, Row, difference_of

# Begins the names of the fields by which somebody chooses.
TAKE = "_take:"
MOST_PLACES = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """One collision to decide. ``rows`` lead from what is stored now to what was sent; ``was`` is what both found."""

    name: str
    place: str
    rows: tuple[Row, ...]
    was: str
    can_be_both: bool
    taken: str


def takes_in(post: Mapping[str, str]) -> dict[str, str]:
    """What was chosen, by the name of the collision."""
    return {
        name.removeprefix(TAKE): post[name]
        for name in post
        if name.startswith(TAKE) and post[name] in ("theirs", "mine", "both")
    }


def choices_of(merging: Merging, mapping: ModelMapping, base: Any, theirs: Any, mine: Any) -> Iterator[Choice]:
    """Each collision with both sides of it. All entries are plain raw ones; ``base`` may be None."""
    before = {row.place: row.old for row in told_between(mapping, base, mine).rows} if base else {}
    stored = Merging().entry(mapping, base, theirs, mine)
    for found in merging.collisions:
        sent = Merging({found.name: "mine"}).entry(mapping, base, theirs, mine)
        rows = told_between(mapping, stored, sent).rows
        place = capfirst(rows[0].place) if rows else found.name
        was = before.get(rows[0].place, "") if rows else ""
        yield Choice(f"{TAKE}{found.name}", place, rows, was, found.can_be_both, merging.takes.get(found.name, ""))


def places_between(mapping: ModelMapping, old: dict[str, Any], new: dict[str, Any]) -> str:
    """The places at which two raw entries differ, in words."""
    places = [capfirst(row.place) for row in told_between(mapping, old, new).rows]
    if len(places) > MOST_PLACES:
        places = [*places[:MOST_PLACES], _("and %(count)d more") % {"count": len(places) - MOST_PLACES}]
    return "; ".join(places)


def told_between(mapping: ModelMapping, old: dict[str, Any] | None, new: dict[str, Any] | None) -> EntryRow:
    """What leads from one raw entry to the other, in the words of the page that compares editions."""
    section = next(name for name, known in sections().items() if known is mapping)
    before, after = (
        Catalogue.model_construct(**{section: (mapping.entry_as_is(raw),) if raw else ()}) for raw in (old, new)
    )
    found = difference_of(before, after)
    return found[0].entries[0] if found else EntryRow("", "", "", "changed")
