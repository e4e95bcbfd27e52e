"""Editions as open data. These views read published editions only, whatever a preview shows."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.catalogue.problems import CatalogueError
from guides.editions.publishing import current
from guides.models import Edition
from guides.reading.addresses import crumbs_to

from . import LICENCE, Imprint
from .changes import ChangesFeed
from .documents import Document, changes_document, linked_data_document, schema_document

EDITIONS_SHOWN = 10

JSON, JSON_LD, JSON_SCHEMA = "application/json", "application/ld+json", "application/schema+json"

FOR_A_WHILE = "public, max-age=300"
FOR_A_DAY = "public, max-age=86400"
FOR_EVER = "public, max-age=31536000, immutable"


@login_not_required
@require_safe
def open_data(request):
    """For people: what there is, under which licence, and how to name it."""
    editions = list(Edition.objects.defer("content"))
    context = {
        "catalogue": current().catalogue,
        "latest": editions[0] if editions else None,
        "editions": editions[:EDITIONS_SHOWN],
        "older": len(editions[EDITIONS_SHOWN:]),
        "licence": LICENCE,
        "crumbs": crumbs_to(_("Open data")),
    }
    return render(request, "guides/open_data.html", context)


@login_not_required
@require_safe
def catalogue_json(request, number=None):
    """An edition exactly as it was stored when it was published, so that anybody can check its digest."""
    edition = _edition(number)
    response = _answer(request, edition.digest, lambda: edition.content, JSON, FOR_EVER if number else FOR_A_WHILE)
    response.headers["Content-Location"] = reverse("guides:edition-json", args=[edition.number])
    response.headers["Last-Modified"] = http_date(edition.published_at.timestamp())
    response.headers["Link"] += f', <{reverse("guides:open-data-schema")}>; rel="describedby"; type="{JSON_SCHEMA}"'
    return response


@login_not_required
@require_safe
def catalogue_jsonld(request, number=None):
    """An edition as linked data. It is made anew by each release of this site, so it is not kept for ever."""
    edition = _edition(number)
    imprint = Imprint(edition.number, edition.published_at, edition.digest)
    document = linked_data_document(imprint, request.build_absolute_uri("/").rstrip("/"))
    response = _send(request, document, JSON_LD, FOR_A_DAY if number else FOR_A_WHILE)
    response.headers["Content-Location"] = reverse("guides:edition-jsonld", args=[edition.number])
    return response


@login_not_required
@require_safe
def editions_json(request):
    """Every edition, the current one first, with its digest and its addresses."""
    editions = [
        {
            "number": edition.number,
            "published_at": edition.published_at.isoformat(),
            "note": edition.note,
            "sha256": edition.digest,
            "json": request.build_absolute_uri(reverse("guides:edition-json", args=[edition.number])),
            "changes": request.build_absolute_uri(reverse("guides:edition-changes", args=[edition.number])),
            "jsonld": request.build_absolute_uri(reverse("guides:edition-jsonld", args=[edition.number])),
        }
        for edition in Edition.objects.defer("content")
    ]
    schema = request.build_absolute_uri(reverse("guides:open-data-schema"))
    document = Document.of({"licence": LICENCE, "schema": schema, "editions": editions})
    return _send(request, document, JSON, FOR_A_WHILE)


@login_not_required
@require_safe
def changes_json(request, number):
    """What an edition added, changed and removed, with the names of the entries and the note to readers."""
    edition = _edition(number)
    try:
        document = changes_document(edition.number, edition.digest)
    except CatalogueError:
        raise Http404(_("This edition is in a form that this site no longer reads.")) from None
    return _send(request, document, JSON, FOR_A_DAY)


@login_not_required
@require_safe
def changes_feed(request):
    """The same for readers of feeds, one entry for each edition."""
    response = ChangesFeed()(request)
    response.headers["Cache-Control"] = FOR_A_WHILE
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@login_not_required
@require_safe
def schema_json(request):
    """What the JSON of an edition means, as a JSON Schema."""
    return _send(request, schema_document(request.build_absolute_uri(request.path)), JSON_SCHEMA, FOR_A_DAY)


def _edition(number: int | None) -> Edition:
    """The edition of this number, or the current one; its content is read only when it is needed."""
    editions = Edition.objects.defer("content")
    edition = editions.first() if number is None else editions.filter(number=number).first()
    if edition is None:
        raise Http404(_("There is no such edition."))
    return edition


def _send(request: HttpRequest, document: Document, media_type: str, kept: str) -> HttpResponse:
    return _answer(request, document.digest, lambda: document.body, media_type, kept)


def _answer(
    request: HttpRequest, digest: str, body: Callable[[], str | bytes], media_type: str, kept: str
) -> HttpResponse:
    """The body, or 304 when the client has it. ``kept`` is for how long the client need not ask again."""
    etag = f'"{digest}"'
    response = get_conditional_response(request, etag) or HttpResponse(body(), content_type=media_type)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = kept
    response.headers["Link"] = f'<{LICENCE}>; rel="license"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Content-Location, ETag, Link"
    return response
