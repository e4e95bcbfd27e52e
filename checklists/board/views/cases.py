from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from checklists.board.bulk.verbs import VERBS
from checklists.board.columns import columns_of
from checklists.board.desk import Desk
from checklists.board.exports import FORMATS
from checklists.board.filters import matching
from checklists.board.forms import SORT_WORDS, FilterForm
from checklists.board.listing import page_of
from checklists.board.rows import COLUMNS, drawn, grouped, rows_of
from checklists.board.tabs import tabs
from checklists.firms.access import for_members
from checklists.presenters.wording import series


@for_members
@require_safe
def cases(request, membership):
    """The firm's cases as a list, narrowed and ordered as the address says; those due first on top."""
    desk = Desk(membership)
    form = FilterForm(request.GET, desk)
    if form.left_out:
        left_out = series([str(label) for label in form.left_out])
        messages.warning(request, _("This is not there any more and was left out of the filters: %s.") % left_out)
    if form.view():
        columns = columns_of(desk, form.filters, "assignee" if form.view() == "people" else "stage")
        return render(request, "board/columns.html", frame(desk, form) | columns)
    return render(request, "board/cases.html", frame(desk, form) | listing(desk, form))


def frame(desk: Desk, form: FilterForm) -> dict:
    """What the list and the columns have in common: views, filters, verbs, and how many cases there are."""
    filters = form.filters
    return {
        "membership": desk.membership,
        "form": form,
        "filters": filters,
        "chips": form.chips(),
        "query": form.query(),
        "sort": form.sort(),
        "sorts": SORT_WORDS.items(),
        "tabs": tabs(desk, filters, view=form.view()),
        "layouts": [
            {"text": text, "url": filters.query(view=view), "current": view == form.view()}
            for view, text in (("", _("List")), ("columns", _("By stage")), ("people", _("By person")))
        ],
        "verbs": VERBS.items(),
        "formats": FORMATS.items(),
        "views": desk.views,
        "number": desk.total(filters),
    }


def listing(desk: Desk, form: FilterForm) -> dict:
    found = matching(desk.organisation, form.filters, desk.user, desk.today)
    page = page_of(found, form.sort(), form.data.get("after", ""), COLUMNS)
    rows = rows_of(desk, page.rows)
    return {
        "groups": drawn(grouped(rows, form.sort()), works=desk.membership.works),
        "first": page.first,
        "last": page.first + len(rows) - 1,
        "after": page.after,
    }
