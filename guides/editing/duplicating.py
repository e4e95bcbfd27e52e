"""A copy of an entry with all its parts, under a key of its own."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from guides.editions.mapping import sections
from guides.lines import VisibleText
from guides.models import validators

from .lists import section_of
from .refilled import form_of, ids_for, plain


class KeyField(VisibleText, forms.CharField):
    """The key of an entry."""


class DuplicateForm(forms.Form):
    """The key of the copy. ``model`` is what it must be new among."""

    key = KeyField(
        label=gettext_lazy("Key of the copy"),
        max_length=120,
        validators=[validators.key],
        help_text=gettext_lazy("A short name for links and references. It never changes once published."),
    )

    def __init__(self, *args, model, **options):
        super().__init__(*args, **options)
        self.model = model

    def clean_key(self):
        key = self.cleaned_data["key"]
        if self.model.objects.filter(key=key).exists():
            raise forms.ValidationError(_("“%(key)s” is there already.") % {"key": key})
        return key


class DuplicateMixin:
    """For the admin of an entry: the copy is made as if somebody had filled the page of a new one."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.duplicate_view))
        name = f"guides_{self.opts.model_name}_duplicate"
        return [path("<int:object_id>/duplicate/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj is not None and self.has_add_permission(request):
            context["duplicate"] = reverse(f"admin:guides_{self.opts.model_name}_duplicate", args=[obj.pk])
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def duplicate_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Ask for the key of the copy, and make it; what the page of a new entry refuses is shown there."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        row = self.get_object(request, str(object_id))
        if row is None:
            raise Http404
        form = DuplicateForm(request.POST or None, model=self.model)
        if request.method == "POST" and form.is_valid():
            request.POST = self._copied(row, form.cleaned_data["key"])
            return self.changeform_view(request, form_url=reverse(f"admin:guides_{self.opts.model_name}_add"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Duplicate"),
            "opts": self.opts,
            "original": row,
            "form": form,
        }
        return render(request, "admin/guides/duplicate.html", context, status=422 if form.errors else 200)

    def _copied(self, row, key: str) -> QueryDict:
        mapping = sections()[section_of(self.model)]
        sent = QueryDict(mutable=True)
        for name, value in form_of(mapping, {**plain(mapping.read(row)), "key": key}, ids_for(mapping), None):
            sent.appendlist(name, value)
        # The copy is opened, since something in it will be meant to differ.
        sent["_continue"] = "yes"
        return sent
