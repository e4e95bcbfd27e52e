"""The papers that the next tasks of a case need and that are not in hand: what there is to ask for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from checklists.models import CasePerson
from checklists.planner import Paper, PlannedTask
from checklists.presenters.nextstep import next_task, papers_before
from checklists.presenters.phrases import series

from .plans import PersonPlan

# So many tasks ahead, papers are worth collecting.
TASKS_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Missing:
    """A paper that nobody was asked for yet. ``is_next``: what is to be done now needs it."""

    person: CasePerson
    paper: Paper
    local_name: str
    language: str
    needed: str
    is_next: bool

    @property
    def value(self) -> str:
        """What a form sends for it."""
        return f"{self.person.pk}:{self.paper.key}"

    @property
    def certified(self) -> list[str]:
        """What takes weeks to get, in words."""
        document = self.paper.document
        needs = (
            (document.apostille, _("apostille"), _("apostille if foreign")),
            (document.translation, _("sworn translation"), _("sworn translation if foreign")),
        )
        return [always if need == "yes" else if_foreign for need, always, if_foreign in needs if need != "no"]


def late_tasks(one: PersonPlan) -> list[PlannedTask]:
    """What should have been started by now, and can be."""
    today = one.view.today if one.view else None
    return [task for task in one.tasks if not task.done and task.ready and task.latest and task.latest < today]


def tasks_ahead(one: PersonPlan) -> list[PlannedTask]:
    """The few tasks after the next one, those first that can be started first."""
    now = next_task(one.view) if one.view else None
    later = [(task.earliest, task) for task in one.tasks if task is not now and not task.done and task.earliest]
    return [task for _day, task in sorted(later, key=lambda pair: pair[0])][:TASKS_AHEAD]


def missing_of(one: PersonPlan) -> list[Missing]:
    """Each paper once, that of the next task first; nothing where the client keeps the documents to themselves."""
    if one.view is None or not one.person.shares_documents:
        return []
    now, asked = next_task(one.view), {request.document for request in one.person.asked}
    needed: dict[str, tuple[Paper, list[PlannedTask]]] = {}
    tasks = {task.key: task for task in [*([now] if now else []), *late_tasks(one), *tasks_ahead(one)]}
    for task in tasks.values():
        for paper in papers_before(one.view, task):
            if paper.key not in asked:
                needed.setdefault(paper.key, (paper, []))[1].append(task)
    return [
        Missing(one.person, paper, *one.view.local_name_of(paper.document), _for(tasks), now in tasks)
        for paper, tasks in needed.values()
    ]


def chosen(values: Iterable[str], missing: Iterable[Missing]) -> dict[CasePerson, list[str]]:
    """The keys of the papers that a form sent, by whom they are asked of."""
    found: dict[CasePerson, list[str]] = {}
    sent = set(values)
    for one in missing:
        if one.value in sent:
            found.setdefault(one.person, []).append(one.paper.key)
    return found


def _for(tasks: list[PlannedTask]) -> str:
    return _("for %(tasks)s") % {"tasks": series([task.way.procedure.name for task in tasks], 2)}
