"""The plans of the people of a case, as far as the firm may see them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from checklists.access.access import Access
from checklists.firms.cases.delivery import delivery_of
from checklists.models import Case, CasePerson, FirmTask, Message, Request
from checklists.planner import Paper, PlannedTask, plan
from checklists.planning import progress_of, typed_answers
from checklists.presenters.nextstep import FIRM
from checklists.presenters.phrases import long_date
from checklists.presenters.planview import PlanView
from guides.editions.publishing import current


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """A person with their plan; ``view`` is None where the firm may not see it."""

    person: CasePerson
    view: PlanView | None

    @property
    def tasks(self) -> list[PlannedTask]:
        """The tasks that certainly are to be done, in plan order; those without an end are not waited for."""
        return [t for t in self.view.plan.tasks if t.status in FIRM and not t.ongoing] if self.view else []

    @property
    def papers(self) -> list[Paper]:
        """What is not in hand and nobody on the list gives, also mere information, if the client shares documents."""
        if self.view is None or not self.person.shares_documents:
            return []
        return [paper for paper in self.view.plan.papers if not paper.in_hand and not paper.obtained_from]

    @property
    def progress(self) -> str:
        """How many tasks are done, and when the next one must be started; empty without a plan."""
        tasks = self.tasks
        if not tasks:
            return ""
        done = sum(task.done for task in tasks)
        text = _("%(done)d of %(total)d tasks done") % {"done": done, "total": len(tasks)}
        days = [task.latest for task in tasks if task.latest and not task.done]
        if not days:
            return text
        return _("%(done)s, next deadline %(day)s") % {"done": text, "day": long_date(min(days))}


def plans_of(case: Case) -> list[PersonPlan]:
    """Everybody of the case, with what is open for them, and when the firm last wrote to them.

    Their requests are ``asked``, the firm's tasks ``own_tasks``; ``unread`` is the number of new messages from them,
    and ``delivery`` tells what became of the emails to them.
    """
    written = Message.objects.filter(person=OuterRef("pk")).order_by().values("person")
    unread = written.filter(from_client=True, read_at=None)
    ours = written.filter(from_client=False)
    people = (
        case.people.select_related("checklist__owner")
        .prefetch_related(
            "checklist__items",
            "letters",
            Prefetch("requests", Request.objects.open(), to_attr="asked"),
            Prefetch("tasks", FirmTask.objects.open(), to_attr="own_tasks"),
        )
        .annotate(
            unread=Coalesce(Subquery(unread.annotate(number=Count("pk")).values("number")), 0),
            written_at=Subquery(ours.annotate(last=Max("created_at")).values("last")),
        )
    )
    for person in people:
        person.delivery = delivery_of(person)
    return [plan_of(case, person) for person in people]


def plan_of(case: Case, person: CasePerson) -> PersonPlan:
    """The person's plan on the day that it is where the firm works; its addresses lead through the firm's door."""
    person.case = case
    if not person.is_open:
        return PersonPlan(person, None)
    compiled, today, checklist = current(), case.organisation.today(), person.checklist
    items = list(checklist.items.all())
    answers = {**typed_answers(compiled, checklist.answers, today), "today": today}
    found = plan(compiled, answers, today, progress_of(items))
    return PersonPlan(person, PlanView(compiled, Access(checklist, person), items, found, answers))


def names_of_papers(papers: Iterable[Paper]) -> list[tuple[str, str]]:
    """Keys and names, as a form takes them."""
    return [(paper.key, paper.document.name) for paper in papers]
