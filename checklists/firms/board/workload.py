"""How much work each advisor has: the same counts as on the board, as figures and as bars."""

from typing import Any

from django.utils.translation import gettext as _

from .context import BoardContext
from .counts import CountedGroup
from .filters import Filters

# The width of the picture of the longest bar.
WIDTH = 100


def workload_of(board: BoardContext) -> dict[str, Any]:
    """A row for each member and for nobody, those with the most cases first, and one with the sums."""
    people = [("nobody", None, _("Unassigned")), *((str(key), key, name) for key, name in board.assignees.items())]
    idle = set(board.assignees) - set(board.workers)
    rows = {key: _row(board, value, key, name) for value, key, name in people}
    # Viewers are not given cases: they stand here only while they still have some.
    rows = [row for key, row in rows.items() if row["open"]["count"] or key not in idle]
    rows = sorted(rows, key=lambda row: -row["open"]["count"])
    longest = max((row["open"]["count"] for row in rows), default=0) or 1
    return {
        "rows": [row | {"bar": _bar(row, longest)} for row in rows],
        "sums": _figures(board, Filters(), lambda row: True),
    }


def _row(board: BoardContext, value: str, key: int | None, name: str) -> dict[str, Any]:
    return {"name": name, **_figures(board, Filters(assignee=value), lambda row: row.assignee == key)}


def _figures(board: BoardContext, filters: Filters, belongs) -> dict[str, dict[str, Any]]:
    """Each figure with the address of the list that holds these cases."""

    def figure(narrowed: Filters, of: str = "total", waiting: str = "") -> dict[str, Any]:
        def is_counted(row: CountedGroup) -> bool:
            return belongs(row) and (not waiting or row.waiting == waiting)

        return {"count": board.counts.sum(of, is_counted), "url": narrowed.query()}

    return {
        "open": figure(filters),
        "overdue": figure(filters.having(due="overdue"), "overdue"),
        "week": figure(filters.having(due="week"), "week"),
        "client": figure(filters.having(waiting="client"), waiting="client"),
        "office": figure(filters.having(waiting="office"), waiting="office"),
        "stuck": figure(filters.having(stuck="1"), "stuck"),
    }


def _bar(row: dict[str, Any], longest: int) -> list[dict[str, Any]]:
    """The parts of a bar, end to end: what is overdue, what is due this week, and the rest."""
    overdue, week, total = (row[name]["count"] for name in ("overdue", "week", "open"))
    parts, start = [], 0.0
    for kind, count in (("late", overdue), ("soon", week), ("rest", total - overdue - week)):
        width = round(WIDTH * count / longest, 2)
        parts.append({"kind": kind, "start": round(start, 2), "width": width})
        start += width
    return parts
