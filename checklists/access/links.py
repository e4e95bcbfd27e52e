"""How a browser reaches a checklist: by its link, which it then remembers, or through the door of a firm's case."""

import datetime
import re
from collections.abc import Callable
from functools import cache, wraps
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from checklists.models import CasePerson, ChangeNotice, Checklist, Membership, Visit
from checklists.models.checklist import ChecklistQuerySet
from guides import previews
from guides.previews.address import ROOT

from .access import Access
from .doors import closed
from .once_more import signed_out

COOKIE, PREVIEW_COOKIE = settings.CHECKLIST_COOKIE, settings.PREVIEW_CHECKLIST_COOKIE
REMEMBERED_SECONDS = 180 * 24 * 3600
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,43}")


class Remembered(NamedTuple):
    """What a browser remembers: a link, and the second since which it has held the checklist."""

    token: str
    since: int


class SignInFirst(Exception):
    """The door is there, and opens to members of its firm only."""


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view for whoever has the link, without an account.

    Members of a firm come through the door of their case instead, signed in.
    """

    @login_not_required
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except SignInFirst:
            return signed_out(request) or redirect_to_login(request.get_full_path())

    return wrapped


def openable() -> ChecklistQuerySet:
    """The checklists that links lead to: in a preview those made in previews, on the site itself all others."""
    return Checklist.objects.previews() if previews.seen() else Checklist.objects.live()


def find_checklist(request: HttpRequest, token: str, *, to_change: bool = False, own: bool = False) -> Access:
    """The checklist behind a link or a door and who looks, with its subscription and what its page has to tell.

    ``has_news``: whether a notice is unread; ``has_firms``: whether a firm is in, or was. ``to_change``: the page
    is a form; ``own``: it is the client's alone. Raises Http404 with a message for the reader, and PermissionDenied
    when a viewer of a firm wants to change it.
    """
    if TOKEN.fullmatch(token):
        checklist = _known().filter(token=token).first()
        found = Access(checklist) if checklist else _through_door(request, token, to_change, own)
        if found is not None:
            return found
    raise Http404(
        _(
            "This link leads to no checklist. It may be incomplete, or its owner may have replaced it by a "
            "new one, or erased the checklist."
        )
    )


def find_own_checklist(request: HttpRequest, token: str) -> Checklist:
    """That of whoever has the link, for their pages alone. Raises Http404 for a firm that comes through its door."""
    return find_checklist(request, token, own=True).checklist


@cache
def _described(preview: bool) -> ChecklistQuerySet:
    """Those of previews, or all others, described. Written once: every page asks for one of these."""
    unread = ChangeNotice.objects.unread().filter(checklist=OuterRef("pk"))
    places = CasePerson.objects.filter(checklist=OuterRef("pk"))
    described = (Checklist.objects.previews() if preview else Checklist.objects.live()).select_related("subscription")
    return described.annotate(has_news=Exists(unread), has_firms=Exists(places))


def _known() -> ChecklistQuerySet:
    return _described(previews.seen() is not None)


def _through_door(request: HttpRequest, door: str, to_change: bool, own: bool) -> Access | None:
    """The checklist of a case, for a member of the case's firm; every look is written down for the client."""
    places = CasePerson.objects.filter(door=door)
    if not request.user.is_authenticated:
        if not previews.seen() and places.open().exists():
            raise SignInFirst
        return None
    place = places.visible_to(request.user).select_related("case__organisation").first()
    if place is None:
        return None
    checklist = _known().filter(pk=place.checklist_id).first() if place.is_open else None
    if checklist is None:
        raise closed(place)
    if own:
        raise Http404(_("This page is for the client alone."))
    membership = Membership.objects.get(organisation=place.case.organisation, user=request.user)
    if (to_change or request.method == "POST") and not membership.works:
        raise PermissionDenied(
            _("As a viewer you can look at your clients' checklists. Changing them is for advisors.")
        )
    _note_visit(request, place)
    return Access(checklist, place, request.user, membership.works)


def _note_visit(request: HttpRequest, place: CasePerson) -> None:
    if request.method == "POST":
        what = Visit.What.CHANGED
    else:
        page = request.resolver_match.url_name
        what = Visit.What.ANSWERS if "answer" in page or "question" in page else Visit.What.CHECKLIST
    Visit.objects.create(person=place, user=request.user, name=str(request.user), what=what)


def remember(request: HttpRequest, response: HttpResponse, checklist: Checklist, before: str = "") -> HttpResponse:
    """Keep the link in this browser, signed, where scripts cannot read it, and since when it has held the checklist.

    ``before`` is the link that the checklist had until now. What an editor looks at in a preview is remembered beside
    their own checklist and sent to previews only.
    """
    known, name = remembered(request), _cookie_name()
    since = known.since if known and known.token in (checklist.token, before) else int(timezone.now().timestamp())
    response.set_signed_cookie(
        name,
        f"{checklist.token}.{since}",
        max_age=REMEMBERED_SECONDS,
        path=_cookie_path(),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE or request.is_secure(),
    )
    return response


def remember_if_free(request: HttpRequest, response: HttpResponse, access: Access) -> HttpResponse:
    """The same, unless this browser remembers another checklist: that one is only given up when its owner says so.

    A firm's browser does not remember the checklists of its clients.
    """
    if access.person is None and remembered_token(request) in (None, access.checklist.token):
        return remember(request, response, access.checklist)
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """Let this browser remember no checklist any more."""
    response.delete_cookie(_cookie_name(), path=_cookie_path(), samesite="Lax")
    return response


def remembered(request: HttpRequest) -> Remembered | None:
    """What this browser remembers; a forged cookie counts as nothing."""
    value = request.get_signed_cookie(_cookie_name(), default=None, max_age=REMEMBERED_SECONDS)
    token, _dot, since = (value or "").partition(".")
    return Remembered(token, int(since)) if since.isdecimal() else None


def remembered_token(request: HttpRequest) -> str | None:
    known = remembered(request)
    return known and known.token


def remembered_checklist(request: HttpRequest) -> Checklist | None:
    """The checklist that this browser remembers, if its link still leads somewhere."""
    token = remembered_token(request)
    return openable().filter(token=token).first() if token else None


def held_since(request: HttpRequest, checklist: Checklist) -> datetime.datetime | None:
    """Since when this browser has held the checklist; None where it does not remember it."""
    known = remembered(request)
    if known is None or known.token != checklist.token:
        return None
    return datetime.datetime.fromtimestamp(known.since, datetime.UTC)


def _cookie_name() -> str:
    return PREVIEW_COOKIE if previews.seen() else COOKIE


def _cookie_path() -> str:
    return previews.live_prefix() + ROOT if previews.seen() else "/"


@login_not_required
@require_safe
def pasted(request: HttpRequest, link: str) -> HttpResponse:
    """A link that was pasted with the full stop, bracket or quote that stood behind it leads where it should."""
    return HttpResponseRedirect(f"{get_script_prefix()}{link.rstrip('/')}/")
