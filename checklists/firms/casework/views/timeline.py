"""Everything that happened in a case, newest first, with what was written."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from checklists.firms.casework.case_context import case_context, for_case
from checklists.firms.casework.read_markers import entries_of
from checklists.firms.history.descriptions import Description, describe
from checklists.models import CaseNote, Message, Request

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
    lines = describe(page)
    kinds = [("", _("Everything")), *((key, name) for key, (name, _verbs) in KINDS.items()), ("case", _("The case"))]
    context = case_context(membership, case, "timeline", page=page, lines=_with_texts(lines), kind=kind, kinds=kinds)
    context["query"] = f"kind={kind}&" if kind else ""
    return render(request, "casework/timeline.html", context)


def _with_texts(lines: list[Description]) -> list[tuple[Description, str]]:
    """Each entry with what was written then, as it reads now; empty where that is gone or there is none."""
    texts = {
        "message": dict(Message.objects.filter(pk__in=_numbers(lines, "message")).values_list("pk", "text")),
        "note": dict(CaseNote.objects.filter(pk__in=_numbers(lines, "note")).values_list("pk", "text")),
        "request": {
            request.pk: (request.text, request.answer)
            for request in Request.objects.filter(pk__in=_numbers(lines, "request"))
        },
    }
    return [(one, _text_of(one, texts)) for one in lines]


def _numbers(lines: list[Description], name: str) -> list[int]:
    return [one.entry.details[name] for one in lines if name in (one.entry.details or {})]


def _text_of(one: Description, texts) -> str:
    details, verb = one.entry.details or {}, one.entry.verb
    if verb in ("message-from-client", "message-to-client"):
        return texts["message"].get(details.get("message"), "")
    if verb == "note-written":
        return texts["note"].get(details.get("note"), "")
    asked, answer = texts["request"].get(details.get("request"), ("", ""))
    text = {"asked": asked, "request-answered": answer, "request-received": answer}.get(verb, "")
    return "" if text == details.get("what") else text
