import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone

from .factors import lacks_factor

WANTED = "page wanted before the second factor"
NOTED = "noted in the list of sessions at"
BEGAN = "signed in at"


def is_signed_in(request: HttpRequest) -> bool:
    """The same as ``request.user.is_authenticated``, without looking for the session of a browser that has none.

    What says so to nobody in particular (the API, open data) then stays the same for everybody in caches.
    """
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


class SessionEndMiddleware:
    """Signs out whoever has not used the site for long, or signed in long ago: sooner where others' data is at stake.

    What they were typing is kept, as for everybody whose session has ended (``once_more``).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if is_signed_in(request) and self._is_over(request):
            logout(request)
        return self.get_response(request)

    @staticmethod
    def _is_over(request: HttpRequest) -> bool:
        now = timezone.now().timestamp()
        sees_others = request.user.is_staff or request.user.is_member
        unused, at_last = settings.SESSION_HOURS_OF_STAFF if sees_others else settings.SESSION_HOURS
        lasted, rested = (now - request.session.get(name, now) for name in (BEGAN, NOTED))
        return lasted > at_last * 3600 or rested > unused * 3600


class SecondFactorMiddleware:
    """Nobody works as staff or in a firm with a password alone: first they set up a second factor.

    Whoever has one is asked for it whenever they sign in. Until then only the pages of their account open.
    """

    OPEN = ("/account/", "/static/")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(self.OPEN) and is_signed_in(request) and lacks_factor(request.user):
            if request.method == "GET":
                request.session[WANTED] = request.get_full_path()
            return redirect("mfa_index")
        return self.get_response(request)


class SessionListMiddleware:
    """Keeps the list of somebody's sessions up to date: when and where each was last used, to a few minutes."""

    AGAIN_AFTER = datetime.timedelta(minutes=5)

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if is_signed_in(request):
            now = timezone.now().timestamp()
            if now - request.session.get(NOTED, now) > self.AGAIN_AFTER.total_seconds():
                UserSession.objects.create_from_request(request)
                request.session[NOTED] = now
                request.session.setdefault(BEGAN, now)
        return self.get_response(request)


class FormStatusMiddleware:
    """A form that comes back with its errors answers 422, also where allauth would say 200."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_template_response(self, request, response):
        if request.method == "POST" and request.path_info.startswith("/account/") and response.status_code == 200:
            context = response.context_data or {}
            forms = [context.get(name) for name in ("form", "verify_form", "webauthn_form")]
            if any(form is not None and form.is_bound and form.errors for form in forms):
                response.status_code = 422
        return response
