"""How a browser reaches a checklist: by its link, which the browser then remembers."""

import re
from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from checklists.models import ChangeNotice, Checklist
from checklists.models.checklist import ChecklistQuerySet
from guides import previews
from guides.previews.address import ROOT

COOKIE, PREVIEW_COOKIE = "checklist", "preview-checklist"
REMEMBERED_SECONDS = 180 * 24 * 3600
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,43}")


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view for whoever has the link: without an account, kept out of search engines and of shared caches."""

    @login_not_required
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


def openable() -> ChecklistQuerySet:
    """The checklists that links lead to: in a preview those made in previews, on the site itself all others."""
    return Checklist.objects.previews() if previews.seen() else Checklist.objects.live()


def find_checklist(token: str) -> Checklist:
    """The checklist behind a link, with its subscription, and ``has_news``: whether a notice is unread.

    Raises Http404 with a message for the reader.
    """
    unread = ChangeNotice.objects.unread().filter(checklist=OuterRef("pk"))
    known = openable().select_related("subscription").annotate(has_news=Exists(unread))
    found = known.filter(token=token).first() if TOKEN.fullmatch(token) else None
    if found is None:
        raise Http404(
            _(
                "This link leads to no checklist. It may be incomplete, or its owner may have replaced it by a "
                "new one. No answers are lost: the checklist itself is still there under its new link."
            )
        )
    return found


def remember(request: HttpRequest, response: HttpResponse, checklist: Checklist) -> HttpResponse:
    """Keep the link in this browser, signed, where scripts cannot read it.

    What an editor looks at in a preview is remembered beside their own checklist and sent to previews only.
    """
    name, path = (PREVIEW_COOKIE, previews.live_prefix() + ROOT) if previews.seen() else (COOKIE, "/")
    secure = request.is_secure()
    response.set_signed_cookie(
        name, checklist.token, max_age=REMEMBERED_SECONDS, path=path, httponly=True, samesite="Lax", secure=secure
    )
    return response


def remember_if_free(request: HttpRequest, response: HttpResponse, checklist: Checklist) -> HttpResponse:
    """The same, unless this browser remembers another checklist: that one is only given up when its owner says so."""
    if remembered_token(request) in (None, checklist.token):
        return remember(request, response, checklist)
    return response


def remembered_token(request: HttpRequest) -> str | None:
    """The link that this browser remembers, or None; a forged cookie counts as none."""
    name = PREVIEW_COOKIE if previews.seen() else COOKIE
    return request.get_signed_cookie(name, default=None, max_age=REMEMBERED_SECONDS)


def remembered_checklist(request: HttpRequest) -> Checklist | None:
    """The checklist that this browser remembers, if its link still leads somewhere."""
    token = remembered_token(request)
    return openable().filter(token=token).first() if token else None


def posted(request: HttpRequest):
    """The data of a form: None when the page is only looked at, also empty data when it was sent."""
    return request.POST if request.method == "POST" else None


def version_in(text: str) -> int:
    """The version that a form or a link carries; 0, which no saved row has, for anything else."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0
