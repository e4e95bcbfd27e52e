"""The answers to one question as boolean variables.

Values that no condition tells apart share a variable, so that 249 countries become the few groups that matter. Each
question says which combinations of its variables ``read_answers`` accepts, and which the questionnaire offers besides.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from ..answers import Answers
from .diagrams import BDD, Function, all_of, any_of
from .marks import Mark, is_before

NONE = "none"
Assignment = Mapping[str, bool]
# A mark, and where the answer lies before it.
Sided = tuple[Mark, Function]
# How far an answer can lie from a base: at least, at most.
Bounds = Callable[[str | None], tuple[float, float]]


def groups_of(values: Iterable[str], told_apart: Iterable[Collection[str]]) -> list[tuple[str, ...]]:
    """The values, grouped by which of the sets in ``told_apart`` they belong to, in their order."""
    sets = list(told_apart)
    groups: dict[tuple[bool, ...], list[str]] = {}
    for value in values:
        groups.setdefault(tuple(value in known for known in sets), []).append(value)
    return [tuple(group) for group in groups.values()]


class YesNo:
    """One variable."""

    def __init__(self, manager: BDD, key: str):
        self.name = f"{key}?"
        manager.declare(self.name)
        self.yes = manager.var(self.name)
        self.accepted = self.offered = manager.true

    def answer(self, chosen: Assignment) -> bool:
        return chosen.get(self.name, False)

    def variables(self, answer: bool, answers: Answers) -> dict[str, bool]:
        return {self.name: answer}


class OneValue:
    """A single answer: the number of its group in binary digits; the numbers left over mean the last group."""

    def __init__(self, manager: BDD, key: str, groups: Sequence[tuple[str, ...]]):
        self.manager, self.groups = manager, groups
        self.digits = [f"{key}#{digit}" for digit in range(max(len(groups) - 1, 0).bit_length())]
        manager.declare(*self.digits)
        codes = [self._code(number) for number in range(len(groups) - 1)]
        self.cases = [*codes, ~any_of(manager, codes)]
        self.accepted = self.offered = manager.true

    def has(self, values: Collection[str]) -> Function:
        return any_of(self.manager, (case for _, case in self.each(values)))

    def each(self, values: Collection[str]) -> list[tuple[tuple[str, ...], Function]]:
        """The groups inside ``values``, and where each is the answer."""
        pairs = zip(self.groups, self.cases, strict=False)
        return [(group, case) for group, case in pairs if group[0] in values]

    def answer(self, chosen: Assignment) -> str:
        number = sum(chosen.get(name, False) << digit for digit, name in enumerate(self.digits))
        return self.groups[min(number, len(self.groups) - 1)][0]

    def variables(self, answer: str, answers: Answers) -> dict[str, bool]:
        number = next(number for number, group in enumerate(self.groups) if answer in group)
        return {name: bool(number >> digit & 1) for digit, name in enumerate(self.digits)}

    def _code(self, number: int) -> Function:
        digits = (self.manager.var(name) for name in self.digits)
        return all_of(self.manager, (bit if number >> digit & 1 else ~bit for digit, bit in enumerate(digits)))


class ManyValues:
    """A list: one variable for each group, true if the list holds any of it. "none" excludes the others."""

    def __init__(self, manager: BDD, key: str, groups: Sequence[tuple[str, ...]], *, may_be_empty: bool):
        self.manager, self.groups = manager, groups
        self.names = {f"{key}.{group[0]}": group[0] for group in groups}
        manager.declare(*self.names)
        self.cases = {value: manager.var(name) for name, value in self.names.items()}
        others = [case for value, case in self.cases.items() if value != NONE]
        self.offered = manager.true if may_be_empty else any_of(manager, self.cases.values())
        self.accepted = ~self.cases[NONE] | ~any_of(manager, others) if NONE in self.cases else manager.true

    def has(self, values: Collection[str]) -> Function:
        return any_of(self.manager, (case for _, case in self.each(values)))

    def each(self, values: Collection[str]) -> list[tuple[tuple[str, ...], Function]]:
        """The groups inside ``values``, and where the list holds any of each."""
        return [(group, self.cases[group[0]]) for group in self.groups if group[0] in values]

    def answer(self, chosen: Assignment) -> list[str]:
        return sorted(value for name, value in self.names.items() if chosen.get(name))

    def variables(self, answer: frozenset[str], answers: Answers) -> dict[str, bool]:
        return {name: not answer.isdisjoint(group) for name, group in zip(self.names, self.groups, strict=True)}


class Scale:
    """A number or a day: one variable for each mark, true if the answer lies before it.

    ``bounds`` tells how far from the base of a mark the answer can lie (None for the number itself).
    """

    def __init__(self, manager: BDD, key: str, marks: Iterable[Mark], bounds: Bounds):
        self.marks: dict[str, Mark] = {}
        self.sides: dict[Mark, Function] = {}
        for mark in sorted(marks, key=lambda mark: (mark.base or "", mark.least, mark.most)):
            least, most = bounds(mark.base)
            if mark.most <= least:
                self.sides[mark] = manager.false
            elif mark.least > most:
                self.sides[mark] = manager.true
            else:
                name = f"{key}<{mark.base or ''}{mark.spans or ''}{mark.days:+}"
                manager.declare(name)
                self.marks[name], self.sides[mark] = mark, manager.var(name)
        self.offered = manager.true
        self.accepted = all_of(manager, in_order(self.marks_and_sides(), self.marks_and_sides()))

    def marks_and_sides(self) -> list[Sided]:
        return [(mark, self.sides[mark]) for mark in self.marks.values()]

    def before(self, mark: Mark) -> Function:
        return self.sides[mark]

    def variables(self, answer: int | datetime.date, answers: Answers) -> dict[str, bool]:
        if isinstance(answer, int):
            return {name: answer < mark.days for name, mark in self.marks.items()}
        return {name: is_before(answer, mark, answers) for name, mark in self.marks.items()}


def in_order(earlier: Sequence[Sided], later: Sequence[Sided]) -> Iterable[Function]:
    """Whose day is before a mark is before every later mark of the same base."""
    for first, before_first in earlier:
        for second, before_second in later:
            if first.base == second.base and first.is_before_or_at(second):
                yield ~before_first | before_second
