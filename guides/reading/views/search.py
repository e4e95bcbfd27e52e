from dataclasses import dataclass

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guides.lines import LineField
from guides.reading import library
from guides.reading.entries import SearchEntry
from guides.reading.snippets import best_passage, marked, snippet

RESULTS_A_PAGE = 20
LONGEST_QUERY = 200
KINDS = {
    "guide": _("Guides"),
    "procedure": _("Procedures"),
    "document": _("Documents"),
    "pointer": _("Also think of"),
    "fact": _("Facts"),
}


class SearchForm(forms.Form):
    q = LineField(label=_("What are you looking for?"), max_length=LONGEST_QUERY, required=False)


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the result list. ``url`` leads to the part of the page where the words stand."""

    entry: SearchEntry
    url: str
    title: SafeString
    local_name: SafeString
    text: SafeString


@login_not_required
@require_safe
def search(request):
    """Search everything that can be read; ``kind`` shows results of one kind only."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "guides/search.html", {"form": form, "query": request.GET.get("q", "")}, status=422)
    query, kind = form.cleaned_data["q"], request.GET.get("kind")
    found = library().index.search(query)
    shown = [entry for entry in found.entries if kind not in KINDS or entry.kind == kind]
    page = Paginator(shown, RESULTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "query": query,
        "kind": kind if kind in KINDS else "",
        "kinds": [(key, name, sum(entry.kind == key for entry in found.entries)) for key, name in KINDS.items()],
        "found": found,
        "page": page,
        "results": [_result(entry, found.terms) for entry in page],
        "countries": library().compiled.countries,
    }
    return render(request, "guides/search.html", context)


def _result(entry: SearchEntry, terms: tuple[str, ...]) -> Result:
    passage = best_passage(entry, terms)
    anchored = passage is not None and passage.anchor
    return Result(
        entry=entry,
        url=f"{entry.url}#{passage.anchor}" if anchored else entry.url,
        title=marked(entry.title, terms),
        local_name=marked(entry.local_name, terms),
        text=snippet(passage.text, terms) if passage else marked("", terms),
    )
