"""What a person sees of it all: what there is to reach, and what must be said first."""

from typing import Literal

from pydantic import Field

from ..fields import Condition, DateExpression, Key, Keyed, Phase

AlertKind = Literal["danger", "late", "conflict", "not_covered", "notice"]


class Task(Keyed):
    """One thing to reach, whichever way is taken: ``ways`` are procedures, of which one is enough.

    It reaches what all its ways give (``Procedure.outputs``). A procedure may be a way of several tasks: one visit for
    three numbers. A procedure that is a way of none is a task of its own, under its own key and name.
    """

    country: Key
    name: str
    local_name: str = ""
    ways: tuple[Key, ...] = Field(min_length=1)


class Pointer(Keyed):
    """What people should also think of: something beside the move itself, told in a few sentences. It is no task.

    ``when`` says who is shown it, empty means everybody who moves there; ``phase`` is when to think of it.
    """

    country: Key
    name: str
    local_name: str = ""
    text: str
    phase: Phase
    order: int = 0
    when: Condition = ""
    links: tuple[Key, ...] = ()
    facts: tuple[Key, ...] = ()


class Alert(Keyed):
    """Something that must be read first by those for whom ``when`` holds.

    ``danger``: the right to stay or to work is lost or about to be. ``late``: a day has passed, the right still stands.
    ``conflict``: answers that cannot all be true; with ``impossible`` they are refused. ``not_covered``: the catalogue
    does not describe this case. ``notice``: something dated that everybody in this case should know.

    ``about`` are keys of questions, procedures or documents. ``text``, ``cost`` (what it can cost) and ``action`` (what
    to do now) may hold ``{answer_key}``, the answer in words, and ``{date}``. ``stops`` are procedures that cannot be
    started, and for which no day is counted, while it holds.
    """

    country: Key | None = None
    kind: AlertKind
    order: int = 0
    when: Condition = Field(min_length=1)
    about: tuple[str, ...] = ()
    text: str
    cost: str = ""
    action: str = ""
    date: DateExpression = ""
    impossible: bool = False
    stops: tuple[Key, ...] = ()
    facts: tuple[Key, ...] = ()
