"""Cases as rows of a list and as cards of a column."""

import datetime
from collections.abc import Iterable
from operator import itemgetter
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.caching import cached_for_each
from checklists.models import Case
from checklists.presenters.phrases import distance, without_indentation

from .context import BoardContext
from .filters import SOON

# The columns of a case that its row shows.
COLUMNS = (
    "pk",
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
VALUES = itemgetter(*COLUMNS)
WAITING = dict(Case.Waiting.choices)
# Days so near are told without their year.
NEAR = datetime.timedelta(days=300)
# So many colours there are for labels.
TINTS = 3


class ShownLabel(NamedTuple):
    """A label of a case: ``initials`` of its words in one of a few colours."""

    name: str
    initials: str
    tint: int


class Shown(NamedTuple):
    """All that a case is drawn from: ``values`` of its COLUMNS; ``works``: a box to tick, for who may change cases."""

    template: str
    address: str
    works: bool
    today: datetime.date
    values: tuple
    stage: str
    who: str
    labels: tuple[ShownLabel, ...]


class Row(NamedTuple):
    """One case as HTML. ``when`` it is due: "late", "soon", "later" or "none"."""

    when: str
    html: SafeString


def rows_of(board: BoardContext, cases: list[dict[str, Any]], template: str) -> list[Row]:
    """These cases as a template of ``board/parts`` draws each; at most two queries, for labels and people who left."""
    labels = _labels(board, [case["pk"] for case in cases])
    names = board.names({case["assignee_id"] for case in cases})
    base = reverse("cases:new", args=[board.organisation.slug]).removesuffix("new/")
    works, today, stages = board.membership.works, board.today, board.stages
    shown = (
        Shown(
            template,
            f"{base}{case['pk']}/",
            works,
            today,
            VALUES(case),
            stages[case["stage_id"]],
            names.get(case["assignee_id"], ""),
            labels.get(case["pk"], ()),
        )
        for case in cases
    )
    # Drawing the rows takes longer than all else on the page, and most are as they were a moment ago.
    return cached_for_each("case", shown, _drawn)


def grouped(rows: list[Row], sort: str) -> list[dict[str, Any]]:
    """The rows under headings by how soon they are due if that is their order, else in one group without a heading."""
    if sort != "deadline":
        return [{"title": "", "html": in_one(rows)}] if rows else []
    titles = {
        "late": _("Overdue"),
        "soon": _("Due this week"),
        "later": _("Due later"),
        "none": _("No deadline"),
    }
    found = [
        {"title": title, "kind": kind, "html": in_one(row for row in rows if row.when == kind)}
        for kind, title in titles.items()
    ]
    return [group for group in found if group["html"]]


def in_one(rows: Iterable[Row]) -> SafeString:
    """The HTML of these rows, one after the other."""
    return mark_safe("".join(row.html for row in rows))


def _drawn(shown: Shown) -> Row:
    case, today = dict(zip(COLUMNS, shown.values, strict=True)), shown.today
    day = case["next_deadline"]
    row = {
        "pk": case["pk"],
        "url": shown.address,
        "name": case["name"],
        "reference": case["reference"],
        "urgent": case["priority"] == Case.Priority.HIGH,
        "step": case["next_step"],
        "problem": case["has_problem"],
        "stage": shown.stage,
        "waiting": case["waiting_for"] and WAITING[case["waiting_for"]],
        "who": shown.who,
        # The first name, or what stands before the @ of an address.
        "who_short": shown.who.partition("@")[0].partition(" ")[0],
        "labels": shown.labels,
        "done": case["tasks_done"],
        "total": case["tasks_total"],
        "age": _age(case["created_at"].date(), today),
        "when": _when(day, today),
        "day": day,
        "day_text": day and date_format(day, "j M" if abs(day - today) < NEAR else "j M Y"),
        "left": day and distance(day, today),
    }
    context = {"row": row, "works": shown.works}
    return Row(row["when"], without_indentation(render_to_string(f"board/parts/{shown.template}.html", context)))


def _when(day: datetime.date | None, today: datetime.date) -> str:
    if day is None:
        return "none"
    return "late" if day < today else "soon" if day < today + SOON else "later"


def _age(opened: datetime.date, today: datetime.date) -> str:
    days = max((today - opened).days, 0)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def _labels(board: BoardContext, cases: list[int]) -> dict[int, tuple[ShownLabel, ...]]:
    if not board.labels:
        return {}
    known = {
        key: ShownLabel(name, "".join(word[0] for word in name.split()[:2]).upper(), place % TINTS)
        for place, (key, name) in enumerate(board.labels.items())
    }
    found: dict[int, list[ShownLabel]] = {}
    given = Case.labels.through.objects.filter(case__in=cases).values_list("case_id", "label_id")
    for case, label in given:
        found.setdefault(case, []).append(known[label])
    return {case: tuple(sorted(labels)) for case, labels in found.items()}
