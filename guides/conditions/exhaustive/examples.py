"""The smallest answers that show something, in the form in which people send them."""

import datetime
from collections.abc import Mapping
from typing import Any

from ..answers import read_answers
from ..evaluate import judge
from ..tree import Node
from .diagrams import Function, all_of, cheapest
from .marks import TODAY, Mark, bounds, day_of, is_before
from .questions import Assignment, ManyValues, Scale
from .space import Space

ANOTHER_QUESTION = 1000
# How many combinations that no calendar has are passed over before nothing is shown.
TRIES = 50
DAY = datetime.timedelta(days=1)
Days = dict[str, datetime.date]
# The marks of each key by the names of their variables.
Scales = Mapping[str, Mapping[str, Mark]]


def find(
    space: Space,
    *claims: tuple[Node, bool],
    today: datetime.date,
    also: Function | None = None,
) -> dict[str, Any] | None:
    """The fewest answers, raw as ``read_answers`` takes them, for which every claim about a condition holds.

    The ordinary evaluator confirms each claim; questions whose answers do not matter stay unanswered. ``also`` must
    hold besides. None where nobody can answer so.
    """
    return _Search(space, claims, today).find(space.manager.true if also is None else also)


class _Search:
    """Looks for answers on the day ``today`` for which all ``claims`` (a condition and its truth) hold."""

    def __init__(self, space: Space, claims: tuple[tuple[Node, bool], ...], today: datetime.date):
        self.space, self.claims, self.today = space, claims, today
        self.listed = {
            name for question in space.questions.values() if isinstance(question, ManyValues) for name in question.names
        }

    def find(self, also: Function) -> dict[str, Any] | None:
        """Raw answers for which ``also`` holds too, or None."""
        space = self.space
        wanted = also & space.possible
        wanted &= all_of(space.manager, (space.truths(node)[0 if truth else 1] for node, truth in self.claims))
        for _ in range(TRIES):
            chosen = cheapest(space.manager, wanted, self._price)
            if chosen is None:
                return None
            raw = self._answers(chosen)
            if raw is not None and self._is_confirmed(raw):
                return raw
            wanted &= ~space.manager.cube(chosen)
        return None

    def _price(self, variable: str) -> int:
        """Questions count most; of the rest, lists with fewer values are better."""
        return ANOTHER_QUESTION if variable.endswith(" answered") else int(variable in self.listed)

    def _answers(self, chosen: Assignment) -> dict[str, Any] | None:
        vocabulary = self.space.vocabulary
        answered = [key for key in vocabulary.questions if chosen.get(f"{key} answered")]
        scales = {key: self.space.scales[key].marks for key in answered if vocabulary.questions[key].kind == "date"}
        days = fitting_days(scales, chosen, self.today)
        if days is None:
            return None
        raw = {key: days[key].isoformat() if key in days else self._answer(key, chosen) for key in answered}
        return None if None in raw.values() else raw

    def _answer(self, key: str, chosen: Assignment) -> Any:
        question = self.space.questions[key]
        if isinstance(question, Scale):
            return fitting_number(question.marks, chosen, *self.space.bounds(key, None))
        return question.answer(chosen)

    def _is_confirmed(self, raw: dict[str, Any]) -> bool:
        answers, problems = read_answers(raw, self.space.vocabulary, today=self.today)
        if problems:
            return False
        answers["today"] = self.today
        return all(judge(node, answers) is truth for node, truth in self.claims)


def fitting_number(marks: Mapping[str, Mark], chosen: Assignment, low: float, high: float) -> int | None:
    """The least number, of those beside a mark, that lies on the chosen side of every mark."""
    beside = {number for mark in marks.values() for number in (mark.days - 1, mark.days)}
    for number in sorted({int(max(low, 0)), *beside}):
        if low <= number <= high and all(
            chosen.get(name, number < mark.days) == (number < mark.days) for name, mark in marks.items()
        ):
            return number
    return None


def fitting_days(scales: Scales, chosen: Assignment, today: datetime.date, found: Days | None = None) -> Days | None:
    """A day for each key, on the chosen sides of the marks of its scale; None where no days fit."""
    found = found or {}
    if len(found) == len(scales):
        return found
    key = list(scales)[len(found)]
    for day in _candidates(key, scales, today, found):
        more = {**found, key: day}
        if _fit(more, scales, chosen, today) and (days := fitting_days(scales, chosen, today, more)) is not None:
            return days
    return None


def _candidates(key: str, scales: Scales, today: datetime.date, found: Days) -> list[datetime.date]:
    """Today, and the days beside every mark of this key or counted from it, nearest first."""
    known = {**found, TODAY: today}
    near = {today}
    for other, marks in scales.items():
        for mark in marks.values():
            day = day_of(mark, known.get(mark.base, today) if mark.base else None)
            if day and (other == key or mark.base == key):
                # Counted from this key, what lies as far on the other side of today is of interest.
                middle = today - (day - today) if mark.base == key else day
                near |= {middle - DAY, middle, middle + DAY}
    return sorted(near, key=lambda day: (abs(day - today), day))


def _fit(found: Days, scales: Scales, chosen: Assignment, today: datetime.date) -> bool:
    known = {**found, TODAY: today}
    for key, day in found.items():
        for base, base_day in known.items():
            least, most = bounds(key, base)
            if not least <= (day - base_day).days <= most:
                return False
        earliest, latest = bounds(key, None)
        if not earliest <= day.toordinal() <= latest:
            return False
    return all(
        is_before(found[key], mark, known) == chosen[name]
        for key in found
        for name, mark in scales[key].items()
        if name in chosen and (mark.base is None or mark.base in known)
    )
