"""In which state a task of a plan is."""

from checklists.planner import PlannedTask


def state_of(task: PlannedTask) -> str:
    if task.done:
        return "done"
    if task.stopped:
        return "stopped"
    if task.status == "provisional":
        return "maybe"
    return "ready" if task.ready else "waiting"
