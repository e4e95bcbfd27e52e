"""Tasks of the firm's own on its clients' checklists."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from checklists.firms.casework import services
from checklists.firms.casework.case_context import case_context, find_person, for_case, for_work, not_sent
from checklists.firms.casework.contact import CannotContact, why_no_contact
from checklists.firms.casework.forms import TaskForm
from checklists.models import FirmTask
from checklists.presenters.phrases import long_date
from checklists.seen import Changed

SHOWN = 30


@for_case
@require_safe
def all_tasks(request, membership, case):
    """What is open, those due first; and below it what is done, newest first."""
    rows = FirmTask.objects.filter(person__case=case).select_related("person", "author")
    still_open = list(rows.open())
    done = Paginator(rows.done().order_by("-done_at", "-pk"), SHOWN).get_page(request.GET.get("page"))
    context = {
        "open": still_open,
        "done": done,
        "people": [(person, why_no_contact(person)) for person in case.people.all()],
        "today": case.organisation.today(),
    }
    return render(request, "casework/tasks.html", case_context(membership, case, "tasks", **context))


@for_work
@require_http_methods(["GET", "HEAD", "POST"])
def new(request, membership, case, person):
    """Put a task of the firm's own on one person's checklist."""
    found = find_person(case, person)
    form = TaskForm(request.POST or None, today=case.organisation.today())
    if request.method == "POST" and form.is_valid():
        try:
            services.add_task(person=found, by=request.user, **form.cleaned_data)
        except CannotContact:
            return not_sent(request, membership, "tasks", found, form.cleaned_data["text"])
        messages.success(request, _("Added. It stands on the checklist of %(name)s.") % {"name": found.name})
        return redirect("casework:tasks", membership.organisation.slug, case.pk)
    context = case_context(membership, case, "tasks", person=found, form=form, box=why_no_contact(found))
    return render(request, "casework/add_task.html", context, status=422 if form.errors else 200)


@for_work
@require_POST
def tick(request, membership, case, number):
    """Tick a task, or take the tick away; ``done`` is "1" or "0"."""
    task, done = _task(case, number), request.POST.get("done") == "1"
    before = task.done_at
    services.finish_task(task=task, by=request.user, done=done)
    messages.success(request, _happened(task.text.rstrip("."), done, before))
    return redirect("casework:tasks", membership.organisation.slug, case.pk)


def _happened(text: str, done: bool, before) -> str:
    values = {"task": text, "day": long_date(timezone.localdate(before)) if before else ""}
    if done and before:
        return _("Somebody ticked it before you: %(task)s. It has been done since %(day)s.") % values
    if not done and not before:
        return _("It was not ticked any more: %(task)s.") % values
    return (_("Done: %(task)s.") if done else _("Open again: %(task)s.")) % values


@for_work
@require_POST
def remove(request, membership, case, number):
    """Take an open task off the checklist again."""
    task = _task(case, number)
    try:
        services.remove_task(task=task, by=request.user)
    except Changed as changed:
        context = case_context(membership, case, "tasks", task=changed.theirs)
        return render(request, "casework/task_conflict.html", context, status=409)
    messages.success(request, _("Removed: %(task)s.") % {"task": task.text.rstrip(".")})
    return redirect("casework:tasks", membership.organisation.slug, case.pk)


def _task(case, number) -> FirmTask:
    return get_object_or_404(FirmTask.objects.filter(person__case=case).select_related("person__case"), pk=number)
