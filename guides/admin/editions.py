from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from guides.catalogue.editions import publish, publishing_problems
from guides.models import Edition


class PublishForm(forms.ModelForm):
    class Meta:
        model = Edition
        fields = ["note"]

    def clean(self):
        if problems := publishing_problems():
            raise ValidationError([str(problem) for problem in problems])
        return super().clean()


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    """Editions are published by adding one, and can only be read afterwards."""

    list_display = ["number", "published_at", "publisher", "note"]
    list_select_related = ["publisher"]
    search_fields = ["note"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")

    def get_fields(self, request, obj=None):
        return ["number", "published_at", "publisher", "note", "digest"] if obj else ["note"]

    def get_form(self, request, obj=None, **options):
        return super().get_form(request, obj, **options) if obj else PublishForm

    def has_add_permission(self, request):
        return request.user.has_perm("guides.publish_edition")

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def add_view(self, request, form_url="", extra_context=None):
        page = {
            "title": _("Publish the working copy"),
            "show_save_and_add_another": False,
            "show_save_and_continue": False,
        }
        return super().add_view(request, form_url, {**page, **(extra_context or {})})

    def save_model(self, request, obj, form, change):
        published = publish(actor=request.user, note=obj.note)
        obj.pk, obj.number = published.pk, published.number
