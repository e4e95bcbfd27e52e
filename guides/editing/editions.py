from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.catalogue.problems import CatalogueError
from guides.catalogue.schema import Catalogue
from guides.editions import pending_edition
from guides.editions.mapping import sections
from guides.editions.pending_edition import PendingEdition
from guides.editions.publications import plan_publication
from guides.editions.publishing import catalogue_of, publish, restore
from guides.editions.working_copy import Outdated
from guides.models import Edition

from .difference import difference_of
from .places import with_pages
from .planned import PlannedPublications

LONGEST = 2000
# So many changed entries are folded by section.
MANY = 20


def _text(label: str, rows: int, **options) -> forms.CharField:
    return forms.CharField(label=label, widget=AdminTextareaWidget(attrs={"rows": rows}), max_length=LONGEST, **options)


class RestoreForm(forms.Form):
    """``seen`` stands for what the page shows (see ``publishing.fingerprint_of``)."""

    note = _text(gettext_lazy("Note: what changes, for the readers"), 3)
    quiet = forms.BooleanField(
        label=gettext_lazy("Tell nobody"),
        required=False,
        help_text=gettext_lazy("For corrections of words. Nobody hears of this edition, now or later."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)


class PublishForm(RestoreForm):
    publish_at = forms.DateTimeField(
        label=gettext_lazy("Publish on"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Empty: at once. What you see now goes out then, whatever is changed in between."),
    )
    word = _text(gettext_lazy("Word on the warnings: why publish in spite of them"), 2, required=False)

    def clean_publish_at(self):
        hour = self.cleaned_data["publish_at"]
        if hour and hour <= timezone.now():
            raise forms.ValidationError(_("This hour is over. Leave it empty to publish at once."))
        return hour


class CompareForm(forms.Form):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        editions = Edition.objects.defer("content")
        for name, label in (("from", _("From")), ("to", _("To"))):
            self.fields[name] = forms.ModelChoiceField(editions, label=label, to_field_name="number", empty_label=None)


@admin.register(Edition)
class EditionAdmin(PlannedPublications):
    """Editions come from publishing and from making an older one current again, and can only be read afterwards."""

    list_display = ["edition", "published_at", "publisher", "note", "extent"]
    list_select_related = ["publisher"]
    search_fields = ["note"]
    actions = ["compare_selected"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")

    def has_add_permission(self, request):
        return request.user.has_perm("guides.publish_edition")

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("edition"), ordering="number")
    def edition(self, edition: Edition) -> str:
        return str(edition)

    @admin.display(description=gettext_lazy("how much changed"))
    def extent(self, edition: Edition) -> str:
        if edition.changed is None:
            return "–"
        values = {name: getattr(edition, name) for name in ("added", "changed", "removed", "restored")}
        if edition.restored is None:
            return _("%(added)d added, %(changed)d changed, %(removed)d removed") % values
        return _("%(added)d added, %(changed)d changed, %(removed)d removed: edition %(restored)d again") % values

    @admin.action(description=gettext_lazy("Compare the two selected editions"), permissions=["view"])
    def compare_selected(self, request, queryset):
        numbers = sorted(queryset.values_list("number", flat=True))
        if len(numbers) == 2:
            address = reverse("admin:guides_edition_compare")
            return HttpResponseRedirect(f"{address}?from={numbers[0]}&to={numbers[1]}")
        self.message_user(request, _("Select two editions to compare them."), messages.WARNING)

    def get_urls(self):
        return [
            path("compare/", self.admin_site.admin_view(self.compare_view), name="guides_edition_compare"),
            path(
                "<path:object_id>/restore/",
                self.admin_site.admin_view(self.restore_view),
                name="guides_edition_restore",
            ),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """What publishing would do, for everybody who may read editions; and the form, for those who may publish."""
        self._may_read(request)
        if request.method != "POST":
            return self._publish_page(request, PublishForm(), request.GET.getlist("held"))
        if not settings.PUBLISH_NEEDS_APPROVAL:
            self._may_publish(request)
        form, held = PublishForm(request.POST), request.POST.getlist("held")
        if "look" in request.POST:
            return self._publish_page(request, PublishForm(initial=request.POST.dict()), held)
        if not form.is_valid():
            return self._publish_page(request, form, held, status=422)
        try:
            return self._publish(request, held, **form.cleaned_data)
        except Outdated:
            return self._publish_page(request, PublishForm(initial=form.cleaned_data), held, status=409)
        except CatalogueError as refused:
            if refused.problems[0].level == "warning":
                form.add_error("word", _("There are warnings. Mend them, or say why they do not matter."))
            return self._publish_page(request, form, held, status=422)

    def _publish(self, request, held: list[str], *, publish_at, **values) -> HttpResponse:
        """Publish it now, or plan it where somebody has to agree or its hour is to come."""
        if not (publish_at or settings.PUBLISH_NEEDS_APPROVAL):
            return self._published(request, publish(actor=request.user, held=held, **values))
        row = plan_publication(actor=request.user, held=held, publish_at=publish_at, **values)
        self.message_user(request, _("It is planned. Nothing is published yet."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:guides_edition_planned", args=[row.pk]))

    def restore_view(self, request, object_id):
        """Make an older edition current again."""
        self._may_publish(request)
        edition = self._edition(request, object_id)
        if request.method != "POST":
            form = RestoreForm(initial={"note": _("Edition %(number)d again") % {"number": edition.number}})
            return self._restore_page(request, edition, form)
        form = RestoreForm(request.POST)
        if not form.is_valid():
            return self._restore_page(request, edition, form, status=422)
        try:
            restored = restore(number=edition.number, actor=request.user, **form.cleaned_data)
        except Outdated:
            return self._restore_page(request, edition, RestoreForm(initial=form.cleaned_data), status=409)
        except CatalogueError:
            return self._restore_page(request, edition, form, status=422)
        return self._published(request, restored)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What an edition says, and what it changed."""
        self._may_read(request)
        if request.method == "POST":
            raise PermissionDenied
        edition = self._edition(request, object_id)
        before = Edition.objects.filter(number__lt=edition.number).defer("content").first()
        newest = Edition.objects.defer("content").first()
        context = {"title": str(edition), "edition": edition, "before": before, "newest": newest}
        try:
            catalogue = catalogue_of(edition.number)
            context["counts"] = _counts(catalogue)
            if before:
                context["difference"] = difference_of(catalogue_of(before.number), catalogue)
        except CatalogueError as error:
            context["problems"] = with_pages(error.problems)
        return self._page(request, "edition.html", context)

    def compare_view(self, request):
        """Two editions, by ``?from=3&to=7``."""
        self._may_read(request)
        form = CompareForm(request.GET or None)
        context = {"title": _("Compare two editions"), "form": form}
        if form.is_valid():
            old, new = (form.cleaned_data[name] for name in ("from", "to"))
            context |= {"old": old, "new": new}
            try:
                context["difference"] = difference_of(catalogue_of(old.number), catalogue_of(new.number))
            except CatalogueError as error:
                context["problems"] = with_pages(error.problems)
        return self._page(request, "compare.html", context)

    def effects_of(self, request, found: PendingEdition) -> Any:
        """What else the page should tell, with the name of its ``template``; None for nothing."""
        return None

    def _publish_page(self, request, form: PublishForm, held: list[str], *, status: int = 200) -> HttpResponse:
        context = {
            "title": _("Publish the working copy"),
            "form": form,
            "needs_approval": settings.PUBLISH_NEEDS_APPROVAL,
        }
        try:
            found = pending_edition.draft(held)
        except CatalogueError as error:
            context["problems"] = with_pages(error.problems)
        else:
            form.fields["word"].required = bool(found.warnings)
            context |= self._pending(request, found, form)
        return self._page(request, "publish.html", context, status)

    def _restore_page(self, request, edition: Edition, form: RestoreForm, *, status: int = 200) -> HttpResponse:
        context = {
            "title": _("Make %(edition)s current again") % {"edition": edition},
            "preview_of": edition.number,
            "edition": edition,
            "form": form,
        }
        try:
            context |= self._pending(request, pending_edition.older(edition.number), form)
        except CatalogueError as error:
            context["problems"] = with_pages(error.problems)
        return self._page(request, "restore.html", context, status)

    def _pending(self, request, found: PendingEdition, form: forms.Form) -> dict[str, Any]:
        """What both pages tell, with the fingerprint in the form."""
        form.initial["seen"] = found.seen
        return self._told_of(request, found)

    def _told_of(self, request, found: PendingEdition) -> dict[str, Any]:
        """What is told about a catalogue that may become current; what is held back is listed too."""
        difference = difference_of(found.current.catalogue, found.working_copy or found.catalogue)
        return {
            "found": found,
            "problems": with_pages(found.errors),
            "warnings": with_pages(found.warnings),
            "effects": self.effects_of(request, found),
            "difference": difference,
            "goes_out": bool(difference) and found.catalogue != found.current.catalogue,
            "fold": sum(len(section.entries) for section in difference) >= MANY,
        }

    def _published(self, request, edition: Edition) -> HttpResponse:
        self.log_addition(request, edition, edition.note)
        self.message_user(request, _("%(edition)s is current.") % {"edition": edition}, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:guides_edition_change", args=[edition.pk]))

    def _page(self, request, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "conflict": status == 409,
            "may_publish": self.has_add_permission(request),
            "may_preview": request.user.has_perm("guides.preview_draft"),
        }
        return TemplateResponse(request, f"admin/guides/edition/{name}", {**shared, **context}, status=status)

    def _edition(self, request, object_id: str) -> Edition:
        edition = self.get_object(request, unquote(object_id))
        if edition is None:
            raise Http404
        return edition

    def _may_read(self, request) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _may_publish(self, request) -> None:
        if not self.has_add_permission(request):
            raise PermissionDenied


def _counts(catalogue: Catalogue) -> list[tuple[str, int]]:
    """How many entries each section has, under its name."""
    return [
        (mapping.model._meta.verbose_name_plural, len(getattr(catalogue, section)))
        for section, mapping in sections().items()
    ]
