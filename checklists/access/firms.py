"""Pages of a firm, for its members. For everybody else there is no such firm."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from checklists.models import Membership, User


def for_members(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that every member of the firm may see. The view's ``slug`` becomes a ``membership`` with its firm.

    Times and days are those of the place where the firm works.
    Anonymous people are sent to sign in by the middleware. For people of other firms there is no such firm (404).
    """

    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, *args, **kwargs):
        membership = _membership(request.user, slug)
        if membership is None:
            # Who was removed learns it here, in a tab that was open; who never belonged learns nothing.
            return render(request, "firms/not_yours.html", status=404)
        request.membership = membership
        with timezone.override(membership.organisation.time_zone):
            return view(request, membership, *args, **kwargs)

    return wrapped


def for_advisors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page on which cases are changed: for owners and advisors. Viewers get a 403."""
    return for_members(_only(view, lambda membership: membership.works))


def for_owners(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page on which the firm itself is changed, by its owners. Others of the firm get a 403."""
    return for_members(_only(view, lambda membership: membership.leads))


def _membership(user: User, slug: str) -> Membership | None:
    """The place of this person in that firm, with the names of their other firms, all in one query."""
    found, others = None, []
    places = Membership.objects.filter(user=user).select_related("organisation").order_by("organisation__name")
    for membership in places:
        if membership.organisation.slug == slug:
            found = membership
        else:
            others.append((membership.organisation.slug, membership.organisation.name))
    if found:
        found.user, found.other_firms = user, others
    return found


def _only(view, may: Callable[[Membership], bool]):
    @wraps(view)
    def wrapped(request, membership, *args, **kwargs):
        if not may(membership):
            told = _("In %(firm)s you are “%(role)s”, and this is for others. An owner can change your role.")
            names = {"firm": membership.organisation.name, "role": membership.get_role_display()}
            raise PermissionDenied(told % names)
        return view(request, membership, *args, **kwargs)

    return wrapped
