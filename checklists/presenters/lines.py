"""What a person has ticked and noted at the lines of their checklist, and where to change it."""

import datetime
from collections.abc import Iterable
from typing import Any

from checklists.access.access import Access
from checklists.models import ChecklistItem
from checklists.planner import Paper, Plan
from checklists.seen import seen_of
from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.catalogue.schema import Document, Procedure, Recurring, Step

from .alternatives import only_alternatives
from .phrases import long_date

DOCUMENT, PROCEDURE, STEP, RECURRING = "document", "procedure", "step", "recurring"
Entry = Document | Procedure | Step | Recurring


class Lines:
    """The rows of one checklist by kind and key."""

    def __init__(self, access: Access, items: Iterable[ChecklistItem]):
        self.items = {(item.kind, item.key): item for item in items}
        self.may_change = access.may_change
        self._tick = _before_kind(access, "tick")
        self._line = _before_kind(access, "item")

    def item(self, kind: str, key: str) -> ChecklistItem | None:
        return self.items.get((kind, key))

    def is_ticked(self, kind: str, key: str) -> bool:
        item = self.item(kind, key)
        return item is not None and item.done

    def tick(self, kind: str, key: str, label: str) -> dict[str, Any]:
        """What ``components/tick.html`` takes; it keeps a newer tick of somebody else from being lost.

        Whoever may only look gets no address.
        """
        item = self.item(kind, key)
        return {
            "id": f"tick-{anchor(kind, key)}",
            "url": f"{self._tick}{kind}/{key}/?seen={seen_of(item)}" if self.may_change else "",
            "done": item is not None and item.done,
            "label": label,
        }

    def note(self, kind: str, key: str, *, date_told: bool = False) -> dict[str, Any]:
        """The note and the date at a line, and where to write them. ``slot`` is where the form opens in place.

        ``date_told``: the line says the date in words of its own.
        """
        item = self.item(kind, key)
        return {
            "url": f"{self._line}{kind}/{key}/" if self.may_change else "",
            "slot": f"note-{anchor(kind, key)}",
            "text": item.note if item else "",
            "date": item.date if item else None,
            "date_told": date_told,
        }


def anchor(kind: str, key: str) -> str:
    """The id of a line on the page."""
    return f"{kind}-{key.replace('/', '--')}"


def papers_of(plan: Plan) -> list[Paper]:
    """The papers that have a line of their own; what is only to be known stands with its task."""
    return [paper for paper in plan.papers if paper.kind != "information"]


def lines_of(access: Access, plan: Plan) -> frozenset[str]:
    """The ids of all tasks, ways, steps and documents on the page of a checklist with this plan, for whoever looks."""
    if DESTINATION in plan.unknown:
        # The page only asks for it.
        return frozenset()
    open_tasks = [task for task in plan.tasks if not task.done]
    ways = {way.key for task in plan.tasks for way in (task.way, *(() if task.done else task.other_ways))}
    steps = (f"{task.way.key}/{step.key}" for task in open_tasks for step in task.way.steps)
    documents = [*(paper.key for paper in papers_of(plan)), *only_alternatives(plan)] if access.shows_documents else []
    return frozenset(
        [
            *(anchor(PROCEDURE, key) for key in ways),
            *(anchor(STEP, key) for key in steps),
            *(anchor(DOCUMENT, key) for key in documents),
        ]
    )


def occurrence(procedure: str, duty: str, day: datetime.date) -> str:
    """The key of the line for one day of a duty that comes again."""
    return f"{procedure}/{duty}/{day.isoformat()}"


def day_of(key: str) -> datetime.date | None:
    """The day of such a line; None for what is no such key."""
    try:
        return datetime.date.fromisoformat(key.rpartition("/")[2])
    except ValueError:
        return None


def entry_of(compiled: CompiledCatalogue, kind: str, key: str) -> Entry | None:
    """What a line is about in this edition; None if the edition does not have it."""
    if kind == DOCUMENT:
        return compiled.documents.get(key)
    name, *rest = key.split("/")
    procedure = compiled.procedures.get(name)
    match kind, rest:
        case "procedure", []:
            return procedure
        case "step", [part] if procedure:
            return next((step for step in procedure.steps if step.key == part), None)
        case "recurring", [part, _day] if procedure and day_of(key):
            return next((duty for duty in procedure.recurring if duty.key == part), None)
    return None


def name_of(compiled: CompiledCatalogue, kind: str, key: str) -> str:
    """What a line is called; its key where the edition no longer has it."""
    entry, day = entry_of(compiled, kind, key), day_of(key)
    match entry:
        case None:
            return key
        case Recurring() if day:
            return f"{entry.text.rstrip('.')} ({long_date(day)})"
        case Step() | Recurring():
            return entry.text
    return entry.name


def _before_kind(access: Access, page: str) -> str:
    """The address of a line up to its kind; a page has hundreds of lines, and resolving each takes its time."""
    return access.url(page, "kind", "key").removesuffix("kind/key/")
