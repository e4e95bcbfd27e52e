from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from guides.models import Alert, Pointer, Task

from .base import EntryAdmin


@admin.register(Task)
class TaskAdmin(EntryAdmin):
    fields = [("key", "country"), "name", "local_name", "ways"]


@admin.register(Pointer)
class PointerAdmin(EntryAdmin):
    list_display = ["name", "phase", "country", "order", "key"]
    list_filter = ["country", "phase"]
    ordering = ["order", "key"]
    fields = [("key", "country"), "name", "local_name", "text", ("phase", "order"), "when", "links", "facts"]


@admin.register(Alert)
class AlertAdmin(EntryAdmin):
    list_display = ["text", "kind", "country", "order", "key"]
    list_filter = ["kind", "country"]
    ordering = ["order", "key"]
    fieldsets = [
        (None, {"fields": [("key", "country"), ("kind", "order", "impossible")]}),
        (_("Who reads it"), {"fields": ["when"]}),
        (_("What it says"), {"fields": ["text", "cost", "action", "date"]}),
        (_("What it is about"), {"fields": ["about", "stops", "facts"]}),
    ]
