"""The shape of a plan as the API and the ``plan`` command give it (see ``checklists.planner.as_json``)."""

import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from checklists.planner.documents import PaperStatus
from checklists.planner.papers import PaperKind
from checklists.planner.recurring import SHOWN
from checklists.planner.selection import Status
from checklists.planner.tasks import Phase
from guides.catalogue.fields import DeadlineKind
from guides.catalogue.schema import AlertKind

Day = datetime.date | None
Window = Annotated[tuple[Day, Day], Field(description="First and last day on which it is young enough")]


class Shape(BaseModel):
    """Base of everything in a plan: what is not announced is not sent."""

    model_config = ConfigDict(extra="forbid")


class DatedDeadline(Shape):
    key: str
    date: Day
    kind: DeadlineKind
    text: str


class Warning(Shape):
    key: str
    text: str
    facts: list[str]


class ProcedureLine(Shape):
    """Something to do at an office. ``depends_on`` come before it; ``earliest`` and ``latest`` are days to start."""

    key: str
    status: Status
    depends_on: list[str]
    done: bool
    earliest: Day
    latest: Day
    why: list[str]
    deadlines: list[DatedDeadline]
    warnings: list[Warning]


class DocumentLine(Shape):
    """A document that the procedures in ``for`` ask for, each in its own words; ``papers`` has them put together."""

    key: str
    asked_for_by: list[str] = Field(alias="for")
    status: PaperStatus
    group: str | None = Field(description="Of several with the same group, one is enough")
    in_hand: bool
    obtained_from: str | None = Field(description="The procedure that gives it")
    use_between: Window
    why: list[str]
    facts: list[str]


class ReadyBy(Shape):
    """The day on which everything required can be done; without one, ``why_not`` says why."""

    date: Day
    why_not: str


class AlertLine(Shape):
    """Something to be read first. ``about`` are keys of questions, procedures or documents."""

    key: str
    kind: AlertKind
    about: list[str]
    text: str
    cost: str = Field(description="What it can cost")
    action: str = Field(description="What to do now")
    date: Day
    facts: list[str]


class TaskLine(Shape):
    """One thing to reach. ``way`` is the procedure that suits this person best, ``other_ways`` do as well."""

    key: str
    status: Status
    done: bool
    phase: Phase
    way: str
    other_ways: list[str]
    depends_on: list[str] = Field(description="Tasks that come before it")
    target: Day = Field(description="The day to aim at")
    latest: Day
    duration_known: bool


class PaperLine(Shape):
    """One thing to hold in the hand, or to know; it is good for every document in ``covers``."""

    key: str
    kind: PaperKind
    covers: list[str]
    tasks: list[str]
    status: PaperStatus
    in_hand: bool
    obtained_from: str | None = Field(description="The task that gives it")
    use_between: Window


class Series(Shape):
    """A duty that comes again."""

    key: str
    procedure: str
    text: str
    next: list[datetime.date] = Field(description="Its next days, at most four", max_length=SHOWN)
    facts: list[str]


class PointerLine(Shape):
    """What to think of as well. It is no task."""

    key: str
    phase: Phase
    text: str


class Plan(Shape):
    """What one person must do. ``unknown`` are the answers that could still change it, most useful first."""

    edition: int
    unknown: list[str]
    alerts: list[AlertLine]
    ready_by: ReadyBy
    tasks: list[TaskLine]
    papers: list[PaperLine]
    recurring: list[Series]
    pointers: list[PointerLine]
    procedures: list[ProcedureLine]
    documents: list[DocumentLine]
