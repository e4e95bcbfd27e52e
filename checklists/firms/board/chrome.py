"""What stands around the cases on the board: drawn once for each address, until a case of the firm changes."""

from typing import NamedTuple

from django.http import HttpRequest, QueryDict
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from checklists.firms.board.bulk.verbs import VERBS
from checklists.presenters.phrases import without_indentation

from .context import BoardContext, Total
from .exports import FORMATS
from .filters import Filters
from .forms import LAYOUTS, SORT_WORDS, FilterForm

# Stands for the token of the reader's forms in what is cached. Nothing that somebody typed can be like it: it would
# have been escaped.
TOKEN = mark_safe("<token>")
# The views that every board has: filters under a name, each with the number of its cases.
TABS = {
    gettext_lazy("All"): Filters(),
    gettext_lazy("Mine"): Filters(assignee="me"),
    gettext_lazy("Stuck"): Filters(stuck="1"),
    gettext_lazy("Due this week"): Filters(due="week"),
    gettext_lazy("Waiting for client"): Filters(waiting="client"),
    gettext_lazy("Waiting for office"): Filters(waiting="office"),
    gettext_lazy("Unassigned"): Filters(assignee="nobody"),
    gettext_lazy("Archive"): Filters(archived="1"),
}


class Chrome(NamedTuple):
    """One address of the board, understood. ``left_out``: the labels of filters whose value is not there any more.

    ``above`` and ``below`` are HTML that stands around the cases, once ``for_reader`` has put the token into it.
    """

    filters: Filters
    sort: str
    view: str
    query: str
    number: Total
    left_out: tuple[str, ...]
    above: str
    below: str

    @property
    def narrowed(self) -> bool:
        return bool(self.filters.given())

    def for_reader(self, request: HttpRequest) -> dict[str, SafeString]:
        """Both parts, with forms that this reader can send."""
        token = get_token(request)
        return {name: mark_safe(getattr(self, name).replace(TOKEN, token)) for name in ("above", "below")}


def chrome_of(board: BoardContext, data: QueryDict) -> Chrome:
    """The chrome of a list or of columns, as the parameters of its address say."""
    asked = sorted((name, data[name]) for name in data if name in FilterForm.base_fields or name in ("sort", "view"))
    views = ((view.pk, view.name, view.query) for view in board.views)
    reader = board.user.pk, board.membership.role, *views
    return board.cached(("chrome", *asked, reader, board.setup), lambda: _drawn(board, FilterForm(data, board)))


def _drawn(board: BoardContext, form: FilterForm) -> Chrome:
    number, query = board.total(form.filters), form.query()
    first, senseless = ("restore", "archive") if form.filters.archived else ("assign", "restore")
    context = {
        "membership": board.membership,
        "form": form,
        "chips": form.chips(),
        "query": query,
        "sort": form.sort(),
        "sorts": SORT_WORDS.items(),
        "tabs": tabs(board, form.filters, view=form.view()),
        "layouts": LAYOUTS.items(),
        "verb": (first, VERBS[first]),
        "verbs": [(name, verb) for name, verb in VERBS.items() if name not in (first, senseless)],
        "formats": FORMATS.items(),
        "views": board.views,
        "number": number,
        "csrf_token": TOKEN,
    }
    above, below = (
        str(without_indentation(render_to_string(f"board/parts/{name}.html", context))) for name in ("above", "verbs")
    )
    left_out = tuple(str(label) for label in form.left_out)
    return Chrome(form.filters, form.sort(), form.view(), query, number, left_out, above, below)


def tabs(board: BoardContext, here: Filters, **more: str) -> list[dict]:
    """Each view with its address and count; ``more``: what else stays in the address."""
    return [
        {"text": text, "url": filters.query(**more), "count": board.total(filters).number, "current": filters == here}
        for text, filters in TABS.items()
    ]
