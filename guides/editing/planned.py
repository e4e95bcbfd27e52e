"""The pages of publications that wait: for a second person, for their hour, or for both."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _

from guides.catalogue.problems import CatalogueError
from guides.editions import pending_edition
from guides.editions.publications import NotAllowed, agree, planned_publications, withdraw
from guides.editions.working_copy import Outdated
from guides.models import Publication

from .places import with_pages


class PlannedPublications(admin.ModelAdmin):
    """What ``EditionAdmin`` shows and does about publications that wait."""

    def get_urls(self):
        page = self.admin_site.admin_view(self.planned_view)
        return [path("planned/<int:pk>/", page, name="guides_edition_planned"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"planned": planned_publications(), **(extra_context or {})})

    def planned_view(self, request, pk):
        """What waits to be published. Who asked may withdraw it, and another publisher agree."""
        self._may_read(request)
        row = get_object_or_404(Publication, pk=pk)
        if request.method != "POST":
            return self._planned_page(request, row)
        is_publisher = self.has_add_permission(request)
        if not is_publisher and (row.asked_by != request.user or "agree" in request.POST):
            raise PermissionDenied
        try:
            if "agree" in request.POST:
                row = agree(publication=row, actor=request.user, seen=request.POST.get("seen", ""))
            else:
                withdraw(publication=row)
                row.refresh_from_db()
        except NotAllowed:
            raise PermissionDenied from None
        except (Outdated, CatalogueError):
            row.refresh_from_db()
            return self._planned_page(request, row, status=409)
        if row.edition:
            return self._published(request, row.edition)
        messages.info(request, row.outcome or _("This is how things stand now."))
        return HttpResponseRedirect(reverse("admin:guides_edition_planned", args=[row.pk]))

    def _planned_page(self, request, row: Publication, *, status: int = 200) -> HttpResponse:
        is_mine = row.asked_by == request.user
        context = {"title": _("A planned publication"), "row": row, "is_mine": is_mine}
        context["may_withdraw"] = is_mine or self.has_add_permission(request)
        if row.ended_at is None:
            try:
                context |= self._told_of(request, pending_edition.planned(row))
            except CatalogueError as error:
                context["problems"] = with_pages(error.problems)
        return self._page(request, "planned.html", context, status)
