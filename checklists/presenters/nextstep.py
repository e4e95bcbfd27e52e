"""The one thing to do next, and why."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from checklists.planner import Paper, PlannedTask, RaisedAlert

from .alerts import alert_id, first_of_all, is_problem, shown_alerts, title_of
from .appointments import Appointment, coming_appointment, is_too_late, too_late_words
from .days import closed_soon
from .firststep import open_steps, phone_in
from .lines import FIRM
from .phrases import distance, near_date, sentence, sentences, series, shortened
from .planview import PlanView
from .recurring import next_of_each
from .tasks import counts, first_ready

# Longer than this, or below an alert, the reason is left to the page of the task.
MOST_WORDS = 150
# A duty that comes again is the next thing to do when its day is no further away.
DUTY_AHEAD = datetime.timedelta(days=120)


def next_task(view: PlanView) -> PlannedTask | None:
    """The task to do now: one whose appointment is too late, or else the first that is ready."""
    return next((task for task in view.plan.tasks if _needs_an_earlier_day(view, task)), first_ready(view.plan))


def _needs_an_earlier_day(view: PlanView, task: PlannedTask) -> bool:
    appointment = coming_appointment(view, task)
    return appointment is not None and task.is_firm and not task.stopped and is_too_late(task, appointment)


def next_step(view: PlanView, task: PlannedTask | None) -> dict[str, Any]:
    """What ``components/next_step.html`` takes: the next task, or the papers while all tasks wait, or the end."""
    if alert := first_of_all(view):
        return _alert_first(view, alert, task)
    if task is not None:
        return _task(view, task)
    firm = [task for task in view.plan.tasks if counts(task) and not task.done]
    waiting = [(p.earliest, p) for p in firm if p.earliest and p.earliest > view.today and not p.missing]
    start, first = min(waiting, key=lambda found: found[0], default=(None, None))
    duty = min(next_of_each(view), default=None)
    if duty and duty[0] - view.today <= DUTY_AHEAD and (duty[0] < start if start else not firm):
        return _duty(view, *duty)
    if start and first:
        return _task(view, first) if coming_appointment(view, first) else _papers(view, start, first)
    if firm or any(is_problem(alert) for alert in view.plan.alerts):
        return _stuck(view, firm)
    if view.plan.unknown:
        return _questions(view)
    return {"title": _("Everything is done"), "do": _("Nothing is left to do on your list."), "finished": True}


def _duty(view: PlanView, day: datetime.date, text: str, url: str) -> dict[str, Any]:
    """A duty that comes again, while no task can be started before its next day."""
    return {
        "title": shortened(sentences(text)[0], 80)[0],
        "by": _on(_("by %(day)s"), day, view.today),
        "left": distance(day, view.today),
        "do": _("This duty comes again. Its page has all days."),
        "url": url,
        "action": _("Open the task"),
    }


def _alert_first(view: PlanView, alert: RaisedAlert, task: PlannedTask | None) -> dict[str, Any]:
    """No task is more urgent than what the alert says to do. Only the first alert stands open above this."""
    step: dict[str, Any] = {"do": _("The tasks of this list come after that.")}
    if alert == shown_alerts(view)[0]:
        step["title"] = _("First do what the box at the top says")
    else:
        step["title"] = _("First do what the box “%(title)s” says") % {"title": title_of(alert, view.today)}
        step |= {"url": f"#{alert_id(alert)}", "action": _("Read it")}
    if task:
        link = {"text": _("Then the next task is: %(task)s") % {"task": task.name}, "url": view.task_url(task.key)}
        step["aside"] = link
    return step


def _stuck(view: PlanView, firm: list[PlannedTask]) -> dict[str, Any]:
    """Nothing can be started: an alert stands in the way, or a paper that nothing on the list gives."""
    missing = dict.fromkeys(key for task in firm if not task.stopped for key in task.missing)
    if missing and not any(is_problem(alert) for alert in view.plan.alerts):
        names = [view.compiled.documents[key].name for key in missing]
        return {
            "title": _("Get what the next tasks need"),
            "do": _("Get this first: %(names)s.") % {"names": series(names, 5)},
            "why": _("No task can start before you have it, and nothing on this list gives it."),
        }
    return {
        "title": _("Read the box at the top first"),
        "do": _("No task can start before that is settled."),
        "url": "#alerts",
        "action": _("Read it"),
    }


def _questions(view: PlanView) -> dict[str, Any]:
    """What is certain is done, or nothing is certain yet: only an answer leads on."""
    certain = any(task.status in FIRM for task in view.plan.tasks)
    return {
        "title": _("Answer the open questions"),
        "do": _("What is certain is done. An answer or two shows what else applies to you.")
        if certain
        else _("Nothing is certain yet. An answer or two shows what applies to you."),
        "url": view.access.url("next-question") if view.access.may_change else "",
        "action": _("Go to the questions"),
    }


def _task(view: PlanView, task: PlannedTask) -> dict[str, Any]:
    appointment = coming_appointment(view, task)
    return {
        "title": task.name,
        "closed": closed_soon(view),
        "local_name": task.local_name if task.local_name != task.name else "",
        "lang": view.language_of(task.way.procedure),
        **_by(view, task, appointment),
        **(_booked(view, task, appointment) if appointment else _deed(view, task)),
        "url": view.task_url(task.key),
        "action": _("Open the task"),
    }


def _deed(view: PlanView, task: PlannedTask) -> dict[str, Any]:
    """What to do first, why, and what to bring."""
    deed, reason = first_deed(view, task), task.way.procedure.reason
    is_short = len(deed) + len(reason) <= MOST_WORDS and not view.plan.alerts
    return {"do": deed or reason, "why": reason if deed and is_short else "", "aside": _bring(view, task)}


def _booked(view: PlanView, task: PlannedTask, appointment: Appointment) -> dict[str, Any]:
    """When and where the appointment is and what to bring; where it is too late, the other ways."""
    told = _("You have an appointment: %(appointment)s") % {"appointment": appointment.in_words(view.today)}
    bring, late = _bring(view, task), too_late_words(view, task, appointment)
    has_ways = len(task.way.channels) > 1 or bool(task.other_ways)
    found: dict[str, Any] = {"do": sentence(told, bring["text"] if bring else "")}
    if late:
        found["do"] = sentence(told, late, _("Ask for an earlier one"), bring["text"] if bring else "")
        if has_ways:
            found["aside"] = {"text": _("See other ways"), "url": f"{view.task_url(task.key)}#other-ways"}
    return found


def _by(view: PlanView, task: PlannedTask, appointment: Appointment | None) -> dict[str, str]:
    """The day in the pill: that of the appointment, or the last one, or the one to aim at; and how far away it is."""
    today = view.today
    if appointment and not is_too_late(task, appointment):
        return {"by": _on(_("on %(day)s"), appointment.day, today), "left": distance(appointment.day, today)}
    if task.latest and task.latest < today:
        return {"by": _on(_("late: the last day was %(day)s"), task.latest, today)}
    if task.latest:
        return {"by": _on(_("by %(day)s"), task.latest, today), "left": distance(task.latest, today)}
    return {"by": _on(_("aim for %(day)s"), task.target, today) if task.target and task.target > today else ""}


def _on(words: str, day: datetime.date, today: datetime.date) -> str:
    return words % {"day": near_date(day, today)}


def first_deed(view: PlanView, task: PlannedTask) -> str:
    """What to do first, in one sentence: whom to call, where that is told, or else the first step that is left."""
    steps, left = task.way.steps, [step.text for step in open_steps(view, task)]
    if len(left) == len(steps) and task.way.channels:
        told = [one for one in sentences(task.way.channels[0].channel.how) if phone_in(one)]
        left = [*told, *left]
    return shortened(left[0], 80 if view.plan.alerts else 120)[0] if left else ""


def _bring(view: PlanView, task: PlannedTask) -> dict[str, str] | None:
    """What to bring, as a link to where it stands; nothing where documents are not shared."""
    asked = [
        paper.document.name
        for paper in (view.papers if view.access.shows_documents else ())
        if any(use.procedure == task.way.key and use.status in ("required", "one_of") for use in paper.planned.uses)
    ]
    if not asked:
        return None
    return {
        "text": _("Bring: %(names)s") % {"names": series(asked, 3)},
        "url": f"{view.task_url(task.key)}#bring",
    }


def papers_before(view: PlanView, task: PlannedTask) -> list[Paper]:
    """The papers that this task certainly needs, that are not in hand and that nobody else on the list gives.

    None where documents are not shared.
    """
    if not view.access.shows_documents:
        return []
    return [
        paper
        for paper in view.papers
        if not paper.in_hand and not paper.obtained_from
        if any(use.procedure == task.way.key and use.status in ("required", "one_of") for use in paper.planned.uses)
    ]


def _papers(view: PlanView, start: datetime.date, first: PlannedTask) -> dict[str, Any]:
    """While every task has to wait, there is time to collect what they ask for."""
    missing = [paper.document.name for paper in papers_before(view, first)]
    words = {"task": first.name, "day": near_date(start, view.today), "names": series(missing, 5)}
    return {
        "title": _("Collect your papers"),
        "by": _("first task on %(day)s") % words,
        "do": _("Get together what the first task, %(task)s, asks for: %(names)s.") % words
        if missing
        else _("No task can start before %(day)s. Until then, get together what the tasks ask for.") % words,
        "url": "#papers" if view.access.shows_documents else "",
        "action": _("See the papers"),
    }
