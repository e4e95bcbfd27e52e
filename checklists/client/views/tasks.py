"""The page of one task, to take along."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from checklists.access.doors import seen_items
from checklists.access.links import by_link, find_checklist
from checklists.planner import plan
from checklists.planning import progress_of, typed_answers
from checklists.presenters.planview import PlanView
from checklists.presenters.taskpage import task_page
from guides import clock
from guides.editions.publishing import current


@by_link
@require_safe
def show(request, token, key):
    access = find_checklist(request, token)
    compiled, today = current(), clock.today()
    items = list(access.checklist.items.all())
    answers = {**typed_answers(compiled, access.checklist.answers, today), "today": today}
    found = plan(compiled, answers, today, progress_of(items))
    view = PlanView(compiled, access, seen_items(access, items), found, answers)
    task = view.tasks.get(key)
    if task is None and key in view.row_of:
        return redirect(access.url("task", view.row_of[key].key))
    if task is None:
        raise Http404(_("This task is not on the list, or no longer. The list shows what is."))
    return render(request, "checklists/task.html", {"access": access, **task_page(view, task)})
