"""The client's page of what firms write and ask, and their answers."""

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from checklists.access.links import by_link
from checklists.firms.casework.services import answer, finish_task, read_messages, write_message
from checklists.firms.sharing.news import put_away, reachable
from checklists.forms import LinesField
from checklists.models import CasePerson, Checklist, FirmTask, Request
from checklists.models.casework import BY_DUE, LONGEST_TEXT
from checklists.seen import Changed
from guides.editions.publishing import current

from .who_sees import own_checklist

MESSAGES_SHOWN = 30


class WordsForm(forms.Form):
    """What a client writes, to a firm or in answer to a request."""

    text = LinesField(
        max_length=LONGEST_TEXT,
        error_messages={
            "required": gettext_lazy("Write something first."),
            "max_length": gettext_lazy("This is too long: at most %(limit_value)d characters fit."),
        },
    )


@by_link
@require_safe
def conversation(request, token):
    """What firms wrote and ask. Looking marks nothing as read: programs that check mail follow every link in it."""
    return _page(request, own_checklist(request, token))


@by_link
@require_POST
def write(request, token, pk):
    """Write to a firm. Whoever answers has read."""
    checklist = own_checklist(request, token)
    place = _place(checklist, pk)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, checklist, f"message-{pk}", form, status=422)
    write_message(person=place, text=form.cleaned_data["text"], by=None)
    read_messages(person=place, by_client=True)
    messages.success(request, _("Sent to %(firm)s.") % {"firm": place.case.organisation})
    return redirect(_address(checklist))


@by_link
@require_POST
def read(request, token, pk):
    """The client has read what the firm wrote."""
    checklist = own_checklist(request, token)
    read_messages(person=_place(checklist, pk), by_client=True)
    return redirect(_address(checklist))


@by_link
@require_POST
def answer_request(request, token, pk):
    """Answer what a firm asks for. If that has ended in the meantime, both texts are shown and nothing is lost."""
    checklist = own_checklist(request, token)
    asked = get_object_or_404(Request.objects.filter(person__in=reachable(checklist)), pk=pk)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, checklist, f"request-{pk}", form, status=422)
    try:
        answer(request=asked, text=form.cleaned_data["text"])
    except Changed as changed:
        ended, mine = changed.theirs, form.cleaned_data["text"]
        context = {
            "checklist": checklist,
            "ended": ended,
            "rows": [{"label": asked.name_in(current()), "theirs": ended.answer, "mine": mine}],
            "typed": [("text", mine)],
            "action": reverse("sharing:write", args=[checklist.token, ended.person_id]),
            "save": _("Send mine as a message"),
            "back": _address(checklist),
            "keep": _("Leave it"),
        }
        return render(request, "sharing/request_ended.html", context, status=409)
    messages.success(request, _("Your answer is sent: %(what)s.") % {"what": asked.name_in(current()).rstrip(".")})
    return redirect(_address(checklist))


@by_link
@require_POST
def tick_task(request, token, pk):
    """Tick a task of a firm, or take the tick away: ``done`` is "1" or "0"."""
    checklist = own_checklist(request, token)
    task = FirmTask.objects.filter(person__in=reachable(checklist), pk=pk).first()
    if task is None:
        raise Http404(_("The firm has taken this task off your list."))
    done = request.POST.get("done") == "1"
    finish_task(task=task, by=None, done=done)
    text = _("Done: %(name)s.") if done else _("No longer ticked: %(name)s.")
    messages.success(request, text % {"name": task.text.rstrip(".")})
    return redirect(f"{checklist.get_absolute_url()}#firms" if "list" in request.GET else _address(checklist))


@by_link
@require_POST
def read_deeds(request, token):
    """Put away what firms did, up to the entries in the address."""
    checklist = own_checklist(request, token)
    put_away(checklist=checklist, seen=request.GET.getlist("seen"))
    return redirect(checklist)


def _place(checklist: Checklist, pk: int) -> CasePerson:
    return get_object_or_404(reachable(checklist), pk=pk)


def _page(request, checklist, sent="", form=None, status=200):
    """``sent`` names the form that was sent, which is shown with what was typed."""
    firms = [_firm(place, sent, form) for place in reachable(checklist)]
    context = {"checklist": checklist, "firms": firms, "has_errors": status != 200}
    return render(request, "sharing/messages.html", context, status=status)


def _firm(place: CasePerson, sent: str, form: WordsForm | None):
    """A firm as {place, firm, conversation, earlier, unread, requests, tasks, form}."""
    rows = list(place.messages.select_related("author").order_by("-pk")[: MESSAGES_SHOWN + 1])
    shown = rows[:MESSAGES_SHOWN][::-1]
    return {
        "place": place,
        "firm": place.case.organisation,
        "conversation": shown,
        "earlier": len(rows) > MESSAGES_SHOWN,
        "unread": any(not message.from_client and message.read_at is None for message in shown),
        "requests": [
            {
                "request": asked,
                "name": asked.name_in(current()),
                "form": form if sent == f"request-{asked.pk}" else WordsForm(),
            }
            for asked in place.requests.open()
        ],
        "tasks": list(place.tasks.order_by(F("done_at").asc(nulls_first=True), *BY_DUE)),
        "form": form if sent == f"message-{place.pk}" else WordsForm(),
    }


def _address(checklist: Checklist) -> str:
    return reverse("sharing:messages", args=[checklist.token])
