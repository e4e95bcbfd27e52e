"""What to do next in a case, and why: read out of the people's plans, their messages, and what was asked for."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.models import Case, CasePerson, Request
from checklists.planner import PlannedTask
from checklists.presenters.alerts import alerts_of
from checklists.presenters.nextstep import next_task
from checklists.presenters.phrases import distance, long_date, series
from checklists.presenters.planview import PlanView
from guides.editions.publishing import current

from .missing import late_tasks, missing_of, tasks_ahead
from .plans import PersonPlan


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
class Suggestion:
    rank: Rank
    person: CasePerson
    title: str
    why: str
    when: str = ""
    urgent: bool = False
    actions: tuple[Action, ...] = ()


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
    yield from _tasks(one)


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
        when=_("It was due by %(day)s, %(ago)s") % {"day": long_date(first.due), "ago": distance(first.due, today)},
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


def _tasks(one: PersonPlan) -> Iterable[Suggestion]:
    now, missing = next_task(one.view), missing_of(one)
    for task in late_tasks(one):
        if task is not now:
            yield _task(one, task, Rank.LATE)
    if now:
        late = now.latest and now.latest < one.view.today
        yield _task(one, now, Rank.LATE if late else Rank.NOW, sum(paper.is_next for paper in missing))
    elif missing:
        yield _collect(one, len(missing))
    if one.view.plan.unknown:
        yield _questions(one)
    elif one.view.plan.is_finished and all(task.done for task in one.tasks):
        title = _("Everything is done for %(name)s") % {"name": one.person.name}
        yield Suggestion(Rank.DONE, one.person, title, _("Nothing is left to do on the list."))


def _task(one: PersonPlan, task: PlannedTask, rank: Rank, missing: int = 0) -> Suggestion:
    """``missing`` papers of it can be asked for on the same page."""
    late = rank is Rank.LATE
    when = ""
    if task.latest:
        words = _("It was due by %(day)s, %(left)s") if late else _("Start by %(day)s, %(left)s")
        when = words % {"day": long_date(task.latest), "left": distance(task.latest, one.view.today)}
    actions = [Action(_("Open the task"), one.view.task_url(task.key))]
    if missing:
        text = ngettext("%(count)d paper is missing", "%(count)d papers are missing", missing)
        actions.append(Action(text % {"count": missing}, "#papers"))
    return Suggestion(
        rank, one.person, task.name, task.way.procedure.reason, when=when, urgent=late, actions=tuple(actions)
    )


def _collect(one: PersonPlan, missing: int) -> Suggestion:
    """Every task has to wait: there is time to get what they ask for."""
    text = ngettext("%(count)d paper is missing", "%(count)d papers are missing", missing) % {"count": missing}
    why = _("The next tasks ask for them: %(tasks)s.") % {"tasks": series([task.name for task in tasks_ahead(one)])}
    return Suggestion(Rank.AHEAD, one.person, _("Collect papers in time"), why, actions=(Action(text, "#papers"),))


def _questions(one: PersonPlan) -> Suggestion:
    count = len(one.view.plan.unknown)
    title = ngettext("%(count)d question is open", "%(count)d questions are open", count) % {"count": count}
    why = _("The answers could still change the plan.")
    return Suggestion(Rank.QUESTIONS, one.person, title, why, actions=(_questions_page(one.view),))


def _questions_page(view: PlanView) -> Action:
    return Action(_("Open the questionnaire"), view.access.url("next-question"), changes=True)


def _send(case: Case, person: CasePerson) -> Action:
    url = reverse("cases:send-questionnaire", args=[case.organisation.slug, case.pk, person.pk])
    return Action(_("Send the questionnaire"), url, posts=True, changes=True)


def _address(name: str, case: Case, person: CasePerson) -> str:
    return reverse(f"casework:{name}", args=[case.organisation.slug, case.pk, person.pk])
