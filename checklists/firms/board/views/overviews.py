import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from checklists.access.firms import for_advisors, for_members
from checklists.firms.board.context import BoardContext
from checklists.firms.board.days import days_between
from checklists.firms.board.exports import calendar as as_calendar
from checklists.firms.board.exports import note_export
from checklists.firms.board.filters import Filters, assignee_of
from checklists.firms.board.forms import FilterForm
from checklists.firms.board.month import day_of, first_of, month_of
from checklists.firms.board.workload import workload_of

MOST_EVENTS = 5000
YEAR = datetime.timedelta(days=365)


@for_members
@require_safe
def calendar(request, membership):
    """Everybody's deadlines, month by month, or those of one day."""
    board = BoardContext(membership)
    form = FilterForm({"assignee": request.GET.get("assignee", "")}, board)
    first = first_of(request.GET.get("month", ""), board.today)
    day = _day_in(request.GET.get("day", ""))
    context = {
        "membership": membership,
        "people": form.select("assignee"),
        "assignee": form.filters.assignee,
        "month": f"{first:%Y-%m}",
    }
    cases = _cases_of(form.filters, board)
    if day:
        return render(request, "board/day.html", context | day_of(board, day, cases) | {"month": f"{day:%Y-%m}"})
    return render(request, "board/calendar.html", context | month_of(board, first, cases))


@for_advisors
@require_POST
def calendar_file(request, membership):
    """The days of the next twelve months, from this month on, as a file for a calendar."""
    board = BoardContext(membership)
    form = FilterForm({"assignee": request.POST.get("assignee", "")}, board)
    first = board.today.replace(day=1)
    days, counts = days_between(board, first, first + YEAR, MOST_EVENTS, **_cases_of(form.filters, board))
    if sum(counts.values()) > MOST_EVENTS:
        told = _("There are more than %d days, which no calendar can show. Choose one person first.") % MOST_EVENTS
        messages.error(request, told)
        return redirect("board:calendar", board.organisation.slug)
    note_export(board=board, cases={day.case for day in days}, form="ics")
    response = HttpResponse(as_calendar(board, days), content_type="text/calendar; charset=utf-8")
    name = f"{_('deadlines')}-{board.organisation.slug}-{board.today}.ics"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@for_members
@require_safe
def workload(request, membership):
    """How many cases each advisor has, and how many of them are urgent."""
    return render(request, "board/workload.html", {"membership": membership, **workload_of(BoardContext(membership))})


def _cases_of(filters: Filters, board: BoardContext) -> dict:
    return {"assignee": assignee_of(filters, board.user)} if filters.assignee else {}


def _day_in(text: str) -> datetime.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
