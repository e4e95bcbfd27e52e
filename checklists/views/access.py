"""How a browser reaches a checklist: by its link, which the browser then remembers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from checklists.models import Checklist

COOKIE = "checklist"
REMEMBERED_SECONDS = 180 * 24 * 3600


def find_checklist(token: str) -> Checklist:
    """The checklist behind a link. Raises Http404 with a message for the reader."""
    try:
        return Checklist.objects.get(token=token)
    except Checklist.DoesNotExist:
        raise Http404(
            _(
                "This link leads to no checklist. It may be incomplete, or its owner may have replaced it by a "
                "new one. No answers are lost: the checklist itself is still there under its new link."
            )
        ) from None


def remember(request: HttpRequest, response: HttpResponse, checklist: Checklist) -> HttpResponse:
    """Keep the link in this browser, signed, where scripts cannot read it."""
    response.set_signed_cookie(
        COOKIE, checklist.token, max_age=REMEMBERED_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


def remembered_token(request: HttpRequest) -> str | None:
    """The link that this browser remembers, or None; a forged cookie counts as none."""
    return request.get_signed_cookie(COOKIE, default=None, max_age=REMEMBERED_SECONDS)
