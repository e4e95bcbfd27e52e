"""Cases side by side, in columns by stage or by who has them."""

from typing import Any

from django.utils.translation import gettext as _

from .context import BoardContext, Total
from .counts import Counts, only
from .filters import Filters, matching
from .rows import COLUMNS, in_one, rows_of

CARDS = 12
# More columns than this nobody looks through; the people with the fewest cases are told in one line.
MOST_COLUMNS = 12


def columns_of(board: BoardContext, filters: Filters, by: str) -> dict[str, Any]:
    """Each column with its count, its first cards by deadline as HTML, and the address of all its cases.

    The counts, together with ``others`` for the columns that are left out, make the number of all cases.
    """
    counts = board.counts_of(filters)
    keys = _people(board, counts) if by == "assignee" else list(board.stages.items())
    field = "assignee" if by == "assignee" else "stage"
    counted = [(key, name, counts.sum(where=only(**{field: key}))) for key, name in keys]
    shown, left_out = counted[:MOST_COLUMNS], counted[MOST_COLUMNS:]
    found = matching(board.organisation, filters, board.user, board.today)
    cards = {key: _first(found.filter(**{field: key})) if count else [] for key, _name, count in shown}
    rows = iter(rows_of(board, [case for part in cards.values() for case in part], "card"))
    return {
        "columns": [
            {
                "name": name,
                "count": count,
                "cards": in_one(next(rows) for _case in cards[key]),
                "more": count > len(cards[key]),
                "url": filters.having(**{field: str(key) if key else "nobody"}).query(),
            }
            for key, name, count in shown
        ],
        "others": {"columns": len(left_out), "cases": sum(count for *_rest, count in left_out)},
        "number": Total(counts.sum()),
    }


def _people(board: BoardContext, counts: Counts) -> list[tuple[int | None, str]]:
    """Everybody who has one of the cases, those with the most first, behind those of nobody."""
    keys = {row.assignee for row in counts.rows}
    names = board.names(keys)
    people = sorted(keys - {None}, key=lambda key: (-counts.sum(where=only(assignee=key)), names[key]))
    return [(None, _("Unassigned")), *((key, names[key]) for key in people)]


def _first(cases) -> list[dict[str, Any]]:
    """The first cards: cases with a deadline in their order, then those without."""
    found: list[dict[str, Any]] = []
    for part in (
        cases.filter(next_deadline__isnull=False).order_by("next_deadline", "pk"),
        cases.filter(next_deadline=None).order_by("pk"),
    ):
        if len(found) < CARDS:
            found += part.values(*COLUMNS)[: CARDS - len(found)]
    return found
