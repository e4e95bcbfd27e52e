import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from checklists.access.accounts.events import log_event
from checklists.access.once_more import as_toast, token_too_old

# RFC 9116 wants a day within a year after which nobody should rely on the file.
SECURITY_TXT_HOLDS = datetime.timedelta(days=180)


def is_for_programs(request) -> bool:
    """Whether whoever asks expects JSON."""
    path = request.path_info
    return path.startswith("/api/") or (path.startswith("/open-data/") and path.endswith((".json", ".jsonld")))


def as_problem(message, *, status):
    """What is wrong, in the shape in which the API says everything that is wrong."""
    return JsonResponse({"errors": [{"key": "", "message": message}]}, status=status)


def csrf_failure(request, reason=""):
    """Refuse a form whose token does not match, and keep what was typed in it."""
    log_event("form refused", getattr(request, "user", AnonymousUser()).pk)
    if is_for_programs(request):
        return as_problem(_("This address works in another way."), status=405)
    return token_too_old(request)


def page_not_found(request, exception):
    """Say that there is no such page; ``message`` is what a view wants to tell its reader, if anything.

    An exception may name a ``template`` of its own.
    """
    if is_for_programs(request):
        return as_problem(_message_of(exception) or _("There is nothing at this address."), status=404)
    own = getattr(exception, "template", "")
    response = render(request, own or "404.html", {"message": _message_of(exception)}, status=404)
    if own:
        # A part of a page cannot hold this: htmx loads the page again, and gets it as a whole.
        response.headers["HX-Refresh"] = "true"
    return response


def permission_denied(request, exception):
    """Say that this is for others; ``message`` is what a view wants to tell its reader, if anything."""
    message = _message_of(exception) if isinstance(exception, PermissionDenied) else ""
    log_event("permission refused", getattr(request, "user", AnonymousUser()).pk)
    if getattr(request, "htmx", False):
        return as_toast(render(request, "components/refused.html", {"message": message}, status=403))
    return render(request, "403.html", {"message": message}, status=403)


def _message_of(exception) -> str:
    return next((str(argument) for argument in exception.args if isinstance(argument, str)), "")


@login_not_required
@require_safe
def security_txt(request):
    """Where to tell of a hole (RFC 9116)."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    until = (timezone.now() + SECURITY_TXT_HOLDS).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until.isoformat()}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}{request.path}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@login_not_required
def components(request):
    """Show every shared component with an invented person. Only routed on a developer's machine."""
    # Samples of every component are made when the page is first asked for, and only in debug mode.
    from .gallery import samples

    theme = "dark" if request.GET.get("theme") == "dark" else "light"
    return render(request, "components/gallery.html", {"theme": theme, "sample": samples()})


def nothing_here(request, rest):
    """In place of the admin's way from any row to its page: a checklist's address is its key, also for staff."""
    raise Http404
