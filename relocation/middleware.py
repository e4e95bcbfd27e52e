from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from checklists.access.links import COOKIE, PREVIEW_COOKIE

from .views import as_problem, is_for_programs, page_not_found

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


class HealthMiddleware:
    """Answers probes before anything else is asked of them: they come by http, by number and without a known name."""

    ROOT = "/health"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith(self.ROOT):
            try:
                view, args, kwargs = resolve(f"{request.path_info.rstrip('/')}/")
            except Resolver404:
                return self.get_response(request)
            return view(request, *args, **kwargs)
        return self.get_response(request)


class BrowserPolicyMiddleware:
    """Tell the browser that no page here needs a device feature, and that no other site may draw what is served here.

    Data for programs of other sites says so itself (``Access-Control-Allow-Origin``), which goes before the second.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Nothing here draws anything of other sites, and a browser that knows it keeps the page apart from them.
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        return response


class PrivateMiddleware:
    """What is one reader's own is kept by no cache, the browser's among them, and found by no search engine.

    That is whatever a browser asks for that is signed in or remembers a checklist, whatever stands behind a key, and
    an answer that leads there: its ``Location`` is the key. What says ``public`` is the same for everybody.

    A page that answers a form is the exception: the browser alone keeps it, or going back to it would end at "Confirm
    form resubmission", and with it what was typed. A view may refuse that with a ``no-store`` of its own. Whoever signs
    out, or has a checklist forgotten, clears all of it.
    """

    OWN = tuple(
        f"/{first}/" for first in ("account", "admin", "c", "firms", "mail", "my-checklist", "preview", "share")
    )

    def __init__(self, get_response):
        self.get_response = get_response
        self.cookies = {settings.SESSION_COOKIE_NAME, COOKIE, PREVIEW_COOKIE}

    def __call__(self, request):
        response = self.get_response(request)
        own = any(f"{path}/".startswith(self.OWN) for path in (request.path, response.headers.get("Location", "")))
        if own:
            response.headers["X-Robots-Tag"] = "noindex"
        knows_reader = not self.cookies.isdisjoint({*request.COOKIES, *response.cookies})
        asked = response.headers.get("Cache-Control", "")
        if own or (knows_reader and "public" not in asked):
            answers_form = request.method == "POST" and "Location" not in response.headers and "no-store" not in asked
            response.headers["Cache-Control"] = "private, no-cache" if answers_form else "private, no-store"
        if any(name in response.cookies and not response.cookies[name].value for name in self.cookies):
            response.headers["Clear-Site-Data"] = '"cache"'
        return response


class ErrorPagesMiddleware:
    """Pages of our own where Django has none: for a body that is too large, a wrong method and a view's own 404.

    Django only notices that a body is too large when somebody reads it, and then answers 400. Here the length that
    the request announces is enough to refuse it. A view may set ``upload_limit``, in bytes, for forms with files that
    staff sends, and ``upload_for_everybody`` where all who are signed in may.
    """

    CHUNK = 64 * 1024
    MOST_READ = 16 * 1024 * 1024

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        bare = not response.streaming and (not response.content or is_for_programs(request))
        if response.status_code == 405 and bare:
            page = self._wrong_method(request)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_view(self, request, view, args, kwargs):
        """Here the view is known, and nobody has read the body yet."""
        return self._too_large(request) if self._announced(request) > self._limit(request, view) else None

    def process_exception(self, request, exception):
        """A view's own 404 has a message for the reader, which Django's debugging page would hide."""
        return page_not_found(request, exception) if isinstance(exception, Http404) else None

    @staticmethod
    def _wrong_method(request):
        if is_for_programs(request):
            return as_problem(_("This address works in another way."), status=405)
        return render(request, "405.html", status=405)

    def _too_large(self, request):
        # A browser shows the answer only when it could send everything.
        for _chunk in range(self.MOST_READ // self.CHUNK):
            if not request.read(self.CHUNK):
                break
        if is_for_programs(request):
            message = _("The body is larger than %(size)d bytes.") % {"size": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}
            return as_problem(message, status=413)
        return render(request, "413.html", status=413)

    @staticmethod
    def _limit(request, view):
        own = getattr(view, "upload_limit", 0)
        if own and request.content_type == "multipart/form-data":
            for_all = getattr(view, "upload_for_everybody", False) and request.user.is_authenticated
            if for_all or request.user.is_staff:
                return own
        return settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    @staticmethod
    def _announced(request):
        length = request.META.get("CONTENT_LENGTH") or ""
        return int(length) if length.isdecimal() and len(length) < 20 else 0
