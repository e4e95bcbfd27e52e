"""The parts of an entry, and the parts of those, on the page of the entry."""

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import InlineAdminFormSet
from django.forms.models import BaseInlineFormSet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from .base import CatalogueAdminMixin
from .fields import KnownChoice, RowForm


class PartForm(RowForm):
    def _post_clean(self):
        """Leave the rows that the page does not change alone: checking one takes a query for each constraint."""
        if self.instance._state.adding or self.has_changed():
            super()._post_clean()


class PartFormSet(BaseInlineFormSet):
    def add_fields(self, form, index):
        """The stock field for the primary key makes a query for each row."""
        super().add_fields(form, index)
        stock = form.fields[self._pk_field.name]
        rows = {str(row.pk): row for row in self.get_queryset()}
        form.fields[self._pk_field.name] = KnownChoice(
            stock.queryset, rows=rows, initial=stock.initial, required=False, widget=forms.HiddenInput
        )


class PartInline(CatalogueAdminMixin, admin.StackedInline):
    """The parts of an entry, on its page. One blank row is there for browsers without scripts."""

    form = PartForm
    formset = PartFormSet
    template = "admin/guides/parts.html"
    extra = 1
    classes = ["collapse"]

    class Media:
        js = ["guides/parts.js"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related(*(field.name for field in self.opts.many_to_many))


class OwnerForm(PartForm):
    """The form of a part that has parts itself. They are its field ``inner``, in a formset of their own."""

    inner: "InnerFormSet"

    @cached_property
    def changed_data(self):
        changed = super().changed_data
        return [*changed, self.inner.relation] if self.inner.is_bound and self.inner.has_changed() else changed

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
        inline = self.inner_inline
        prefix = f"{form.prefix}-{inline.relation}"
        bound = form.is_bound and f"{prefix}-TOTAL_FORMS" in self.data
        form.inner = inline.get_formset(self.request)(
            data=self.data if bound else None, instance=form.instance, prefix=prefix
        )

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

    def get_queryset(self, request):
        inner = self.inner(self.model, self.admin_site)
        nested = [f"{inner.relation}__{field.name}" for field in inner.opts.many_to_many]
        return super().get_queryset(request).prefetch_related(inner.relation, *nested)


class InnerFormSet(PartFormSet):
    """The parts of one part, out of what was prefetched with it."""

    relation: str

    def get_queryset(self):
        if self.instance._state.adding:
            return []
        return list(getattr(self.instance, self.relation).all())

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
    """The parts of a part. ``relation`` is the name by which their owner knows them."""

    formset = InnerFormSet
    classes = []
    relation: str

    def get_formset(self, request, obj=None, **options):
        known = request.__dict__.setdefault("catalogue_formsets", {})
        if type(self) not in known:
            formset = super().get_formset(request, obj, **options)
            formset.relation, formset.inline, formset.request = self.relation, self, request
            known[type(self)] = formset
        return known[type(self)]
