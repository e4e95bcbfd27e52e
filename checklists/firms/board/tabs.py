"""The views that every board has: filters under a name, each with the number of its cases."""

from django.utils.translation import gettext_lazy as _

from .context import BoardContext
from .filters import Filters

TABS = {
    _("All"): Filters(),
    _("Mine"): Filters(assignee="me"),
    _("Stuck"): Filters(stuck="1"),
    _("Due this week"): Filters(due="week"),
    _("Waiting for client"): Filters(waiting="client"),
    _("Waiting for office"): Filters(waiting="office"),
    _("Unassigned"): Filters(assignee="nobody"),
    _("Archive"): Filters(archived="1"),
}


def tabs(board: BoardContext, here: Filters, **kept: str) -> list[dict]:
    """Each view with its address and count; ``kept``: what else stays in the address."""
    return [
        {"text": text, "url": filters.query(**kept), "count": board.total(filters).number, "current": filters == here}
        for text, filters in TABS.items()
    ]
