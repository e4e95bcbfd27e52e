"""Guides, procedures and documents of the current edition."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from guides.reading import library
from guides.reading.addresses import crumbs_to, to_country, to_guides
from guides.reading.offices import offices_of
from guides.reading.structured import crumbs_data, guide_data, procedure_data


@login_not_required
@require_safe
def guides(request):
    """The guides and procedures of every country."""
    shelf = library()
    countries = [(country, shelf.guides_of(country.key)) for country in shelf.compiled.countries.values()]
    crumbs = crumbs_to(_("Guides"))
    context = {"countries": countries, "crumbs": crumbs, "data": crumbs_data(crumbs, request.path, _site(request))}
    return render(request, "guides/guides.html", context)


@login_not_required
@require_safe
def country(request, country):
    """What there is to read about one country, and its procedures by office."""
    shelf = library()
    found = shelf.compiled.countries[country]
    crumbs = crumbs_to(to_guides(), found.name)
    context = {
        "country": found,
        "guides": shelf.guides_of(country),
        "offices": offices_of(shelf.compiled, country),
        "pointers": [
            (pointer, [shelf.compiled.links[key] for key in pointer.links])
            for pointer in shelf.compiled.pointers_of[country]
        ],
        "crumbs": crumbs,
        "data": crumbs_data(crumbs, request.path, _site(request)),
    }
    return render(request, "guides/country.html", context)


@login_not_required
@require_safe
@vary_on_cookie
def guide(request, country, key):
    shelf = library()
    if key not in shelf.compiled.guides or shelf.compiled.guides[key].country != country:
        raise Http404(_("There is no such guide."))
    page = shelf.guide(key)
    crumbs = crumbs_to(to_guides(), to_country(page.country), page.title)
    context = {"page": page, "crumbs": crumbs, "data": guide_data(page, crumbs, _site(request))}
    return render(request, "guides/guide.html", context)


@login_not_required
@require_safe
@vary_on_cookie
def procedure(request, country, key):
    shelf = library()
    if key not in shelf.compiled.procedures or shelf.compiled.procedures[key].country != country:
        raise Http404(_("There is no such procedure."))
    page = shelf.procedure(key)
    crumbs = crumbs_to(to_guides(), to_country(page.country), page.procedure.name)
    context = {"page": page, "crumbs": crumbs, "data": procedure_data(page, crumbs, _site(request))}
    return render(request, "guides/procedure.html", context)


@login_not_required
@require_safe
def document(request, key):
    shelf = library()
    if key not in shelf.compiled.documents:
        raise Http404(_("There is no such document."))
    page = shelf.document(key)
    crumbs = crumbs_to(to_guides(), *([to_country(page.country)] if page.country else []), page.document.name)
    context = {"page": page, "crumbs": crumbs, "data": crumbs_data(crumbs, request.path, _site(request))}
    return render(request, "guides/document.html", context)


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
