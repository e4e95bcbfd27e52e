from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one table. ``done``: about others, with no more than that it was this person who did it.

    Each row is {column: JSON value}, in the order of ``columns``, which is {column: its name in words}.
    """

    table: str
    title: str
    done: bool
    columns: dict[str, str]
    rows: list[dict[str, Any]]
