"""Messages between the firm and the people of a case."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from checklists.firms.casework.case_context import case_context, find_person, for_case, not_sent
from checklists.firms.casework.contact import CannotContact, why_no_contact, without_mail
from checklists.firms.casework.forms import MessageForm
from checklists.firms.casework.services import read_messages, write_message
from checklists.firms.casework.templating import chosen_text
from checklists.models import CasePerson

SHOWN = 30


@for_case
@require_safe
def everybody(request, membership, case):
    """The conversation with whoever wrote something new, else with the first person."""
    unread = case.people.filter(messages__from_client=True, messages__read_at=None)
    person = unread.first() or case.people.first()
    if person is None:
        return render(request, "casework/nobody.html", case_context(membership, case, "messages"))
    return redirect("casework:messages-with", membership.organisation.slug, case.pk, person.pk)


@for_case
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request, membership, case, person):
    """What the firm and one person wrote to each other, and a form to write more."""
    found = find_person(case, person)
    form = MessageForm(request.POST or None, initial={"text": chosen_text(request, membership, found)})
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                write_message(person=found, text=form.cleaned_data["text"], by=request.user)
            except CannotContact:
                return not_sent(request, membership, "messages", found, form.cleaned_data["text"])
            messages.success(request, _("Sent. %(name)s finds it on the checklist.") % {"name": found.name})
            return redirect(request.path)
        status = 422
    shown, earlier = _latest(found, request.GET.get("before", ""))
    if membership.works and request.method == "GET":
        read_messages(person=found, by_client=False)
    context = {
        "person": found,
        "people": list(case.people.all()),
        "conversation": shown,
        "earlier": earlier,
        "form": form,
        "templates": list(membership.organisation.templates.all()) if membership.works else [],
        "box": why_no_contact(found),
        "without_mail": without_mail(found),
    }
    return render(
        request, "casework/messages.html", case_context(membership, case, "messages", **context), status=status
    )


def _latest(person: CasePerson, before: str):
    """The last messages before this one, oldest first, and the key before which there are more (or None)."""
    rows = person.messages.select_related("author").order_by("-pk")
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: SHOWN + 1])
    shown = found[:SHOWN][::-1]
    return shown, shown[0].pk if len(found) > SHOWN else None
