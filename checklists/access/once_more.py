"""What somebody typed is kept when their form cannot be taken: they were signed out, or signed in in another tab.

Nothing is stored. The page that follows carries what was sent, shows it, and sends it once more with one click.
"""

import json
import re

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

TOKEN = "csrfmiddlewaretoken"
# What a page says beside what its reader typed, and what stands for a choice.
NOT_TYPED = {TOKEN, "seen", "next", "query"}
CHOSEN = re.compile(r"[a-z0-9_-]*")


class SignedOutMiddleware(LoginRequiredMiddleware):
    """Whoever is not signed in signs in first; what they sent meanwhile is not lost."""

    def handle_no_permission(self, request, view_func):
        return signed_out(request) or super().handle_no_permission(request, view_func)


def signed_out(request: HttpRequest) -> HttpResponse | None:
    """The page for a form whose sender is not signed in any more; None where no form was sent."""
    return _page(request, signed_out=True) if _can_be_carried(request) else None


def token_too_old(request: HttpRequest) -> HttpResponse:
    """The page for a form whose token is not the one of this browser.

    One click sends it once more, but only if a page of this site sent it: whatever another site makes up is not
    offered to anybody.
    """
    return _page(request, signed_out=False)


def _page(request: HttpRequest, *, signed_out: bool) -> HttpResponse:
    sent = _sent(request) if _can_be_carried(request) else None
    context = {
        "signed_out": signed_out,
        "sent": sent,
        "typed": _typed(sent or []),
        "action": request.get_full_path(),
        "has_files": bool(sent is not None and request.FILES),
    }
    in_place = getattr(request, "htmx", False)
    template = "components/once_more.html" if in_place else "once_more.html"
    response = render(request, template, context, status=403)
    if in_place:
        as_toast(response)
        # The form is still open, and can be sent again as it stands.
        response.headers["HX-Trigger"] = json.dumps({"token-renewed": get_token(request)})
    add_never_cache_headers(response)
    return response


def as_toast(response: HttpResponse) -> HttpResponse:
    """Have htmx show the toast of this answer beside the page, which stays as it is."""
    for name, value in (("Retarget", "#status"), ("Reselect", ".toast"), ("Reswap", "innerHTML")):
        response.headers[f"HX-{name}"] = value
    return response


def _can_be_carried(request: HttpRequest) -> bool:
    """Whether a page of this site sent it, and there is no password or code in it."""
    if request.method != "POST" or not _is_ours(request) or request.path_info.startswith(reverse("account")):
        return False
    return not any("password" in name for name in request.POST)


def _is_ours(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of this site. No page elsewhere can make it say so."""
    origin = request.headers.get("Origin")
    if origin:
        return origin == f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """The names and values of the form, without its token and its files."""
    return [(name, value) for name, values in request.POST.lists() if name != TOKEN for value in values]


def _typed(sent: list[tuple[str, str]]) -> str:
    """What is worth copying: the words, not the choices."""
    words = [value for name, value in sent if name not in NOT_TYPED and not CHOSEN.fullmatch(value)]
    return "\n\n".join(words or [value for name, value in sent if name in ("text", "note")])
