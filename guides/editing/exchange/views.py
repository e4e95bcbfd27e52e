"""Import and export: the working copy as files, and files into the working copy, with a preview of what changes."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from guides.catalogue.problems import CatalogueError
from guides.catalogue.schema import Catalogue
from guides.editing.difference import difference_of
from guides.editing.exports import download, entries_file
from guides.editions.mapping import sections
from guides.editions.merging import Change, Incoming, Merge, apply_merge, plan_merge
from guides.editions.publishing import catalogue_of, current
from guides.editions.working_copy import Outdated, snapshot
from guides.models import Upload
from guides.sheets import csv_bytes, xlsx_bytes

from .archives import catalogue_zip
from .sheets import sheet_sections
from .uploads import KINDS, LARGEST, SHEETS, kind_of, read_upload
from .yearly import NAME as YEARLY
from .yearly import yearly_sheet

KEPT_FOR = timedelta(days=1)
MOST_PROBLEMS = 100
ROOM_FOR_FIELDS = 64 * 1024


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("YAML, a zip of YAML and guides, or a sheet: CSV or XLSX. At most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
    )
    section = forms.ChoiceField(
        label=gettext_lazy("What a sheet holds"),
        required=False,
        help_text=gettext_lazy("For CSV and XLSX only."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["section"].choices = [("", "–"), *_sheets().items()]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        if not kind_of(file.name):
            raise forms.ValidationError(_("The name of the file must end in one of: %s.") % ", ".join(KINDS))
        return file

    def clean(self):
        data = super().clean()
        if "file" in data and kind_of(data["file"].name) in SHEETS and not data.get("section"):
            self.add_error("section", _("Say what the sheet holds."))
        return data


class ChoicesForm(forms.Form):
    """How to import."""

    overwrite = forms.BooleanField(
        label=gettext_lazy("Also replace what was changed here"),
        required=False,
        help_text=gettext_lazy("Otherwise, what somebody changed here in the meantime is kept."),
    )
    complete = forms.BooleanField(
        label=gettext_lazy("The file is the complete catalogue: remove what it does not hold"),
        required=False,
        help_text=gettext_lazy("What was changed or made here stays in any case."),
    )

    def __init__(self, *args, may_remove: bool, **options):
        super().__init__(*args, **options)
        if not may_remove:
            del self.fields["complete"]


def index(request, form: UploadForm | None = None, problems=(), status: int = 200) -> HttpResponse:
    """Everything that can be taken out, and where to bring it back."""
    readable = [name for name in sections() if _may(request, name, "view")]
    context = {
        "title": _("Import and export"),
        "form": form or UploadForm(initial={"section": request.GET.get("section", "")}),
        "sheets": [(name, title) for name, title in _sheets().items() if _section_of(name) in readable],
        "edition": current().number,
        "may_export_all": len(readable) == len(sections()),
        "may_import": any(_may(request, name, "change", "add") for name in sections()),
        "problems": problems[:MOST_PROBLEMS],
    }
    if not readable:
        raise PermissionDenied
    return _page(request, "index.html", context, status)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request) -> HttpResponse:
    """Take a file in and go on to its preview; a file that cannot be read is not kept."""
    if request.method != "POST":
        return index(request)
    if not any(_may(request, name, "change", "add") for name in sections()):
        raise PermissionDenied
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return index(request, form, status=422)
    file, section = form.cleaned_data["file"], form.cleaned_data["section"]
    found = Upload(user=request.user, name=file.name, section=section, content=file.read())
    try:
        _check_may_import(request, _incoming(found))
    except CatalogueError as error:
        return index(request, form, error.problems, status=422)
    Upload.objects.filter(uploaded_at__lt=timezone.now() - KEPT_FOR).delete()
    found.save()
    return HttpResponseRedirect(reverse("exchange:preview", args=[found.pk]))


upload.upload_limit = LARGEST + ROOM_FOR_FIELDS


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request, pk: int) -> HttpResponse:
    """What an upload would change; and, once its sender agrees, changing exactly that."""
    found = get_object_or_404(Upload, pk=pk, user=request.user)
    may_remove = kind_of(found.name) not in SHEETS and all(_may(request, name, "delete") for name in sections())
    form = ChoicesForm(request.POST or request.GET, may_remove=may_remove)
    form.full_clean()
    try:
        incoming = _incoming(found)
        _check_may_import(request, incoming)
        if request.method == "POST":
            return _apply(request, found, incoming, form.cleaned_data)
        return _preview_page(request, found, form, incoming, plan_merge(incoming, **form.cleaned_data))
    except Outdated as outdated:
        return _preview_page(request, found, form, incoming, outdated.now, status=409)
    except CatalogueError as error:
        return _page(
            request,
            "preview.html",
            {"title": found.name, "upload": found, "problems": error.problems[:MOST_PROBLEMS]},
            status=422,
        )


@require_GET
def export_working_copy(request) -> HttpResponse:
    _check_may_read_all(request)
    try:
        return download("working-copy", "zip", catalogue_zip(snapshot()))
    except CatalogueError as error:
        return index(request, problems=error.problems, status=422)


@require_GET
def export_edition(request) -> HttpResponse:
    _check_may_read_all(request)
    number = current().number
    if not number:
        raise Http404(_("Nothing is published yet."))
    try:
        return download(f"edition-{number}", "zip", catalogue_zip(catalogue_of(number)))
    except CatalogueError as error:
        return index(request, problems=error.problems, status=422)


@require_GET
def export_sheet(request, section: str, kind: str) -> HttpResponse:
    if section not in _sheets() or kind not in ("csv", "xlsx"):
        raise Http404
    if not _may(request, _section_of(section), "view"):
        raise PermissionDenied
    try:
        if section == YEARLY:
            rows = yearly_sheet()
            return download(YEARLY, kind, csv_bytes(rows) if kind == "csv" else xlsx_bytes(YEARLY, rows))
        return entries_file(section, kind)
    except CatalogueError as error:
        return index(request, problems=error.problems, status=422)


def _sheets() -> dict[str, Any]:
    """What a sheet can hold, with its name for people."""
    found = {name: mapping.model._meta.verbose_name_plural for name, mapping in sheet_sections().items()}
    return {**found, YEARLY: _("fees and deadlines")}


def _section_of(sheet: str) -> str:
    """The section whose permissions a sheet takes."""
    return "procedures" if sheet == YEARLY else sheet


def _incoming(found: Upload) -> Incoming:
    return read_upload(found.name, bytes(found.content), found.section)


@transaction.atomic
def _apply(request, found: Upload, incoming: Incoming, choices: dict[str, bool]) -> HttpResponse:
    merge = apply_merge(incoming, seen=request.POST.get("seen", ""), **choices)
    _log(request.user, found.name, merge.changes)
    found.delete()
    values = {"name": found.name, "changes": len(merge.changes), "kept": len(merge.kept)}
    text = _("Imported %(name)s: %(changes)d changed, %(kept)d kept as they were here.") % values
    messages.success(request, text)
    return HttpResponseRedirect(reverse("exchange:index"))


def _log(user, name: str, changes: tuple[Change, ...]) -> None:
    """Into the history of each entry."""
    entries = []
    for section, mapping in sections().items():
        mine = [change for change in changes if change.section == section]
        rows = dict(mapping.model.objects.filter(key__in=[change.key for change in mine]).values_list("key", "pk"))
        entries += [
            LogEntry(
                user=user,
                content_type=ContentType.objects.get_for_model(mapping.model),
                object_id=rows.get(change.key),
                object_repr=change.key,
                action_flag=DELETION if change.new is None else CHANGE if change.old else ADDITION,
                change_message=_("Imported from %(name)s.") % {"name": name},
            )
            for change in mine
        ]
    LogEntry.objects.bulk_create(entries)


def _preview_page(
    request, found: Upload, form: ChoicesForm, incoming: Incoming, merge: Merge, status: int = 200
) -> HttpResponse:
    counts = {"created": 0, "updated": 0, "removed": 0}
    for change in merge.changes:
        counts["removed" if change.new is None else "updated" if change.old else "created"] += 1
    context = {
        "title": found.name,
        "upload": found,
        "form": form,
        "merge": merge,
        "counts": counts,
        "problems": merge.problems[:MOST_PROBLEMS],
        "conflict": status == 409,
        "difference": difference_of(merge.before, merge.after),
        "kept_places": [(incoming.origins.get(change.place, ""), change.place) for change in merge.kept],
        "kept": difference_of(_catalogue(merge.kept, "old"), _catalogue(merge.kept, "new")),
    }
    return _page(request, "preview.html", context, status)


def _catalogue(changes: tuple[Change, ...], side: str) -> Catalogue:
    found: dict[str, list] = {}
    for change in changes:
        if entry := getattr(change, side):
            found.setdefault(change.section, []).append(entry)
    return Catalogue(**found)


def _page(request, name: str, context: dict[str, Any], status: int) -> HttpResponse:
    page = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, f"admin/exchange/{name}", page, status=status)


def _may(request, section: str, *verbs: str) -> bool:
    model = sections()[section].model._meta.model_name
    return all(request.user.has_perm(f"guides.{verb}_{model}") for verb in verbs)


def _check_may_import(request, incoming: Incoming) -> None:
    for section in sections():
        if getattr(incoming.catalogue, section) and not _may(request, section, "change", "add"):
            raise PermissionDenied


def _check_may_read_all(request) -> None:
    if not all(_may(request, section, "view") for section in sections()):
        raise PermissionDenied


app_name = "exchange"
urlpatterns = [
    path("", admin.site.admin_view(upload), name="index"),
    path("<int:pk>/", admin.site.admin_view(preview), name="preview"),
    path("working-copy.zip", admin.site.admin_view(export_working_copy), name="working-copy"),
    path("edition.zip", admin.site.admin_view(export_edition), name="edition"),
    path("<slug:section>.<slug:kind>", admin.site.admin_view(export_sheet), name="sheet"),
]
