from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from checklists.access.firms import for_members
from checklists.firms.board.chrome import Chrome, chrome_of
from checklists.firms.board.columns import columns_of
from checklists.firms.board.context import BoardContext
from checklists.firms.board.filters import matching
from checklists.firms.board.listing import page_of
from checklists.firms.board.rows import COLUMNS, grouped, rows_of
from checklists.presenters.phrases import series


@for_members
@require_safe
def cases(request, membership):
    """The firm's cases as a list, narrowed and ordered as the address says; those due first on top."""
    board = BoardContext(membership)
    chrome = chrome_of(board, request.GET)
    if chrome.left_out:
        left_out = series(list(chrome.left_out))
        messages.warning(request, _("This is not there any more and was left out of the filters: %s.") % left_out)
    context = {
        "membership": membership,
        "query": chrome.query,
        "narrowed": chrome.narrowed,
        "number": chrome.number,
        **chrome.for_reader(request),
    }
    if chrome.view:
        columns = columns_of(board, chrome.filters, "assignee" if chrome.view == "people" else "stage")
        return render(request, "board/columns.html", context | columns)
    return render(request, "board/cases.html", context | listing(board, chrome, request.GET.get("after", "")))


def listing(board: BoardContext, chrome: Chrome, after: str) -> dict:
    found = matching(board.organisation, chrome.filters, board.user, board.today)
    page = page_of(found, chrome.sort, after, COLUMNS)
    rows = rows_of(board, page.rows, "row")
    return {
        "groups": grouped(rows, chrome.sort),
        "first": page.first,
        "last": page.first + len(rows) - 1,
        "after": page.after,
    }
