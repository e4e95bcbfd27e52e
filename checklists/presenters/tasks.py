"""In which state a task of a plan is, and which is the first to do."""

from checklists.planner import Plan, PlannedTask

from .lines import FIRM


def state_of(task: PlannedTask) -> str:
    if task.done:
        return "done"
    if task.stopped:
        return "stopped"
    if task.status == "provisional":
        return "maybe"
    return "ready" if task.ready else "waiting"


def counts(task: PlannedTask) -> bool:
    """Whether it is one of the tasks that are counted: to be done, and with an end."""
    return task.status in FIRM and not task.ongoing


def first_ready(plan: Plan) -> PlannedTask | None:
    """Of what is ready, the first on the list: the required before the recommended, the reader's before the employer's.

    A duty without an end is none: it would stay the next one for good.
    """
    ready = (task for task in plan.tasks if task.ready and counts(task))
    return min(ready, key=lambda task: (task.status != "required", task.way.procedure.by_employer), default=None)
