"""A firm's history, to read and to take along."""

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from checklists.access.firms import for_advisors
from guides.sheets import csv_lines

from .descriptions import describe
from .exports import AT_ONCE, json_parts, rows
from .forms import FilterForm

ON_A_PAGE = 50


@for_advisors
@require_safe
def of_firm(request, membership):
    """What happened in the firm, newest first."""
    return _page(request, membership, None)


@for_advisors
@require_safe
def of_case(request, membership, pk):
    """What happened in one case."""
    return _page(request, membership, get_object_or_404(membership.organisation.cases, pk=pk))


@for_advisors
@require_safe
def export(request, membership, kind):
    """The entries that the page's filters leave, oldest first, as CSV or JSON."""
    organisation = membership.organisation
    form = FilterForm(request.GET, organisation)
    entries = form.entries().order_by("number").iterator(chunk_size=AT_ONCE)
    if not form.is_valid():
        return _page(request, membership, None)
    if kind == "csv":
        parts, content_type = csv_lines(rows(entries)), "text/csv; charset=utf-8"
    else:
        parts, content_type = json_parts(organisation, entries), "application/json"
    name = f'attachment; filename="history-{organisation.slug}.{kind}"'
    return StreamingHttpResponse(parts, content_type=content_type, headers={"Content-Disposition": name})


def _page(request, membership, case):
    organisation = membership.organisation
    query = request.GET.copy()
    before = "".join(query.pop("before", []))
    if case:
        query["case"] = str(case.pk)
    form = FilterForm(query, organisation)
    entries = form.entries()
    if before.isdecimal() and len(before) < 19:
        entries = entries.filter(number__lt=int(before))
    found = list(entries[: ON_A_PAGE + 1])
    shown, filters = found[:ON_A_PAGE], query.urlencode()
    if len(found) > ON_A_PAGE:
        query["before"] = str(shown[-1].number)
    numbers = {entry.case_number for entry in shown if entry.case_number}
    context = {
        "membership": membership,
        "case": case,
        "form": form,
        "entries": _with_cases(describe(shown), organisation.cases.in_bulk(numbers)),
        "filters": filters,
        "older": query.urlencode() if "before" in query else "",
        "is_first_page": not before,
        "is_filtered": any(value for name, value in form.cleaned_data.items() if name != "case"),
    }
    return render(request, "history/history.html", context, status=422 if form.errors else 200)


def _with_cases(entries, cases):
    """Each entry with the case that it is of; None once the case is deleted."""
    return [(description, cases.get(description.entry.case_number)) for description in entries]
