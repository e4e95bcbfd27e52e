"""What a parsed condition or date expression is made of: frozen, hashable nodes, each naming its answer key."""

import datetime
from dataclasses import dataclass
from typing import Literal

Comparison = Literal["<", "<=", ">", ">=", "=="]


@dataclass(frozen=True, slots=True)
class Always:
    """True or false whatever the answers are; the empty condition is ``Always(True)``."""

    value: bool = True


@dataclass(frozen=True, slots=True)
class OneOf:
    """A single answer (choice or country) that is one of ``values``."""

    key: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """An answer list (choices, countries, documents) that holds at least one of ``values``."""

    key: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Yes:
    """A yes/no answer that is yes."""

    key: str


@dataclass(frozen=True, slots=True)
class Amount:
    """An integer answer compared with ``number``."""

    key: str
    operator: Comparison
    number: int


@dataclass(frozen=True, slots=True)
class Dated:
    """A date answer compared with a date expression."""

    key: str
    operator: Comparison
    date: "DateNode"


@dataclass(frozen=True, slots=True)
class Named:
    """A term: a condition with a name."""

    name: str
    condition: "Node"


@dataclass(frozen=True, slots=True)
class Not:
    part: "Node"


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple["Node", ...]


Atom = OneOf | AnyOf | Yes | Amount | Dated
Node = Always | Atom | Named | Not | And | Or


@dataclass(frozen=True, slots=True)
class Span:
    """A length of calendar time, added field by field; months clip to the end of the month."""

    years: int = 0
    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    value: datetime.date


@dataclass(frozen=True, slots=True)
class Today:
    pass


@dataclass(frozen=True, slots=True)
class AnswerDay:
    key: str


@dataclass(frozen=True, slots=True)
class Finish:
    """The day a procedure is finished, known to the planner only."""

    procedure: str


@dataclass(frozen=True, slots=True)
class FirstOfMonth:
    """The first day of the month in which a day lies."""

    date: "DateNode"


@dataclass(frozen=True, slots=True)
class Plus:
    date: "DateNode"
    span: Span
    sign: Literal[1, -1]


@dataclass(frozen=True, slots=True)
class PlusByYear:
    """``date`` plus the span that a yearly parameter gives for the year that is reached."""

    date: "DateNode"
    parameter: str
    column: str


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest of several dates; with ``known_only`` the undecided ones are left out."""

    dates: tuple["DateNode", ...]
    known_only: bool = False


DateNode = Day | Today | AnswerDay | Finish | FirstOfMonth | Plus | PlusByYear | Latest
