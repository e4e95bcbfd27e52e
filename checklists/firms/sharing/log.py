"""What firms looked at and did on one checklist, as its client reads it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.utils.translation import gettext_lazy

from checklists.firms.history.descriptions import Description, describe
from checklists.models import CasePerson, Checklist, HistoryEntry, Visit

from .words import describe_shares

# What a firm does on the client's own list: the client is told of it.
DONE = frozenset({"answered", "noted", "ticked", "unticked"})
# What else a firm's history says to its client. Nothing that is not named here is shown to clients.
SHOWN = DONE | {
    "asked",
    "message-to-client",
    "questionnaire-sent",
    "request-received",
    "request-withdrawn",
    "task-added",
    "task-done",
    "task-removed",
    "task-reopened",
}
# Who may look, and since when, in words to the client; also what the client did about it.
ACCESS = {
    "access-granted": gettext_lazy("opened your checklist with your code"),
    "access-taken-back": gettext_lazy("took the access back"),
    "person-added": gettext_lazy("put your checklist into a case"),
    "shares-changed": gettext_lazy("changed what is shared: %(shared)s"),
}


def log_of(checklist: Checklist) -> QuerySet:
    """Every look and every change by firms, the newest first, as rows (kind, key) for ``describe_log``."""
    places = list(checklist.places.select_related("case"))
    # What was changed stands in the history, by name.
    visits = Visit.objects.filter(person__in=places).exclude(what=Visit.What.CHANGED)
    entries = history_of(places).filter(Q(verb__in=SHOWN, actor_number__isnull=False) | Q(verb__in=ACCESS))
    kinds = {"visit": visits, "entry": entries}
    looks, changes = (
        found.order_by().annotate(row=Value(kind, CharField())).values_list("row", "pk", "at")
        for kind, found in kinds.items()
    )
    return looks.union(changes, all=True).order_by("-at", "row", "-pk")


def history_of(places: Iterable[CasePerson]) -> QuerySet[HistoryEntry]:
    """What the histories of these places' firms say of them."""
    here = Q(pk__in=())
    for place in places:
        case = place.case
        here |= Q(organisation_id=case.organisation_id, case_number=case.pk, person_number=place.pk)
    return HistoryEntry.objects.filter(here)


def describe_log(rows: Iterable[tuple]) -> list[dict[str, Any]]:
    """Rows of ``log_of`` as {at, who, firm, what}; ``who`` is empty for the client."""
    rows = list(rows)
    visits = Visit.objects.select_related("person__case__organisation").in_bulk(_keys(rows, "visit"))
    entries = HistoryEntry.objects.select_related("organisation").in_bulk(_keys(rows, "entry"))
    lines = {("visit", key): _visit(visit) for key, visit in visits.items()}
    lines |= {("entry", line["key"]): line for line in describe_to_client(entries.values())}
    return [lines[row, key] for row, key, _at in rows if (row, key) in lines]


def describe_to_client(entries: Iterable[HistoryEntry]) -> list[dict[str, Any]]:
    """Entries as {key, at, who, firm, what}."""
    return [
        {
            "key": line.entry.pk,
            "at": line.entry.at,
            "who": line.who if line.entry.actor_number else "",
            "firm": line.entry.organisation.name,
            "what": _to_the_client(line),
        }
        for line in describe(entries)
    ]


def _to_the_client(line: Description) -> str:
    shared = describe_shares((line.entry.details or {}).get("shared", []))
    words = ACCESS.get(line.entry.verb)
    return words % {"shared": shared} if words else line.what


def _visit(visit: Visit) -> dict[str, Any]:
    firm = visit.person.case.organisation.name
    return {"at": visit.at, "who": visit.name, "firm": firm, "what": visit.get_what_display()}


def _keys(rows: Iterable[tuple], kind: str) -> list[int]:
    return [key for row, key, _at in rows if row == kind]
