"""Who else has an entry open: told on its page, never in anybody's way.

Kept in the cache alone, under the numbers of accounts, for a quarter of an hour after somebody was last seen there.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

STAYS = 15 * 60


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody who has the entry open too, and since when."""

    user: AbstractBaseUser
    since: datetime.datetime


def stay(entry: Model, user: AbstractBaseUser) -> list[Other]:
    """Note that ``user`` has the entry open, and tell who else has."""
    now = timezone.now().timestamp()
    here = {pk: times for pk, times in cache.get(_name(entry), {}).items() if now - times["last"] < STAYS}
    mine = here.pop(str(user.pk), {"since": now})
    cache.set(_name(entry), {**here, str(user.pk): {**mine, "last": now}}, STAYS)
    return list(_others(here)) if here else []


def leave(entry: Model, user: AbstractBaseUser) -> None:
    """Note that ``user`` is done with the entry."""
    here = cache.get(_name(entry), {})
    if here.pop(str(user.pk), None):
        cache.set(_name(entry), here, STAYS)


class PresenceMixin:
    """For the admin of an entry. The page asks again while it is open (``guides/presence.js``)."""

    class Media:
        js = ["guides/presence.js"]

    def get_urls(self):
        asked = self.admin_site.admin_view(require_POST(self.open_view))
        name = f"guides_{self.opts.model_name}_open"
        return [path("<int:object_id>/open/", asked, name=name), *super().get_urls()]

    def open_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Who else has the entry open: a fragment for the script."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        entry = self.model.objects.filter(pk=object_id).first()
        if entry is None:
            raise Http404
        return render(request, "admin/guides/others.html", {"others": stay(entry, request.user)})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj is not None and self.has_change_permission(request, obj):
            context["others"] = stay(obj, request.user)
            context["others_address"] = reverse(f"admin:guides_{self.opts.model_name}_open", args=[obj.pk])
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def response_post_save_change(self, request, obj):
        leave(obj, request.user)
        return super().response_post_save_change(request, obj)


def _name(entry: Model) -> str:
    return f"guides.open:{entry._meta.label_lower}:{entry.pk}"


def _others(here: dict[str, dict[str, float]]) -> Iterator[Other]:
    users = get_user_model().objects.in_bulk([int(pk) for pk in here])
    for pk, times in sorted(here.items(), key=lambda pair: pair[1]["since"]):
        if user := users.get(int(pk)):
            yield Other(user, timezone.localtime(datetime.datetime.fromtimestamp(times["since"], datetime.UTC)))
