"""Two changes of one entry, put together field by field. Pure: everything here is raw entries as plain JSON.

What only one of two people changed is taken from that one. Where both changed the same field in two ways, that is a
collision, and somebody has to choose. Parts are matched by what names them (key, value, procedure, document or year),
nameless ones by what they say and then in their order.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from guides.catalogue.problems import NAMES, name_of
from guides.editions.mapping import ModelMapping

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
        sides = _sides([] if base is NOTHING else base, theirs, mine)
        order = self._order(sides, base is NOTHING, name)
        kept = {}
        for identity, (was, their, my) in sides.items():
            place = f"{name} {identity}"
            if their is not NOTHING and my is not NOTHING:
                kept[identity] = self._entry(mapping, was, their, my, f"{place}/")
            else:
                kept[identity] = self._one_sided(was, their, my, base is NOTHING, place)
        return [kept[identity] for identity in order if kept[identity] is not NOTHING]

    def _one_sided(self, was: Any, their: Any, my: Any, is_base_unknown: bool, place: str) -> Any:
        """A part that one of the two has, and the other has not."""
        there = my if their is NOTHING else their
        if was is NOTHING and not is_base_unknown:
            return there
        if was == there:
            return NOTHING
        return my if self._take(Collision(place)) == "mine" else their

    def _order(self, sides: Mapping[str, tuple], is_base_unknown: bool, name: str) -> list[str]:
        """The order of the parts: of the one who changed it; what only the other has comes after what it followed."""
        theirs, mine = (_ranked(sides, side) for side in (1, 2))
        common = set(theirs) & set(mine)
        was = [identity for identity in _ranked(sides, 0) if identity in common]
        of_theirs, of_mine = ([identity for identity in order if identity in common] for order in (theirs, mine))
        known = [identity for identity in of_theirs if identity in was]
        lead = "theirs"
        if of_theirs != of_mine:
            if not is_base_unknown and known == was:
                lead = "mine"
            elif is_base_unknown or [identity for identity in of_mine if identity in was] != was:
                lead = self._take(Collision(f"{name}@order"))
        first, second = (mine, theirs) if lead == "mine" else (theirs, mine)
        found = list(first)
        for number, identity in enumerate(second):
            if identity not in found:
                found.insert(found.index(second[number - 1]) + 1 if number else 0, identity)
        return found

    def _take(self, collision: Collision) -> str:
        self.collisions.append(collision)
        return self.takes.get(collision.name, self.otherwise)


def _ranked(sides: Mapping[str, tuple], side: int) -> list[str]:
    """The identities of the parts that this side has, in its order."""
    there = {identity: parts[side] for identity, parts in sides.items() if parts[side] is not NOTHING}
    return sorted(there, key=lambda identity: there[identity].place)
