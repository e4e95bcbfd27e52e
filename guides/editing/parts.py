"""The parts of an entry, and the parts of those, on the page of the entry."""

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import InlineAdminFormSet
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from .base import CatalogueAdminMixin
from .fields import RowForm


class PartForm(RowForm):
    def _post_clean(self):
        """Leave the rows that the page does not change alone: checking one takes a query for each constraint."""
        if self.instance._state.adding or self.has_changed():
            super()._post_clean()


class PartFormSet(BaseInlineFormSet):
    """The parts of one row, out of what was prefetched with it. What is saved is what the page shows, whatever came
    and went in between: a part that the page does not name makes way, and one that is gone is made again."""

    @cached_property
    def stored(self) -> list[models.Model]:
        return [] if self.instance._state.adding else list(getattr(self.instance, self.get_default_prefix()).all())

    @cached_property
    def named(self) -> list[models.Model]:
        """Those of the stored parts that the page names."""
        if not self.is_bound:
            return self.stored
        keys = {self.data.get(f"{self.add_prefix(number)}-id") for number in range(self.total_form_count())}
        return [row for row in self.stored if str(row.pk) in keys]

    def get_queryset(self):
        return self.named

    @property
    def initial_forms(self):
        return [form for form in self.forms if not form.instance._state.adding]

    @property
    def extra_forms(self):
        return [form for form in self.forms if form.instance._state.adding]

    def full_clean(self):
        for row in self.stored:
            if row not in self.named:
                row.delete()
        super().full_clean()

    def add_fields(self, form, index):
        """The stock field for the primary key makes a query for each row, and a row that was deleted is none to it."""
        super().add_fields(form, index)
        # Whatever the page says: its row may have been made again since.
        form.fields[self.fk.name].disabled = True
        name = self._pk_field.name
        rows = {str(row.pk): row for row in self.named}
        form.fields[name] = PartChoice(rows, initial=form.fields[name].initial)


class PartChoice(forms.Field):
    """Which of these rows a form is for; None for a new one, and for one that is gone."""

    widget = forms.HiddenInput

    def __init__(self, rows: dict[str, models.Model], **options):
        super().__init__(**options)
        self.rows = rows

    def clean(self, value):
        return self.rows.get(str(value))

    def has_changed(self, initial, data):
        return False


class PartInline(CatalogueAdminMixin, admin.StackedInline):
    """The parts of an entry, on its page. One blank row is there for browsers without scripts."""

    form = PartForm
    formset = PartFormSet
    template = "admin/guides/parts.html"
    extra = 1
    classes = ["collapse"]

    class Media:
        js = ["guides/parts.js"]


class OwnerForm(PartForm):
    """The form of a part that has parts itself. They are its field ``inner``, in a formset of their own."""

    inner: "InnerFormSet"

    @cached_property
    def changed_data(self):
        changed = super().changed_data
        if self.inner.is_bound and self.inner.has_changed():
            return [*changed, self.inner.get_default_prefix()]
        return changed

    def clean(self):
        if self.inner.is_bound and not self.inner.is_valid():
            self.add_error(None, _("Look at what is inside."))
        return super().clean()


class OwnerFormSet(PartFormSet):
    """Parts that have parts. ``inner_inline`` and ``request`` are set by ``OwnerInline``."""

    inner_inline: "InnerInline"
    request = None

    def add_fields(self, form, index):
        super().add_fields(form, index)
        inner = self.inner_inline.get_formset(self.request)
        prefix = f"{form.prefix}-{inner.get_default_prefix()}"
        bound = form.is_bound and f"{prefix}-TOTAL_FORMS" in self.data
        form.inner = inner(data=self.data if bound else None, instance=form.instance, prefix=prefix)

    def save_new(self, form, commit=True):
        saved = super().save_new(form, commit)
        self._save_inner(form)
        return saved

    def save_existing(self, form, obj, commit=True):
        saved = super().save_existing(form, obj, commit)
        self._save_inner(form)
        return saved

    def _save_inner(self, form):
        if form.inner.is_bound:
            form.inner.save()


class OwnerInline(PartInline):
    """Parts that show their own parts inside. ``inner`` is the inline of those."""

    form = OwnerForm
    formset = OwnerFormSet
    inner: type["InnerInline"]

    def get_formset(self, request, obj=None, **options):
        formset = super().get_formset(request, obj, **options)
        formset.inner_inline, formset.request = self.inner(self.model, self.admin_site), request
        return formset


class InnerFormSet(PartFormSet):
    """The parts of one part. ``inline`` and ``request`` are set by ``InnerInline``."""

    inline: "InnerInline"
    request = None

    def section(self):
        """The formset with what the template of inlines needs."""
        inline, request = self.inline, self.request
        return InlineAdminFormSet(
            inline,
            self,
            list(inline.get_fieldsets(request)),
            readonly_fields=list(inline.get_readonly_fields(request)),
            has_add_permission=inline.has_add_permission(request, self.instance),
            has_change_permission=inline.has_change_permission(request),
            has_delete_permission=inline.has_delete_permission(request),
            has_view_permission=inline.has_view_permission(request),
        )


class InnerInline(PartInline):
    """The parts of a part."""

    formset = InnerFormSet
    classes = []

    def get_formset(self, request, obj=None, **options):
        known = request.__dict__.setdefault("catalogue_formsets", {})
        if type(self) not in known:
            formset = super().get_formset(request, obj, **options)
            formset.inline, formset.request = self, request
            known[type(self)] = formset
        return known[type(self)]
