"""What to do next in a case, and why: read out of the people's plans, their messages, and what was asked for."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.models import Case, CasePerson, FirmTask, Request
from checklists.planner import PlannedTask
from checklists.presenters.alerts import alerts_of
from checklists.presenters.nextstep import next_task
from checklists.presenters.phrases import distance, long_date, series
from checklists.presenters.planview import PlanView
from guides.editions.publishing import current

from .contact import can_contact
from .missing import late_tasks, missing_of, tasks_ahead
from .plans import PersonPlan

# What has no day ranks as if it were due then, and what was asked for is told from then on.
SOON = datetime.timedelta(days=7)
# So long a client has time to answer before it is said again what they were asked for.
PATIENCE = datetime.timedelta(days=3)


class Rank(IntEnum):
    """What comes first. Of what is equal, that comes first which is due first."""

    MESSAGE, UNREACHED, LATE_ANSWER, PROBLEM, LATE, QUESTIONNAIRE, NOW, QUESTIONS, WRITTEN, DONE = range(10)


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
    day: datetime.date | None = None
    urgent: bool = False
    actions: tuple[Action, ...] = ()


def suggestions_for(case: Case, plans: Iterable[PersonPlan]) -> list[Suggestion]:
    """What to do next, most pressing first; nothing for people whose checklist the firm may not see."""
    found = [suggestion for one in plans for suggestion in _for_person(case, one)]
    undated = case.organisation.today() + SOON
    return sorted(found, key=lambda suggestion: (suggestion.rank, suggestion.day or undated))


def _for_person(case: Case, one: PersonPlan) -> Iterable[Suggestion]:
    person, today = one.person, case.organisation.today()
    if person.unread:
        yield _message(case, person)
    if person.delivery.failed and can_contact(person):
        yield _unreached(case, person)
    if can_contact(person):
        yield from _answers(case, person, today)
        yield from (_own_task(case, task, today) for task in person.own_tasks if task.due)
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


def _unreached(case: Case, person: CasePerson) -> Suggestion:
    title = _("Emails do not reach %(name)s") % {"name": person.name}
    why = f"{person.delivery.why} {person.delivery.way_out}"
    url = reverse("cases:edit-person", args=[case.organisation.slug, case.pk, person.pk])
    actions = (Action(_("Correct the address"), url, changes=True),) if person.delivery.is_known else ()
    return Suggestion(Rank.UNREACHED, person, title, why, urgent=True, actions=actions)


def _answers(case: Case, person: CasePerson, today: datetime.date) -> Iterable[Suggestion]:
    """What was asked for and is late, and what is due soon."""
    due = [request for request in person.asked if request.due]
    late = [request for request in due if request.due < today]
    soon = [request for request in due if today <= request.due < today + SOON]
    if late:
        yield _answer(case, person, late, today)
    if soon:
        yield _answer(case, person, soon, today)


def _answer(case: Case, person: CasePerson, asked: list[Request], today: datetime.date) -> Suggestion:
    """Asked again only after a while: once the firm has written, it is the client's turn."""
    first = min(request.due for request in asked)
    late, written = first < today, person.written_at and timezone.localdate(person.written_at)
    title = _("%(name)s has not answered yet") if late else _("%(name)s is to answer soon")
    words = _("It was due by %(day)s, %(ago)s") if late else _("It is due by %(day)s, %(ago)s")
    when = words % {"day": long_date(first), "ago": distance(first, today)}
    rank, remind = Rank.LATE_ANSWER if late else Rank.NOW, _("Remind them in a message")
    if written and written > max(timezone.localdate(request.created_at) for request in asked):
        when = _("%(due)s; you wrote %(ago)s") % {"due": when, "ago": distance(written, today)}
        rank, remind = rank if written + PATIENCE < today else Rank.WRITTEN, _("Remind them again")
    names = series([request.name_in(current()).rstrip(".") for request in asked], 3)
    actions = (
        Action(remind, f"{_address('messages-with', case, person)}?remind=1", changes=True),
        Action(_("See the requests"), _page("requests", case)),
    )
    why = _("You asked for: %(what)s.") % {"what": names}
    return Suggestion(rank, person, title % {"name": person.name}, why, when, first, rank < Rank.NOW, actions)


def _own_task(case: Case, task: FirmTask, today: datetime.date) -> Suggestion:
    """A task that the firm added, whoever does it."""
    late = task.due < today
    words = _("It was due by %(day)s, %(left)s") if late else _("Due by %(day)s, %(left)s")
    when = words % {"day": long_date(task.due), "left": distance(task.due, today)}
    why = _("Your firm put it on the checklist. You and the client can tick it.")
    actions = (Action(_("See the task"), f"{_page('tasks', case)}#task-{task.pk}"),)
    return Suggestion(Rank.LATE if late else Rank.NOW, task.person, task.text, why, when, task.due, late, actions)


def _questionnaire(case: Case, one: PersonPlan) -> Suggestion:
    person = one.person
    actions = [_questions_page(one.view)]
    if person.delivery.on_its_way:
        why = _("The email with the link is on its way, and not sent yet.")
    elif not person.sent_at:
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
        rank, one.person, task.name, task.way.procedure.reason, when, task.latest, urgent=late, actions=tuple(actions)
    )


def _collect(one: PersonPlan, missing: int) -> Suggestion:
    """Every task has to wait: there is time to get what they ask for."""
    text = ngettext("%(count)d paper is missing", "%(count)d papers are missing", missing) % {"count": missing}
    why = _("The next tasks ask for them: %(tasks)s.") % {"tasks": series([task.name for task in tasks_ahead(one)])}
    return Suggestion(Rank.NOW, one.person, _("Collect papers in time"), why, actions=(Action(text, "#papers"),))


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


def _page(name: str, case: Case) -> str:
    return reverse(f"casework:{name}", args=[case.organisation.slug, case.pk])


def _address(name: str, case: Case, person: CasePerson) -> str:
    return reverse(f"casework:{name}", args=[case.organisation.slug, case.pk, person.pk])
