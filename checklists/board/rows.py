"""Cases as rows of a list and as cards of a column."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.models import Case
from checklists.presenters.wording import distance

from .desk import Desk
from .filters import SOON

# The columns of a case that its row shows.
COLUMNS = (
    "name",
    "reference",
    "next_step",
    "next_deadline",
    "tasks_done",
    "tasks_total",
    "waiting_for",
    "stage_id",
    "assignee_id",
    "priority",
    "created_at",
    "has_problem",
)
WAITING = dict(Case.Waiting.choices)


def rows_of(desk: Desk, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """These cases as ``board/parts/row.html`` takes them; at most two queries, for labels and for people who left."""
    labels = _labels(desk, [case["pk"] for case in cases])
    names = desk.names({case["assignee_id"] for case in cases})
    base = reverse("cases:new", args=[desk.organisation.slug]).removesuffix("new/")
    return [
        {
            "pk": case["pk"],
            "url": f"{base}{case['pk']}/",
            "name": case["name"],
            "reference": case["reference"],
            "urgent": case["priority"] == Case.Priority.HIGH,
            "calm": case["priority"] == Case.Priority.LOW,
            "step": case["next_step"],
            "problem": case["has_problem"],
            "stage": desk.stages[case["stage_id"]],
            "waiting": WAITING[case["waiting_for"]] if case["waiting_for"] else "",
            "who": names.get(case["assignee_id"], ""),
            "labels": labels.get(case["pk"], []),
            "done": case["tasks_done"],
            "total": case["tasks_total"],
            "age": _age(desk, case["created_at"]),
            **_deadline(case["next_deadline"], desk.today),
        }
        for case in cases
    ]


def grouped(rows: list[dict[str, Any]], sort: str) -> list[dict[str, Any]]:
    """The rows under headings by how soon they are due if that is their order, else in one group without a heading."""
    if sort != "deadline":
        return [{"title": "", "rows": rows}] if rows else []
    titles = {
        "late": _("Overdue"),
        "soon": _("Due this week"),
        "later": _("Due later"),
        "none": _("Without a deadline"),
    }
    found = [
        {"title": title, "kind": kind, "rows": [row for row in rows if row["when"] == kind]}
        for kind, title in titles.items()
    ]
    return [group for group in found if group["rows"]]


def short_day(day: datetime.date, today: datetime.date) -> str:
    """21 Nov, or 21 Nov 2027 in another year."""
    return date_format(day, "j M" if day.year == today.year else "j M Y")


def _deadline(day: datetime.date | None, today: datetime.date) -> dict[str, Any]:
    if day is None:
        return {"when": "none", "day": None, "day_text": "", "left": ""}
    when = "late" if day < today else "soon" if day < today + SOON else "later"
    return {"when": when, "day": day, "day_text": short_day(day, today), "left": distance(day, today)}


def _age(desk: Desk, created: datetime.datetime) -> str:
    days = max((desk.today - created.date()).days, 0)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def _labels(desk: Desk, cases: list[int]) -> dict[int, list[str]]:
    if not desk.labels:
        return {}
    found: dict[int, list[str]] = {}
    given = Case.labels.through.objects.filter(case__in=cases).values_list("case_id", "label_id")
    for case, label in given:
        found.setdefault(case, []).append(desk.labels[label])
    return {case: sorted(names) for case, names in found.items()}
