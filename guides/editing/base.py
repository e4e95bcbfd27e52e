"""What the admin pages of the working copy share."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.urls import reverse

from guides.editions.working_copy import vocabulary
from guides.lines import NumberField, PlainDateField, WholeNumberField
from guides.models.validators import list_of_months

from .conflicts import ConflictMixin
from .deleting_new import DeleteNewMixin
from .duplicating import DuplicateMixin
from .exports import ExportMixin
from .fields import (
    ExpressionField,
    ExpressionInput,
    KnownChoice,
    KnownMultipleChoice,
    KnownSelect,
    KnownSelectMultiple,
    ListField,
    RowForm,
)
from .history import HistoryMixin
from .lists import WorkingListMixin
from .presence import PresenceMixin
from .protection import ProtectionMixin


class CatalogueAdminMixin:
    """Autocomplete for every relation, with one query for each related model on a page; expressions that are read."""

    formfield_overrides = {
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
        models.DateField: {"form_class": PlainDateField},
        models.DecimalField: {"form_class": NumberField},
        models.IntegerField: {"form_class": WholeNumberField},
    }

    class Media:
        js = ["guides/labels.js"]

    def get_autocomplete_fields(self, request):
        return [
            field.name
            for field in [*self.opts.fields, *self.opts.many_to_many]
            if field.is_relation and self.admin_site.is_registered(field.related_model)
        ]

    def formfield_for_dbfield(self, db_field, request, **options):
        model = db_field.model
        if db_field.name in (*model.conditions, *model.dates):
            kind = "date" if db_field.name in model.dates else "condition"
            widget = ExpressionInput(kind, _when_empty(db_field), lambda: _words(request))
            return db_field.formfield(form_class=ExpressionField, widget=widget)
        if isinstance(db_field, models.JSONField):
            # A default that is a function would put a second, hidden field beside each of them.
            options["show_hidden_initial"] = False
            if db_field.default is list:
                of = int if list_of_months in db_field.validators else str
                options["form_class"] = partial(ListField, of=of)
        return super().formfield_for_dbfield(db_field, request, **options)

    def formfield_for_foreignkey(self, db_field, request, **options):
        known = self._known(KnownSelect, KnownChoice, db_field, request)
        return super().formfield_for_foreignkey(db_field, request, **options, **known)

    def formfield_for_manytomany(self, db_field, request, **options):
        known = self._known(KnownSelectMultiple, KnownMultipleChoice, db_field, request)
        return super().formfield_for_manytomany(db_field, request, **options, **known)

    def _known(self, widget, form_class, field, request) -> dict:
        if field.name not in self.get_autocomplete_fields(request):
            return {}
        rows = _rows(request, field.related_model)
        return {"widget": widget(field, self.admin_site, rows=rows), "form_class": form_class, "rows": rows}


def _when_empty(field) -> str:
    if field.name in field.model.dates or not field.blank:
        return "nothing"
    return "always" if field.name == "when" else "never"


def _rows(request, model) -> dict[str, models.Model]:
    """All rows of a model by primary key as text, read once for each request."""
    known = request.__dict__.setdefault("catalogue_rows", {})
    if model not in known:
        known[model] = {str(row.pk): row for row in model.objects.order_by()}
    return known[model]


def _words(request):
    known = request.__dict__
    if "catalogue_words" not in known:
        known["catalogue_words"] = vocabulary()
    return known["catalogue_words"]


class EntryAdmin(
    PresenceMixin,
    DuplicateMixin,
    ConflictMixin,
    HistoryMixin,
    DeleteNewMixin,
    ProtectionMixin,
    WorkingListMixin,
    ExportMixin,
    CatalogueAdminMixin,
    admin.ModelAdmin,
):
    """A page for a row with a key."""

    actions = [*ExportMixin.actions, *DeleteNewMixin.actions]
    form = RowForm
    list_per_page = 50
    list_display = ["name", "country", "key"]
    list_filter = ["country"]
    save_on_top = True


class PreviewedMixin:
    """Pages of entries that readers have a page for: the admin's "view on site" leads to it in the draft."""

    def view_on_site(self, entry) -> str:
        kind = {"kind": self.opts.model_name, "key": entry.key}
        return f"{reverse('preview')}?{urlencode(kind)}"
