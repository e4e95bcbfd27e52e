"""By when a task is to be done, in one line, and what else there is to say about its days."""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.planner import PlannedTask

from .lines import PROCEDURE, RECURRING, occurrence
from .phrases import distance, long_date, short_date
from .planview import PlanView

SOON = datetime.timedelta(days=7)


def by_when(view: PlanView, task: PlannedTask) -> dict[str, str]:
    """{by, left}: the day that counts most, the last one, or else the one to aim at, or to begin; its distance."""
    words, day = _words_and_day(view, task)
    by = words % {"day": long_date(day)} if day else words
    if task.way.procedure.by_employer and not task.done and not task.stopped:
        by = _("Your employer does it. %(by)s") % {"by": by}
    return {"by": by, "left": distance(day, view.today) if day and day >= view.today else ""}


def _words_and_day(view: PlanView, task: PlannedTask) -> tuple[str, datetime.date | None]:
    if task.done:
        item = view.lines.item(PROCEDURE, task.way.key)
        day = item.date if item else None
        # A day still to come was that of an appointment.
        return (_("Done on %(day)s"), day) if day and day <= view.today else (_("Done"), None)
    if task.stopped:
        return _("Not possible now"), None
    if task.latest and task.latest < view.today:
        return _("The last day was %(day)s: do it as soon as you can"), task.latest
    if task.latest:
        return _("By %(day)s"), task.latest
    if task.earliest and task.earliest > view.today:
        return _("From %(day)s"), task.earliest
    if task.ongoing:
        day = _next_day(view, task)
        return (_("Next: %(day)s") if day else _("It goes on without an end")), day
    if task.target:
        return _("Aim for %(day)s"), task.target
    return (_("You can start now") if task.ready else _("It waits")), None


def _next_day(view: PlanView, task: PlannedTask) -> datetime.date | None:
    """Of what comes again because of the task, the first day that is not ticked."""
    days = [
        day
        for series in view.plan.recurring
        if series.procedure == task.way.key
        for day in series.next
        if not view.lines.is_ticked(RECURRING, occurrence(series.procedure, series.key, day))
    ]
    return min(days, default=None)


def is_soon(view: PlanView, task: PlannedTask) -> bool:
    """Whether its last day is near, or over, and it can be done; what waits is no call to hurry."""
    if task.done or task.stopped or task.latest is None:
        return False
    return task.latest < view.today or (task.latest - view.today <= SOON and not first_of(view, task))


def first_of(view: PlanView, task: PlannedTask) -> list[dict[str, str]]:
    """The tasks that have to be done before it, as links."""
    return [view.link(key) for key in task.depends_on if not view.tasks[key].done]


def days_beside(view: PlanView, task: PlannedTask) -> str:
    """When it can begin, on which day to do it so that there is time left, and how long it takes; may be empty."""
    if task.done or task.stopped or task.earliest is None:
        return ""
    found = []
    if task.latest and task.earliest > view.today:
        found.append(_("It can start on %(day)s.") % {"day": short_date(task.earliest, task.latest)})
    if task.latest and task.target and view.today < task.target < task.latest:
        found.append(_("Aim for %(day)s.") % {"day": short_date(task.target, task.latest)})
    if task.ongoing:
        return " ".join(found)
    if not task.duration_known:
        found.append(_("Nobody tells how long it takes."))
    elif days := (task.way.finish - task.earliest).days:
        text = ngettext("Allow %(count)d day for it.", "Allow %(count)d days for it.", days)
        found.append(text % {"count": days})
    return " ".join(found)
