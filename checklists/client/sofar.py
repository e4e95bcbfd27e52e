"""What a plan holds, in short: beside a question, and as the effect of a changed answer."""

from dataclasses import dataclass

from checklists.planner import Plan
from checklists.presenters.alerts import title_of
from checklists.presenters.lines import papers_of
from checklists.presenters.phrases import series, shortened

MOST_NAMES = 6


@dataclass(frozen=True, slots=True)
class SoFar:
    """``sure`` and ``maybe``: names of tasks; ``documents``: how many papers to collect.

    ``settled`` and ``ruled_out``: what the last answer made certain and what it took away.
    """

    sure: list[str]
    maybe: list[str]
    documents: int
    settled: list[str]
    ruled_out: list[str]

    @property
    def settled_names(self) -> str:
        return series(self.settled, MOST_NAMES)

    @property
    def ruled_out_names(self) -> str:
        return series(self.ruled_out, MOST_NAMES)


def plan_so_far(plan: Plan, before: Plan | None = None) -> SoFar:
    """``before`` is the plan without the last answer, or None if there is none to compare with."""
    sure = _sure(plan)
    settled, ruled_out = [], []
    if before is not None:
        earlier, now = _sure(before), _tasks(plan)
        settled = [name for key, name in sure.items() if key not in earlier]
        ruled_out = [name for key, (name, _firm) in _tasks(before).items() if key not in now]
    return SoFar(
        sure=list(sure.values()),
        maybe=[task.name for task in plan.tasks if task.status == "provisional" and not task.done],
        documents=sum(1 for p in papers_of(plan) if not p.in_hand and p.status in ("required", "one_of")),
        settled=settled,
        ruled_out=ruled_out,
    )


def _sure(plan: Plan) -> dict[str, str]:
    return {task.key: task.name for task in plan.tasks if task.status in ("required", "recommended") and not task.done}


@dataclass(frozen=True, slots=True)
class Effect:
    """Names of tasks and papers that a change adds to a plan, and that it takes away.

    ``ready`` are tasks that can be done now and could not before, ``freed`` those that nothing stops any more;
    ``warnings`` and ``warnings_gone`` are alerts in short.
    """

    added: list[str]
    removed: list[str]
    documents_added: list[str]
    documents_removed: list[str]
    ready: list[str]
    freed: list[str]
    warnings: list[str]
    warnings_gone: list[str]

    @property
    def changes_nothing(self) -> bool:
        return not any(getattr(self, name) for name in self.__slots__)


def effect_of(before: Plan, after: Plan) -> Effect:
    """What is different in ``after``, by name, each in plan order. A line that becomes necessary counts as added."""
    old, new = _tasks(before), _tasks(after)
    old_papers, new_papers = _papers(before), _papers(after)
    was = {task.key: task for task in before.tasks}
    both = [(was[task.key], task) for task in after.tasks if task.key in was]
    return Effect(
        added=_gained(old, new),
        removed=_gained(new, old),
        documents_added=_gained(old_papers, new_papers),
        documents_removed=_gained(new_papers, old_papers),
        ready=[task.name for earlier, task in both if task.ready and not earlier.ready],
        freed=[task.name for earlier, task in both if earlier.stopped and not (task.stopped or task.ready)],
        warnings=_new_alerts(before, after),
        warnings_gone=_new_alerts(after, before),
    )


def _new_alerts(old: Plan, new: Plan) -> list[str]:
    """Title and first sentence of each; what the planner itself found is told by its title."""
    known = {alert.key for alert in old.alerts}
    return [
        title_of(alert, new.today) if alert.tasks else f"{title_of(alert, new.today)}: {shortened(alert.text)[0]}"
        for alert in new.alerts
        if alert.key not in known
    ]


# Key -> name, and whether the line is firm rather than optional.
Lines = dict[str, tuple[str, bool]]


def _gained(old: Lines, new: Lines) -> list[str]:
    return [name for key, (name, firm) in new.items() if key not in old or (firm and not old[key][1])]


def _tasks(plan: Plan) -> Lines:
    return {task.key: (task.name, task.status != "optional") for task in plan.tasks}


def _papers(plan: Plan) -> Lines:
    return {paper.key: (paper.document.name, paper.status != "conditional") for paper in papers_of(plan)}
