"""The page of one task: what to do by when, what to bring, and the rest folded."""

from typing import Any

from checklists.planner import PlannedTask

from .planview import PlanView


def task_page(view: PlanView, task: PlannedTask) -> dict[str, Any]:
    """What ``checklists/task.html`` takes."""
    return {"task": {"name": task.name, "local_name": task.local_name, "lang": view.language_of(task.way.procedure)}}
