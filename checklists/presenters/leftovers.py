"""What was ticked or noted and is no longer on the list. It is kept, and comes back with its line."""

from typing import Any

from checklists.models import ChecklistItem

from .lines import DOCUMENT, PROCEDURE, RECURRING, entry_of, name_of
from .planview import PlanView


def leftovers(view: PlanView) -> list[dict[str, Any]]:
    """Rows as {name, done, note, date, url} of ticks and notes whose line the plan no longer has."""
    return [
        {
            "name": name_of(view.compiled, item.kind, item.key),
            "done": item.done,
            "note": item.note,
            "date": item.date,
            "url": _url(view, item),
        }
        for item in view.lines.items.values()
        if (item.done or item.note or item.date) and not _is_in_plan(view, item)
    ]


def _is_in_plan(view: PlanView, item: ChecklistItem) -> bool:
    """Documents of a finished task have no row any more, but they have served their purpose."""
    if item.kind == DOCUMENT:
        return item.key in _papers(view, ticks_only=not (item.note or item.date))
    if item.kind == RECURRING:
        return any(item.key.startswith(f"{series.procedure}/{series.key}/") for series in view.plan.recurring)
    procedure, _slash, step = item.key.partition("/")
    task = view.procedures.get(procedure)
    return task is not None and (item.kind == PROCEDURE or any(step == other.key for other in task.steps))


def _papers(view: PlanView, *, ticks_only: bool) -> set[str]:
    """What has a row; and with ``ticks_only`` what another row stands for, whose tick counts with it."""
    found = {*view.documents} if ticks_only else {*(paper.key for paper in view.papers), *view.only_alternatives}
    for task in view.plan.procedures:
        if task.done:
            found |= set(task.procedure.outputs)
            for requirement in task.procedure.requirements:
                found |= {key for alternative in requirement.alternatives for key in alternative.documents}
    return found


def _url(view: PlanView, item: ChecklistItem) -> str:
    """Where the line is changed; empty if the edition no longer has it."""
    known = entry_of(view.compiled, item.kind, item.key) is not None
    return view.lines.note(item.kind, item.key)["url"] if known else ""
