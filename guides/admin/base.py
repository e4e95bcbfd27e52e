"""What the admin pages of the working copy share."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect, AutocompleteSelectMultiple
from django.db import models

from guides.models.validators import shared_vocabulary

from .exports import ExportMixin


class _Labelled:
    """Takes the labels of chosen rows from a mapping. Stock autocomplete makes a query for every field on a page."""

    def __init__(self, *args, labels, **options):
        super().__init__(*args, **options)
        self.labels = labels

    def optgroups(self, name, value, attr=None):
        chosen = [pk for pk in value if pk]
        empty = [] if self.is_required or self.allow_multiple_selected else [("", "")]
        choices = [*empty, *((pk, self.labels.get(pk, pk)) for pk in chosen)]
        options = [self.create_option(name, pk, label, chosen, index) for index, (pk, label) in enumerate(choices)]
        return [(None, options, 0)]


class _Select(_Labelled, AutocompleteSelect):
    pass


class _SelectMultiple(_Labelled, AutocompleteSelectMultiple):
    pass


class CatalogueAdminMixin:
    """Autocomplete for every relation, with one query for the labels of each related model on a page."""

    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}

    class Media:
        css = {"screen": ["guides/admin.css"]}

    def get_autocomplete_fields(self, request):
        return [
            field.name
            for field in [*self.opts.fields, *self.opts.many_to_many]
            if field.is_relation and self.admin_site.is_registered(field.related_model)
        ]

    def formfield_for_foreignkey(self, db_field, request, **options):
        return super().formfield_for_foreignkey(
            db_field, request, **self._widget(_Select, db_field, request), **options
        )

    def formfield_for_manytomany(self, db_field, request, **options):
        widget = self._widget(_SelectMultiple, db_field, request)
        return super().formfield_for_manytomany(db_field, request, **widget, **options)

    def _widget(self, widget, field, request) -> dict:
        if field.name not in self.get_autocomplete_fields(request):
            return {}
        return {"widget": widget(field, self.admin_site, labels=_labels(request, field.related_model))}


def _labels(request, model) -> dict[str, str]:
    known = request.__dict__.setdefault("catalogue_labels", {})
    if model not in known:
        known[model] = {str(row.pk): str(row) for row in model.objects.order_by()}
    return known[model]


class EntryAdmin(ExportMixin, CatalogueAdminMixin, admin.ModelAdmin):
    """A page for a row with a key. The key is fixed once the row exists, since others name it."""

    list_per_page = 50
    list_display = ["key", "name", "country"]
    list_filter = ["country"]
    search_fields = ["key", "name"]

    def get_readonly_fields(self, request, obj=None):
        return ["key"] if obj else []

    def changeform_view(self, request, *args, **options):
        with shared_vocabulary():
            return super().changeform_view(request, *args, **options)


class PartForm(forms.ModelForm):
    def _post_clean(self):
        """Leave the rows that the page does not change alone: checking one takes a query for each constraint."""
        if self.instance._state.adding or self.has_changed():
            super()._post_clean()


class PartInline(CatalogueAdminMixin, admin.StackedInline):
    """The parts of an entry, on its page."""

    form = PartForm
    extra = 0
    classes = ["collapse"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related(*(field.name for field in self.opts.many_to_many))
