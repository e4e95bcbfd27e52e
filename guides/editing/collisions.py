"""Two changes of one entry, put together field by field. Pure: everything here is raw entries as plain JSON.

What only one of two people changed is taken from that one. Where both changed the same field in two ways, that is a
collision, and somebody has to choose. Parts are matched by what names them (key, value, procedure, document or year),
nameless ones by what they say and then in their order.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from guides.catalogue.problems import NAMES, name_of
from guides.editions.mapping import ModelMapping
from guides.editions.working_copy import fingerprint

Take = Literal["theirs", "mine", "both"]
Raw = dict[str, Any]
# What a field or a part is where it is not there, or where nobody knows what it was.
NOTHING = object()


@dataclass(frozen=True, slots=True)
class Collision:
    """One place that both changed. ``name`` stands for it in a form; ``can_be_both`` where both can be kept."""

    name: str
    can_be_both: bool = False


@dataclass
class Merging:
    """Puts two changes of one entry together.

    ``takes`` says by the name of a collision what to take; where it says nothing, what ``otherwise`` says is taken.
    After ``entry`` was called, ``collisions`` are all that were met, in the order of the page.
    """

    takes: Mapping[str, str] = field(default_factory=dict)
    otherwise: Take = "theirs"
    collisions: list[Collision] = field(default_factory=list)

    def entry(self, mapping: ModelMapping, base: Raw | None, theirs: Raw, mine: Raw) -> Raw:
        """What both say. ``base`` is the entry that both started from; without one, whatever differs collides."""
        return self._entry(mapping, NOTHING if base is None else base, theirs, mine, "")

    @property
    def open(self) -> list[Collision]:
        """The collisions for which nobody has chosen."""
        return [found for found in self.collisions if found.name not in self.takes]

    def _entry(self, mapping: ModelMapping, base: Any, theirs: Raw, mine: Raw, place: str) -> Raw:
        both = {}
        for name in theirs:
            parts, nested = mapping.parts.get(name), mapping.nested.get(name)
            was = NOTHING if base is NOTHING else base.get(name, NOTHING)
            if parts:
                both[name] = self._parts(parts[0], was, theirs[name], mine[name], f"{place}{name}")
            elif nested:
                both[name] = {
                    inner: self._value(
                        NOTHING if was is NOTHING else was.get(inner, NOTHING),
                        theirs[name][inner],
                        mine[name][inner],
                        f"{place}{name}.{inner}",
                    )
                    for inner in nested
                }
            else:
                both[name] = self._value(was, theirs[name], mine[name], f"{place}{name}")
        return both

    def _value(self, base: Any, theirs: Any, mine: Any, name: str) -> Any:
        if mine in (theirs, base):
            return theirs
        if theirs == base:
            return mine
        is_list = isinstance(theirs, list) and isinstance(mine, list)
        take = self._take(Collision(name, can_be_both=is_list))
        if take == "both" and is_list:
            return [*theirs, *(item for item in mine if item not in theirs)]
        return mine if take == "mine" else theirs

    def _parts(self, mapping: ModelMapping, base: Any, theirs: list[Raw], mine: list[Raw], name: str) -> list[Raw]:
        if mine in (theirs, base):
            return theirs
        if theirs == base:
            return mine
        is_new = base is NOTHING
        anchor = theirs if is_new else base
        sides = [dict(zip(identities(anchor, parts), parts, strict=True)) for parts in (anchor, theirs, mine)]
        before = {} if is_new else sides[0]
        kept = {}
        for identity in sides[1] | sides[2]:
            was, their, my = (side.get(identity, NOTHING) for side in (before, *sides[1:]))
            place = f"{name} {identity}"
            if NOTHING in (their, my):
                kept[identity] = self._one_sided(was, their, my, is_new, place)
            else:
                kept[identity] = self._entry(mapping, was, their, my, f"{place} › ")
        order = self._order(list(before), list(sides[1]), list(sides[2]), f"{name}@order")
        return [kept[identity] for identity in order if kept[identity] is not NOTHING]

    def _one_sided(self, was: Any, their: Any, my: Any, is_base_unknown: bool, place: str) -> Any:
        """A part that one of the two has, and the other has not."""
        there = my if their is NOTHING else their
        if was is NOTHING and not is_base_unknown:
            return there
        if was == there:
            return NOTHING
        return my if self._take(Collision(place)) == "mine" else their

    def _order(self, base: list[str], theirs: list[str], mine: list[str], name: str) -> list[str]:
        """The order of whoever changed it. What only the other one has comes after what it followed there."""
        common = set(theirs) & set(mine)
        was, their, my = ([one for one in order if one in common] for order in (base, theirs, mine))
        lead = "theirs"
        if their != my:
            # Where one of them was added by both, nobody knows where it was.
            known = set(was)
            if [one for one in their if one in known] == was != [one for one in my if one in known]:
                lead = "mine"
            elif [one for one in my if one in known] != was or known != common:
                lead = self._take(Collision(name))
        found, other = (list(mine), theirs) if lead == "mine" else (list(theirs), mine)
        for number, one in enumerate(other):
            if one not in found:
                found.insert(found.index(other[number - 1]) + 1 if number else 0, one)
        return found

    def _take(self, collision: Collision) -> str:
        self.collisions.append(collision)
        return self.takes.get(collision.name, self.otherwise)


def identities(anchor: list[Raw], parts: list[Raw]) -> list[str]:
    """What tells each part from its siblings, the same for a part of ``parts`` and the one of ``anchor`` it was."""
    free = {str(number): part for number, part in enumerate(anchor, 1) if not _is_named(part)}
    found: list[str | None] = [name_of(part, 0) if _is_named(part) else None for part in parts]
    for must_be_equal in (True, False):
        for number, part in enumerate(parts):
            match = next((one for one, other in free.items() if not must_be_equal or other == part), None)
            if found[number] is None and match is not None:
                found[number] = match
                del free[match]
    seen: Counter[str] = Counter()
    for number, part in enumerate(parts):
        one = found[number] or f"+{fingerprint(part)[:8]}"
        seen[one] += 1
        found[number] = one if seen[one] == 1 else f"{one} ({seen[one]})"
    return found


def _is_named(part: Raw) -> bool:
    return any(part.get(name) for name in NAMES)
