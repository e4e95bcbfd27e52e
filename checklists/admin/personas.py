from django.contrib import admin
from django.urls import path

from checklists.models import Persona

from . import conditions, previews


@admin.register(Persona)
class PersonaAdmin(admin.ModelAdmin):
    list_display = ["name", "day", "note"]
    search_fields = ["name", "note"]

    def get_urls(self):
        own = [
            path("check-condition/", self.admin_site.admin_view(conditions.check_condition), name="check-condition"),
            path("preview/", self.admin_site.admin_view(previews.choose), name="preview"),
            path("preview/open/", self.admin_site.admin_view(previews.open_preview), name="preview-open"),
        ]
        return own + super().get_urls()
