"""Taking entries along: downloads, and an action on every list of the working copy."""

from collections.abc import Iterable

from django.contrib import admin, messages
from django.contrib.admin.options import ActionLocation
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.catalogue.problems import CatalogueError, schema_problems
from guides.catalogue.schema import Entry
from guides.editing.exchange.archives import entries_yaml
from guides.editing.exchange.sheets import sheet_of, sheet_sections
from guides.editions.working_copy import stored_entries
from guides.sheets import csv_bytes, xlsx_bytes

from .lists import section_of

TYPES = {
    "zip": "application/zip",
    "yaml": "application/yaml; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(name: str, kind: str, content: bytes | str) -> HttpResponse:
    """A file to save as ``name.kind``."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)


def entries_file(section: str, kind: str, keys: Iterable[str] | None = None) -> HttpResponse:
    """Entries of one section as "yaml", "csv" or "xlsx"; all of them without ``keys``. Raises CatalogueError."""
    wanted = None if keys is None else set(keys)
    rows = [row for row in stored_entries(section) if wanted is None or row.raw["key"] in wanted]
    return download(section, kind, _written(section, kind, [_typed(row) for row in rows]))


def _typed(row) -> Entry:
    try:
        return row.typed()
    except ValueError as error:
        raise CatalogueError(schema_problems(error, row.raw, row.place)) from None


def _written(section: str, kind: str, entries: list[Entry]) -> bytes | str:
    if kind == "csv":
        return csv_bytes(sheet_of(section, entries))
    if kind == "xlsx":
        return xlsx_bytes(section, sheet_of(section, entries))
    return entries_yaml(section, entries)


class ExportMixin:
    """For the admin of a top-level entry."""

    actions = ["export_yaml", "export_csv", "export_xlsx"]

    def get_actions(self, request, action_location=ActionLocation.CHANGE_LIST):
        actions = super().get_actions(request, action_location=action_location)
        if self.exchanged_section not in sheet_sections():
            actions = {name: action for name, action in actions.items() if name not in ("export_csv", "export_xlsx")}
        return actions

    @admin.action(description=gettext_lazy("Export selected as YAML"), permissions=["view"])
    def export_yaml(self, request, queryset):
        return self._export(request, queryset, "yaml")

    @admin.action(description=gettext_lazy("Export selected as CSV"), permissions=["view"])
    def export_csv(self, request, queryset):
        return self._export(request, queryset, "csv")

    @admin.action(description=gettext_lazy("Export selected as XLSX"), permissions=["view"])
    def export_xlsx(self, request, queryset):
        return self._export(request, queryset, "xlsx")

    def _export(self, request, queryset, kind: str) -> HttpResponse | None:
        try:
            return entries_file(self.exchanged_section, kind, queryset.values_list("key", flat=True))
        except CatalogueError as error:
            self.message_user(request, _("Nothing was exported. %(error)s") % {"error": error}, messages.ERROR)
            return None

    @property
    def exchanged_section(self) -> str:
        return section_of(self.model)
