"""The page of one task, to take along, and its appointment as a file for calendars."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from checklists.access.links import by_link, find_checklist
from checklists.client.appointment_file import calendar_file
from checklists.client.page import view_of
from checklists.planner import PlannedTask
from checklists.presenters.appointments import appointment_of
from checklists.presenters.planview import PlanView
from checklists.presenters.taskpage import task_page
from guides import clock
from guides.editions.publishing import current


@by_link
@require_safe
def show(request, token, key):
    access = find_checklist(request, token)
    view = view_of(current(), access, clock.today())
    task = view.tasks.get(key)
    if task is None and key in view.row_of:
        return redirect(view.task_url(view.row_of[key].key))
    page = task_page(view, _known(view, task))
    return render(request, "checklists/task.html", {"access": access, "country": view.country, **page})


@by_link
@require_safe
def appointment_file(request, token, key):
    """The appointment for a task, for a calendar."""
    access = find_checklist(request, token)
    view = view_of(current(), access, clock.today())
    task = _known(view, view.tasks.get(key))
    appointment = appointment_of(view, task)
    if appointment is None:
        raise Http404(_("There is no appointment for this task yet."))
    name = f'attachment; filename="{task.key}.ics"'
    content = calendar_file(view, task, appointment)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": name})


def _known(view: PlanView, task: PlannedTask | None) -> PlannedTask:
    """A task of a list; before the destination is known, nothing is on it."""
    if task is None or view.country is None:
        raise Http404(_("This task is not on the list, or no longer. The list shows what is."))
    return task
