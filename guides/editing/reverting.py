"""Back to what is published: one entry of the working copy, changed or deleted since, as the current edition has it."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guides.catalogue.checks import references
from guides.catalogue.problems import walk
from guides.catalogue.schema import Entry
from guides.editions.mapping import ModelMapping, sections
from guides.editions.publishing import current
from guides.editions.working_copy import StoredEntry, fingerprint, stored_entries
from guides.editions.writer import RowWriter
from guides.models.base import Entry as EntryModel

from .history import DIFFERENCE, SAID, difference_between, rows_to_keep
from .used import users_of

Ids = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Reverting:
    """An entry as it is published, and the row that stands in the working copy; None if it was deleted."""

    section: str
    published: Entry
    row: StoredEntry | None
    ids: Ids

    @property
    def mapping(self) -> ModelMapping:
        return sections()[self.section]

    @property
    def seen(self) -> str:
        return fingerprint(self.row and self.row.raw)

    @property
    def lacking(self) -> list[tuple[str, str]]:
        """Section and key of what it needs and the working copy does not have."""
        needed = {(name, key) for _, inner in walk(self.published, "") for _, name, key in references(inner)}
        own = (self.section, self.published.key)
        return sorted((name, key) for name, key in needed if key not in self.ids[name] and (name, key) != own)

    def write(self) -> None:
        writer = RowWriter()
        for name, mapping in sections().items():
            marks = {"rank": self._rank(), "loaded": self.row.loaded if self.row else ""}
            writer.write_rows(mapping, self.ids[name], [(self.published, marks)] if name == self.section else [])
        writer.write_insides()

    def _rank(self) -> int:
        """Its own place, or that of the entry before it in the current edition."""
        if self.row:
            return self.row.rank
        keys = [entry.key for entry in getattr(current().catalogue, self.section)]
        before = set(keys[: keys.index(self.published.key)])
        ranks = {row.raw["key"]: row.rank for row in stored_entries(self.section)}
        return max((rank for key, rank in ranks.items() if key in before and rank < EntryModel.LAST), default=0)


@require_http_methods(["GET", "HEAD", "POST"])
def revert(request, section: str, key: str) -> HttpResponse:
    """What an entry says here and what is published, and with POST the way back, unless somebody was quicker."""
    with transaction.atomic():
        found = _found(section, key)
        model_admin = admin.site.get_model_admin(found.mapping.model)
        may = model_admin.has_change_permission if found.row else model_admin.has_add_permission
        if not may(request):
            raise PermissionDenied
        entry = difference_between(section, found.row and found.row.raw, found.published.model_dump())
        if request.method != "POST":
            return _page(request, found, entry)
        if request.POST.get("seen") != found.seen:
            return _page(request, found, entry, status=409)
        if found.lacking or entry is None:
            return _page(request, found, entry, status=422)
        found.write()
        row = found.mapping.model.objects.get(key=key)
        said = _("Made again as edition %(number)d has it.") % {"number": current().number}
        model_admin.log_change(request, row, [{SAID: said}, {DIFFERENCE: rows_to_keep(entry)}])
    messages.success(request, _("“%(key)s” is as it is published.") % {"key": key})
    return HttpResponseRedirect(reverse(f"admin:guides_{found.mapping.model._meta.model_name}_change", args=[row.pk]))


@require_http_methods(["GET", "HEAD"])
def used(request, section: str, key: str) -> HttpResponse:
    """All entries that name an entry of the working copy."""
    if section not in sections():
        raise Http404
    mapping = sections()[section]
    if not admin.site.get_model_admin(mapping.model).has_view_permission(request):
        raise PermissionDenied
    row = mapping.model.objects.filter(key=key).first()
    if row is None:
        raise Http404
    [users] = users_of([(section, key)]).values()
    title = _("Where “%(key)s” is used") % {"key": key}
    context = {"title": title, "opts": mapping.model._meta, "original": row, "users": users}
    return TemplateResponse(request, "admin/guides/entry_used.html", {**admin.site.each_context(request), **context})


def _found(section: str, key: str) -> Reverting:
    published = {entry.key: entry for entry in getattr(current().catalogue, section, ())}
    if section not in sections() or key not in published:
        raise Http404
    model = sections()[section].model
    # Nobody else saves it before this request is done.
    list(model.objects.select_for_update().filter(key=key).values_list("pk"))
    row = next((row for row in stored_entries(section) if row.raw["key"] == key), None)
    ids = {
        name: dict(mapping.model.objects.order_by().values_list("key", "pk")) for name, mapping in sections().items()
    }
    return Reverting(section, published[key], row, ids)


def _page(request, found: Reverting, entry, status: int = 200) -> HttpResponse:
    edition = current().number
    title = _("Revert to what is published") if found.row else _("Restore as published")
    lacking = [(name, key, key in {e.key for e in getattr(current().catalogue, name)}) for name, key in found.lacking]
    context = {
        **admin.site.each_context(request),
        "title": title,
        "opts": found.mapping.model._meta,
        "found": found,
        "entry": entry,
        "lacking": lacking,
        "edition": edition,
        "conflict": status == 409,
    }
    return TemplateResponse(request, "admin/guides/entry_revert.html", context, status=status)


app_name = "entries"
urlpatterns = [
    path("<slug:section>/<str:key>/published/", admin.site.admin_view(revert), name="revert"),
    path("<slug:section>/<str:key>/used/", admin.site.admin_view(used), name="used"),
]
