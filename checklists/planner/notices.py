"""What the planner itself has to say about a procedure: loops without a way out, and too little time."""

from dataclasses import dataclass, field
from typing import Any

from .schedule import Dates

# Message ids: whoever shows a notice translates the text and then fills in the values.
TEXTS = {
    "loop": "This cannot be started: {procedures} wait for each other, and no alternative applies. Ask the office.",
    "late": "The last day to start it was {latest}. The first day on which it can be started is {earliest}.",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """``kind`` is a key of TEXTS; ``values`` fill its text (procedure keys, dates)."""

    kind: str
    values: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def text(self) -> str:
        filled = {name: ", ".join(value) if isinstance(value, tuple) else value for name, value in self.values.items()}
        return TEXTS[self.kind].format(**filled)


def notices_for(key: str, dates: Dates, loops: list[tuple[str, ...]], *, done: bool) -> tuple[Notice, ...]:
    found = [Notice("loop", {"procedures": loop}) for loop in loops if key in loop]
    if not done and dates.sets_late:
        found.append(Notice("late", {"latest": dates.latest, "earliest": dates.earliest}))
    return tuple(found)
