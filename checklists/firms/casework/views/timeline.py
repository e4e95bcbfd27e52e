"""Everything that happened in a case, newest first, with what was written."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from checklists.firms.casework.case_context import case_context, for_case
from checklists.firms.casework.read_markers import entries_of
from checklists.firms.history.descriptions import Description, describe
from checklists.models import CaseNote, CasePerson, Message, Request
from checklists.presenters.lines import DOCUMENT, PROCEDURE, STEP, anchor

SHOWN = 40
KINDS = {
    "messages": (_("Messages"), ("message-from-client", "message-to-client")),
    "requests": (_("Requests"), ("asked", "request-answered", "request-received", "request-withdrawn")),
    "notes": (_("Internal notes"), ("note-written", "note-changed", "note-deleted")),
    "tasks": (_("Tasks for the client"), ("task-added", "task-done", "task-removed", "task-reopened")),
    "checklist": (_("Checklists"), ("answered", "noted", "ticked", "unticked")),
}
KNOWN = [verb for _name, verbs in KINDS.values() for verb in verbs]


@for_case
@require_safe
def timeline(request, membership, case):
    """All entries, or those of one kind: ``?kind=messages``; "case" are those of no other kind."""
    kind = request.GET.get("kind", "")
    entries = entries_of(case).order_by("-number")
    if kind in KINDS:
        entries = entries.filter(verb__in=KINDS[kind][1])
    elif kind == "case":
        entries = entries.exclude(verb__in=KNOWN)
    else:
        kind = ""
    page = Paginator(entries, SHOWN).get_page(request.GET.get("page"))
    lines, people = describe(page), {person.pk: person for person in case.people.all()}
    texts = _texts_of(lines)
    kinds = [("", _("Everything")), *((key, name) for key, (name, _verbs) in KINDS.items()), ("case", _("The case"))]
    context = case_context(membership, case, "timeline", page=page, kind=kind, kinds=kinds)
    context["lines"] = [(one, _text_of(one, texts), _address_of(one, people)) for one in lines]
    context["query"] = f"kind={kind}&" if kind else ""
    return render(request, "casework/timeline.html", context)


def _address_of(one: Description, people: dict[int, CasePerson]) -> str:
    """Where its task or paper stands on the client's checklist; empty where the firm does not see that."""
    person, details = people.get(one.entry.person_number), one.entry.details or {}
    kind, key = details.get("kind"), details.get("key", "")
    if person is None or not person.is_open or kind not in (PROCEDURE, STEP, DOCUMENT):
        return ""
    if kind == DOCUMENT:
        return f"{reverse('checklists:checklist', args=[person.door])}#{anchor(kind, key)}"
    return reverse("checklists:task", args=[person.door, key.partition("/")[0]])


def _texts_of(lines: list[Description]) -> dict[str, dict]:
    """What was written then, as it reads now, by kind and key."""
    return {
        "message": dict(Message.objects.filter(pk__in=_numbers(lines, "message")).values_list("pk", "text")),
        "note": dict(CaseNote.objects.filter(pk__in=_numbers(lines, "note")).values_list("pk", "text")),
        "request": {
            request.pk: (request.text, request.answer)
            for request in Request.objects.filter(pk__in=_numbers(lines, "request"))
        },
    }


def _numbers(lines: list[Description], name: str) -> list[int]:
    return [one.entry.details[name] for one in lines if name in (one.entry.details or {})]


def _text_of(one: Description, texts) -> str:
    """The text of one entry; empty where it is gone or there is none."""
    details, verb = one.entry.details or {}, one.entry.verb
    if verb in ("message-from-client", "message-to-client"):
        return texts["message"].get(details.get("message"), "")
    if verb == "note-written":
        return texts["note"].get(details.get("note"), "")
    asked, answer = texts["request"].get(details.get("request"), ("", ""))
    text = {"asked": asked, "request-answered": answer, "request-received": answer}.get(verb, "")
    return "" if text == details.get("what") else text
