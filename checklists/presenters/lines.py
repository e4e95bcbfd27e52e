"""What a person has ticked and noted at the lines of their checklist, and where to change it."""

from collections.abc import Iterable
from typing import Any

from checklists.access.access import Access
from checklists.models import ChecklistItem
from checklists.planner import Plan
from checklists.seen import seen_of
from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.catalogue.schema import Document, Procedure, Step

DOCUMENT, PROCEDURE, STEP = "document", "procedure", "step"


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


def lines_of(access: Access, plan: Plan) -> frozenset[str]:
    """The ids of all lines on the page of a checklist with this plan, for whoever looks."""
    if DESTINATION in plan.unknown:
        # The page only asks for it.
        return frozenset()
    steps = (f"{task.key}/{step.key}" for task in plan.procedures if not task.done for step in task.steps)
    papers = plan.documents if access.shows_documents else ()
    return frozenset(
        [
            *(anchor(PROCEDURE, task.key) for task in plan.procedures),
            *(anchor(STEP, key) for key in steps),
            *(anchor(DOCUMENT, paper.key) for paper in papers),
        ]
    )


def entry_of(compiled: CompiledCatalogue, kind: str, key: str) -> Document | Procedure | Step | None:
    """The document, procedure or step of this edition that a line is about; None if the edition does not have it."""
    procedure, _slash, step = key.partition("/")
    if kind == DOCUMENT:
        return compiled.documents.get(key)
    if kind != STEP:
        return compiled.procedures.get(key)
    steps = compiled.procedures[procedure].steps if procedure in compiled.procedures else ()
    return next((entry for entry in steps if entry.key == step), None)


def name_of(compiled: CompiledCatalogue, kind: str, key: str) -> str:
    """What a line is called; its key where the edition no longer has it."""
    entry = entry_of(compiled, kind, key)
    if entry is None:
        return key
    return entry.text if isinstance(entry, Step) else entry.name


def _before_kind(access: Access, page: str) -> str:
    """The address of a line up to its kind; a page has hundreds of lines, and resolving each takes its time."""
    return access.url(page, "kind", "key").removesuffix("kind/key/")
