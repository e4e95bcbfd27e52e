"""What to do next in a case, and why: read out of the people's plans, their messages, and what was asked for."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.models import Case, CasePerson, Request
from checklists.planner import Paper as PlannedPaper
from checklists.planner import PlannedTask
from checklists.presenters.alerts import alerts_of
from checklists.presenters.lines import PROCEDURE, anchor
from checklists.presenters.nextstep import next_task, papers_before
from checklists.presenters.phrases import distance, long_date, series
from checklists.presenters.planview import PlanView
from guides.editions.publishing import current

from .plans import PersonPlan

# So many tasks ahead, papers are worth collecting.
TASKS_AHEAD = 3


class Rank(IntEnum):
    """What comes first."""

    MESSAGE, LATE_ANSWER, PROBLEM, LATE, QUESTIONNAIRE, NOW, AHEAD, QUESTIONS, DONE = range(9)


@dataclass(frozen=True, slots=True)
class Action:
    """A link, or with ``posts`` a button. Those that ``change`` something are not for viewers."""

    text: str
    url: str
    posts: bool = False
    changes: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A missing document, where to ask for it, and the open request if it was asked for."""

    name: str
    local_name: str
    language: str
    url: str
    asked: Request | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    rank: Rank
    person: CasePerson
    title: str
    why: str
    when: str = ""
    urgent: bool = False
    actions: tuple[Action, ...] = ()
    papers: tuple[Paper, ...] = ()


def suggestions_for(case: Case, plans: Iterable[PersonPlan]) -> list[Suggestion]:
    """What to do next, most pressing first; nothing for people whose checklist the firm may not see."""
    found = [suggestion for one in plans for suggestion in _for_person(case, one)]
    return sorted(found, key=lambda suggestion: suggestion.rank)


def _for_person(case: Case, one: PersonPlan) -> Iterable[Suggestion]:
    person, today = one.person, case.organisation.today()
    if person.unread:
        yield _message(case, person)
    late = [request for request in person.asked if request.due and request.due < today]
    if late and person.revoked_at is None:
        yield _late_answer(case, person, late, today)
    if one.view is None:
        return
    if one.view.country is None or not one.tasks:
        yield _questionnaire(case, one)
        return
    yield from _problems(one)
    yield from _tasks(case, one)


def _message(case: Case, person: CasePerson) -> Suggestion:
    count = person.unread
    why = ngettext("%(count)d message is not read yet.", "%(count)d messages are not read yet.", count)
    url = _address("messages-with", case, person)
    title = _("Read what %(name)s wrote") % {"name": person.name}
    return Suggestion(
        Rank.MESSAGE, person, title, why % {"count": count}, actions=(Action(_("Open the messages"), url),)
    )


def _late_answer(case: Case, person: CasePerson, late: list[Request], today: datetime.date) -> Suggestion:
    first = min(late, key=lambda request: request.due)
    actions = (
        Action(_("Remind them in a message"), _address("messages-with", case, person), changes=True),
        Action(_("See the requests"), reverse("casework:requests", args=[case.organisation.slug, case.pk])),
    )
    return Suggestion(
        Rank.LATE_ANSWER,
        person,
        _("%(name)s has not answered yet") % {"name": person.name},
        _("You asked for: %(what)s.")
        % {"what": series([request.name_in(current()).rstrip(".") for request in late], 3)},
        when=_("It was due by %(day)s, %(ago)s.") % {"day": long_date(first.due), "ago": distance(first.due, today)},
        urgent=True,
        actions=actions,
    )


def _questionnaire(case: Case, one: PersonPlan) -> Suggestion:
    person = one.person
    actions = [_questions_page(one.view)]
    if not person.sent_at:
        actions.append(_send(case, person))
        why = _("Without answers there is no plan. Answer it together, or send it.")
    else:
        why = _("It was sent on %(day)s, and there is no plan yet.") % {
            "day": long_date(timezone.localdate(person.sent_at))
        }
    title = _("Let %(name)s answer the questionnaire") % {"name": person.name}
    return Suggestion(Rank.QUESTIONNAIRE, person, title, why, actions=tuple(actions))


