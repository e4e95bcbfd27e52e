"""What must be read before everything else, in words: alerts of the catalogue, and what the planner itself found."""

import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checklists.planner import RaisedAlert
from checklists.planner.alerts import LATE_ACTION, LATE_COST, LOOP_ACTION, SHORT_ACTION
from guides.conditions.tree import Day
from guides.conditions.words import date_in_words

from .phrases import distance, long_date, series, shortened
from .planview import PlanView

OVERTAKEN = "overtaken-"
LOOP = "loop-"
# As long as this at most, what to do stands in the box itself.
MOST_WORDS = 180
TITLES = {
    "danger": gettext_lazy("Danger"),
    "late": gettext_lazy("Too late"),
    "conflict": gettext_lazy("These answers do not fit together"),
    "not_covered": gettext_lazy("This list does not cover everything"),
    "notice": gettext_lazy("You should know this"),
}
ICONS = {"danger": "warning", "late": "clock", "conflict": "question", "not_covered": "info", "notice": "calendar"}
# What the planner says in its own words.
PLANNERS = {
    LATE_ACTION: gettext_lazy("Do it now, and ask the office before you go. Take proof of why you are late."),
    SHORT_ACTION: gettext_lazy(
        "Begin now, and ask the office whether it can be done in time. Book nothing that you cannot change."
    ),
    LATE_COST: gettext_lazy("We know no rule on what it costs to be late for it."),
    LOOP_ACTION: gettext_lazy("Ask one of the offices what it takes instead."),
}


def alerts_of(view: PlanView) -> list[dict[str, Any]]:
    """Alerts as ``components/alert.html`` takes them. Of answers that time has overtaken one is asked again, on top."""
    return [_alert(view, alert) for alert in shown_alerts(view)]


def shown_alerts(view: PlanView) -> list[RaisedAlert]:
    """In the order in which they stand; only the first is open."""
    asked = [alert for alert in view.plan.alerts if alert.key.startswith(OVERTAKEN)]
    return [*asked[:1], *(alert for alert in view.plan.alerts if alert not in asked)]


def first_of_all(view: PlanView) -> RaisedAlert | None:
    """What comes before every task: a right is at stake, or it says what to do before required tasks can begin."""
    stopped = {task.way.key for task in view.plan.tasks if task.stopped and task.status == "required"}
    for alert in view.plan.alerts:
        if alert.kind == "danger" or (is_problem(alert) and alert.action and stopped.intersection(alert.stops)):
            return alert
    return None


def is_problem(alert: RaisedAlert) -> bool:
    """Whether something cannot go on as it stands, rather than being good to know."""
    return alert.kind != "notice" or alert.key.startswith(LOOP)


def alert_id(alert: RaisedAlert) -> str:
    return f"alert-{alert.key}"


def _alert(view: PlanView, alert: RaisedAlert) -> dict[str, Any]:
    texts = _texts(view, alert)
    # What is late is told whole: its day belongs to its name.
    lead, rest = shortened(texts[0]) if len(texts) == 1 and not alert.tasks else ("", "")
    action = str(PLANNERS.get(alert.action, alert.action))
    do, do_rest = shortened(action, MOST_WORDS)
    numbers = view.evidence.numbers()
    return {
        "id": alert_id(alert),
        "kind": alert.kind,
        "is_problem": is_problem(alert),
        "icon": ICONS[alert.kind],
        "title": title_of(alert, view.today),
        "subject": _subject(alert, texts),
        "texts": texts,
        "lead": lead,
        "rest": rest,
        "cost": str(PLANNERS.get(alert.cost, alert.cost)),
        "action": action,
        "do": do,
        "do_rest": do_rest,
        **_when(view, alert, texts),
        "link": _link(view, alert),
        "cites": numbers.cite(alert.facts),
    }


def _subject(alert: RaisedAlert, texts: list[str]) -> str:
    """What it is about, where it is folded: the first task that is meant, or how its words begin."""
    return alert.tasks[0][0] if alert.tasks else shortened(texts[0])[0]


def title_of(alert: RaisedAlert, today: datetime.date) -> str:
    if alert.key.startswith(OVERTAKEN):
        return _("A day has passed: please answer again")
    if alert.key.startswith(LOOP):
        return _("These tasks wait for each other")
    if alert.kind == "late" and alert.date and alert.date >= today:
        return _("Little time is left")
    return str(TITLES[alert.kind])


def day_in_words(view: PlanView, alert: RaisedAlert) -> str:
    """What falls on the day of an alert: the answer that tells this day, or else how the alert begins."""
    return _answered(view, alert) or shortened(alert.text)[0]


def _answered(view: PlanView, alert: RaisedAlert) -> str:
    asked = [view.compiled.questions[key] for key in alert.about if key in view.compiled.questions]
    found = next((one for one in asked if one.phrase and view.answers.get(one.key) == alert.date), None)
    if found is None or alert.date is None:
        return ""
    return capfirst(found.phrase.format(value=long_date(alert.date)))


def _texts(view: PlanView, alert: RaisedAlert) -> list[str]:
    if not alert.tasks:
        return [alert.text]
    if alert.key.startswith(LOOP):
        return [
            _("%(tasks)s: none of them can be the first.") % {"tasks": series([name for name, *_d in alert.tasks], 9)}
        ]
    return [_late(view, *task) for task in alert.tasks]


def _late(view: PlanView, name: str, latest: datetime.date | None, earliest: datetime.date | None) -> str:
    days = {"task": name, "last": latest and long_date(latest), "first": earliest and long_date(earliest)}
    if latest and latest < view.today:
        return _("%(task)s: the last day was %(last)s.") % days
    if latest and earliest:
        return _("%(task)s: the last day is %(last)s, the first possible one %(first)s.") % days
    return f"{name}."


def _when(view: PlanView, alert: RaisedAlert, texts: list[str]) -> dict[str, str]:
    """{when, left}: the day of the alert and how far away it is, unless its words tell it already."""
    told = " ".join([*texts, alert.action, alert.cost])
    if alert.date is None or alert.tasks or date_format(alert.date, "j F Y") in told:
        return {}
    when = _answered(view, alert) or _counted(view, alert.key, alert.date)
    return {"when": when, "left": distance(alert.date, view.today)}


def _counted(view: PlanView, key: str, day: datetime.date) -> str:
    """From which answer a day of the catalogue is counted, and the day: no date stands without what it is."""
    node = next(view.compiled.dates[alert.date] for alert in view.compiled.alerts if alert.key == key)
    counted = capfirst(date_in_words(node, view.compiled.vocabulary))
    return long_date(day) if isinstance(node, Day) else f"{counted}: {long_date(day)}"


def _link(view: PlanView, alert: RaisedAlert) -> dict[str, str] | None:
    """Where it can be settled: at the answer that it is about, or at the task."""
    question = view.question(key for key in alert.about if key in view.compiled.questions)
    if question:
        text = _("Answer again") if alert.key.startswith(OVERTAKEN) else _("See your answer")
        return {"url": question["url"], "text": text, "about": question["text"]}
    tasks = [view.row_of[key] for key in alert.about if key in view.row_of]
    if tasks:
        return {"url": view.task_url(tasks[0].key), "text": _("Open the task"), "about": tasks[0].name}
    return None
