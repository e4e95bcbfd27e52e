"""The page of one task, to take along, and its appointment as a file for calendars."""

import datetime
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from checklists.access.access import Access
from checklists.access.links import by_link, find_checklist
from checklists.caching import cached_for_state
from checklists.client.appointment_file import calendar_file
from checklists.client.page import view_of
from checklists.planner import PlannedTask
from checklists.presenters.appointments import appointment_of
from checklists.presenters.phrases import without_indentation
from checklists.presenters.planview import PlanView
from checklists.presenters.taskpage import task_page
from guides import clock
from guides.catalogue.compiled import CompiledCatalogue
from guides.editions.publishing import current


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A page that is drawn; ``html`` holds nothing of a request. ``task``: the key of the task that it is about."""

    task: str
    name: str
    html: SafeString


@by_link
@require_safe
def show(request, token, key):
    access, compiled, today = find_checklist(request, token), current(), clock.today()
    page = cached_for_state(("task", key), access.state, compiled, today, lambda: _draw(compiled, access, today, key))
    if page.task != key:
        return redirect(access.url("task", page.task))
    return render(request, "checklists/task.html", {"access": access, "page": page, "today": today})


@by_link
@require_safe
def appointment_file(request, token, key):
    """The appointment for a task, for a calendar."""
    access = find_checklist(request, token)
    view = view_of(current(), access, clock.today())
    task = _task_of(view, key)
    appointment = appointment_of(view, task)
    if appointment is None:
        raise Http404(_("There is no appointment for this task yet."))
    name = f'attachment; filename="{task.key}.ics"'
    content = calendar_file(view, task, appointment)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": name})


def _draw(compiled: CompiledCatalogue, access: Access, today: datetime.date, key: str) -> TaskPage:
    view = view_of(compiled, access, today)
    task = _task_of(view, key)
    context = {"access": access, "country": view.country, **task_page(view, task)}
    html = without_indentation(render_to_string("checklists/task_body.html", context))
    return TaskPage(task.key, task.name, html)


def _task_of(view: PlanView, key: str) -> PlannedTask:
    """The task with this key, or to which the procedure with this key is a way. Raises Http404.

    Before the destination is known, nothing is on a list.
    """
    task = view.tasks.get(key) or view.row_of.get(key)
    if task is None or view.country is None:
        raise Http404(_("This task is not on the list, or no longer. The list shows what is."))
    return task