def _problems(one: PersonPlan) -> Iterable[Suggestion]:
    """What stands on top of the person's own list, without what is only good to know."""
    page = one.view.access.url()
    for alert in alerts_of(one.view):
        if alert["is_problem"]:
            why = " ".join(filter(None, [*alert["texts"], alert["action"]]))
            read = Action(_("Read it on the checklist"), f"{page}#{alert['id']}")
            yield Suggestion(Rank.PROBLEM, one.person, alert["title"], why, urgent=True, actions=(read,))


def _tasks(case: Case, one: PersonPlan) -> Iterable[Suggestion]:
    view, today = one.view, one.view.today
    open_tasks = [task for task in one.tasks if not task.done]
    now = next_task(view)
    for task in open_tasks:
        if task is not now and task.ready and task.latest and task.latest < today:
            yield _task(case, one, task, Rank.LATE, papers_before(view, task))
    shown: list[PlannedPaper] = []
    if now:
        shown = papers_before(view, now)
        yield _task(case, one, now, Rank.LATE if now.latest and now.latest < today else Rank.NOW, shown)
    rest = [(task.earliest, task) for task in open_tasks if task is not now and task.earliest]
    rest = [task for _day, task in sorted(rest, key=lambda pair: pair[0])]
    yield from _ahead(case, one, rest[:TASKS_AHEAD], {paper.key for paper in shown})
    if view.plan.unknown:
        yield _questions(one)
    elif one.view.plan.is_finished and not open_tasks:
        title = _("Everything is done for %(name)s") % {"name": one.person.name}
        yield Suggestion(Rank.DONE, one.person, title, _("Nothing is left to do on the list."))


def _task(case: Case, one: PersonPlan, task: PlannedTask, rank: Rank, papers) -> Suggestion:
    late = rank is Rank.LATE
    when = ""
    if task.latest:
        words = _("It was due by %(day)s, %(left)s.") if late else _("To be started by %(day)s, %(left)s.")
        when = words % {"day": long_date(task.latest), "left": distance(task.latest, one.view.today)}
    return Suggestion(
        rank,
        one.person,
        task.name,
        task.way.procedure.reason,
        when=when,
        urgent=late,
        actions=(_steps(one.view, task),),
        papers=_papers(case, one, papers),
    )


def _ahead(case: Case, one: PersonPlan, tasks: list[PlannedTask], shown: set[str]) -> Iterable[Suggestion]:
    """The papers of the tasks after the next one, each once; there is time to collect them now."""
    needed = {paper.key: paper for task in tasks for paper in papers_before(one.view, task) if paper.key not in shown}
    papers = _papers(case, one, needed.values())
    if papers:
        why = _("The next tasks ask for them: %(tasks)s.") % {"tasks": series([task.name for task in tasks])}
        yield Suggestion(Rank.AHEAD, one.person, _("Collect papers in time"), why, papers=papers)


def _questions(one: PersonPlan) -> Suggestion:
    count = len(one.view.plan.unknown)
    title = ngettext("%(count)d question is open", "%(count)d questions are open", count) % {"count": count}
    why = _("The answers could still change the plan.")
    return Suggestion(Rank.QUESTIONS, one.person, title, why, actions=(_questions_page(one.view),))


def _papers(case: Case, one: PersonPlan, papers: Iterable[PlannedPaper]) -> tuple[Paper, ...]:
    """Nothing where the client keeps the documents to themselves."""
    if not one.person.shares_documents:
        return ()
    asked = {request.document: request for request in one.person.asked if request.document}
    page = _address("ask", case, one.person)
    return tuple(
        Paper(
            name=paper.document.name,
            local_name=paper.document.local_name,
            language=one.view.language_of(paper.document),
            url=f"{page}?{urlencode({'document': paper.key})}",
            asked=asked.get(paper.key),
        )
        for paper in papers
    )


def _steps(view: PlanView, task: PlannedTask) -> Action:
    return Action(_("Open the steps"), f"{view.access.url()}#{anchor(PROCEDURE, task.way.key)}")


def _questions_page(view: PlanView) -> Action:
    return Action(_("Open the questionnaire"), view.access.url("next-question"), changes=True)


def _send(case: Case, person: CasePerson) -> Action:
    url = reverse("cases:send-questionnaire", args=[case.organisation.slug, case.pk, person.pk])
    return Action(_("Send the questionnaire"), url, posts=True, changes=True)


def _address(name: str, case: Case, person: CasePerson) -> str:
    return reverse(f"casework:{name}", args=[case.organisation.slug, case.pk, person.pk])
