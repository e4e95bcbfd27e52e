"""Cases as rows of a list and as cards of a column."""

import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from checklists.models import Case
from checklists.presenters.phrases import distance, without_indentation

from .context import BoardContext
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


class Row(NamedTuple):
    """One case as ``board/parts/row.html`` and ``card.html`` show it. ``when``: "late", "soon", "later" or "none"."""

    pk: int
    url: str
    name: str
    reference: str
    urgent: bool
    step: str
    problem: bool
    stage: str
    waiting: str
    who: str
    labels: tuple[str, ...]
    done: int
    total: int
    age: str
    when: str
    day: datetime.date | None
    day_text: str
    left: str


def rows_of(board: BoardContext, cases: list[dict[str, Any]]) -> list[Row]:
    """These cases as rows; at most two queries, for labels and for people who have left."""
    labels = _labels(board, [case["pk"] for case in cases])
    names = board.names({case["assignee_id"] for case in cases})
    base = reverse("cases:new", args=[board.organisation.slug]).removesuffix("new/")
    stages, today, language = board.stages, board.today, get_language()
    waiting = {value: str(text) if value else "" for value, text in WAITING.items()}
    return [
        Row(
            case["pk"],
            f"{base}{case['pk']}/",
            case["name"],
            case["reference"],
            case["priority"] == Case.Priority.HIGH,
            case["next_step"],
            case["has_problem"],
            stages[case["stage_id"]],
            waiting[case["waiting_for"]],
            names.get(case["assignee_id"], ""),
            labels.get(case["pk"], ()),
            case["tasks_done"],
            case["tasks_total"],
            _age((today - case["created_at"].date()).days, language),
            *_deadline(case["next_deadline"], today, language),
        )
        for case in cases
    ]


def grouped(rows: list[Row], sort: str) -> list[dict[str, Any]]:
    """The rows under headings by how soon they are due if that is their order, else in one group without a heading."""
    if sort != "deadline":
        return [{"title": "", "rows": rows}] if rows else []
    titles = {
        "late": _("Overdue"),
        "soon": _("Due this week"),
        "later": _("Due later"),
        "none": _("No deadline"),
    }
    found = [
        {"title": title, "kind": kind, "rows": [row for row in rows if row.when == kind]}
        for kind, title in titles.items()
    ]
    return [group for group in found if group["rows"]]


def drawn(groups: list[dict[str, Any]], *, works: bool) -> list[dict[str, Any]]:
    """The same groups with their rows as HTML. ``works``: with a box to tick, for who may change cases."""
    return [{**group, "html": as_html(group["rows"], "row", works=works)} for group in groups]


def as_html(rows: list[Row], template: str, *, works: bool) -> SafeString:
    """Rows as a template of ``board/parts`` draws each."""
    language = get_language()
    return mark_safe("".join(_drawn(template, row, works, language) for row in rows))


# Drawing the rows takes longer than all else on the page, and most are as they were a moment ago.
@lru_cache(maxsize=5000)
def _drawn(template: str, row: Row, works: bool, language: str) -> SafeString:
    return without_indentation(render_to_string(f"board/parts/{template}.html", {"row": row, "works": works}))


@lru_cache(maxsize=2000)
def _short_day(day: datetime.date, year: int, language: str) -> str:
    return date_format(day, "j M" if day.year == year else "j M Y")


def short_day(day: datetime.date, today: datetime.date) -> str:
    """21 Nov, or 21 Nov 2027 in another year."""
    return _short_day(day, today.year, get_language())


@lru_cache(maxsize=5000)
def _deadline(
    day: datetime.date | None, today: datetime.date, language: str
) -> tuple[str, datetime.date | None, str, str]:
    if day is None:
        return "none", None, "", ""
    when = "late" if day < today else "soon" if day < today + SOON else "later"
    return when, day, short_day(day, today), distance(day, today)


@lru_cache(maxsize=5000)
def _age(days: int, language: str) -> str:
    days = max(days, 0)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def _labels(board: BoardContext, cases: list[int]) -> dict[int, tuple[str, ...]]:
    if not board.labels:
        return {}
    found: dict[int, list[str]] = {}
    given = Case.labels.through.objects.filter(case__in=cases).values_list("case_id", "label_id")
    for case, label in given:
        found.setdefault(case, []).append(board.labels[label])
    return {case: tuple(sorted(names)) for case, names in found.items()}
