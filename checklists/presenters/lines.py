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

from .alternatives import told_at
from .phrases import long_date

DOCUMENT, PROCEDURE, STEP, RECURRING = "document", "procedure", "step", "recurring"
FIRM = ("required", "recommended")
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

    def note(self, kind: str, key: str) -> dict[str, Any]:
        """The note and the date at a line, and where to write them. ``slot`` is where the form opens in place."""
        item = self.item(kind, key)
        return {
            "url": f"{self._line}{kind}/{key}/" if self.may_change else "",
            "slot": f"note-{anchor(kind, key)}",
            "text": item.note if item else "",
            "date": item.date if item else None,
        }


def anchor(kind: str, key: str) -> str:
    """The id of a line on the page."""
    return f"{kind}-{key.replace('/', '--')}"


def papers_of(plan: Plan) -> list[Paper]:
    """The papers that have a line of their own; what is only to be known stands with its task."""
    return [paper for paper in plan.papers if paper.kind != "information"]


def is_certain(plan: Plan) -> bool:
    """Whether anything surely applies, so that there is a list to show; otherwise the page only asks."""
    return DESTINATION not in plan.unknown and (not plan.unknown or any(task.status in FIRM for task in plan.tasks))


def lines_of(access: Access, plan: Plan) -> dict[str, str]:
    """Where whoever looks finds each line, by its id: the address from that of the list, empty for none.

    Tasks and papers are rows of the list. Ways, steps and what does as well as a paper stand on their own pages.
    """
    if not is_certain(plan):
        return {}
    found: dict[str, str] = {}
    # A way to several tasks is ticked at the first of them.
    for task in reversed(plan.tasks):
        page = f"tasks/{task.key}/"
        inside = [anchor(STEP, f"{task.way.key}/{step.key}") for step in task.way.steps]
        inside += [anchor(PROCEDURE, way.key) for way in task.other_ways]
        found |= {line: f"{page}#{line}" for line in (() if task.done else inside)}
    found |= {line: f"#{line}" for line in (anchor(PROCEDURE, task.way.key) for task in plan.tasks)}
    if access.shows_documents:
        for key, paper in told_at(plan).items():
            page = f"tasks/{paper.tasks[0]}/" if paper.kind == "information" else f"papers/{paper.key}/"
            found[anchor(DOCUMENT, key)] = f"{page}#{anchor(DOCUMENT, key)}"
        found |= {line: f"#{line}" for line in (anchor(DOCUMENT, paper.key) for paper in papers_of(plan))}
    return found


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
