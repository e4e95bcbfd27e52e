from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guides.catalogue.problems import CatalogueError
from guides.editions.publishing import current
from guides.reading.addresses import address

from . import live_prefix, looking_at
from .address import Preview
from .forms import PreviewForm


@require_safe
def go(request):
    """Lead into the preview that the form asks for: to ``page``, an address of the site, or to an entry.

    ``kind`` (guide, procedure or document) and ``key`` name an entry; only a catalogue knows where its page is.
    """
    form = PreviewForm(request.GET)
    page = request.GET.get("page", "")
    if not form.is_valid():
        return render(request, "guides/preview_choice.html", {"form": form, "page": page}, status=422)
    if "kind" in request.GET:
        return _to_entry(request, form.preview, request.GET["kind"], request.GET.get("key", ""))
    return HttpResponseRedirect(live_prefix() + form.preview.path + page.lstrip("/"))


def _to_entry(request: HttpRequest, preview: Preview, kind: str, key: str) -> HttpResponse:
    try:
        with looking_at(preview):
            found = address(current(), kind, key)
    except CatalogueError as error:
        return broken(request, error)
    if found is None:
        raise Http404
    return HttpResponseRedirect(found)


def broken(request: HttpRequest, error: CatalogueError) -> HttpResponse:
    """What keeps the draft from being shown."""
    # The admin is only there once its site is.
    from guides.editing.places import with_pages

    return render(request, "guides/preview_broken.html", {"problems": with_pages(error.problems)}, status=422)
