from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.translation import gettext_lazy as _

from guides.models import (
    Alternative,
    Channel,
    Deadline,
    Dependency,
    Faq,
    Fee,
    Guide,
    Pitfall,
    Procedure,
    Requirement,
    Step,
)

from .base import CatalogueAdminMixin, EntryAdmin, PartInline


class DependencyInline(PartInline):
    model = Dependency
    fk_name = "dependent"
    fields = [("position", "procedure", "strength"), "when", "why", "facts"]


class RequirementInline(PartInline):
    model = Requirement
    fields = [("position", "key"), "name", "when", "discretion", "why", "facts"]
    show_change_link = True


class ChannelInline(PartInline):
    model = Channel
    fields = [
        ("position", "key", "kind", "available"),
        "name",
        "how",
        "url",
        "credentials",
        "file_limits",
        ("processing_min_days", "processing_max_days", "processing_text"),
        "when",
        "facts",
    ]


class StepInline(PartInline):
    model = Step
    fields = [("position", "key"), "text", "when", "facts"]


class FeeInline(PartInline):
    model = Fee
    fields = [("position", "key"), "text", ("amount", "amount_to", "currency", "year"), "when", "facts"]


class DeadlineInline(PartInline):
    model = Deadline
    fields = [("position", "key", "kind", "binding"), "text", "date", "when", "facts"]


class PitfallInline(PartInline):
    model = Pitfall
    fields = [("position", "key"), "text", "fix", "when", "facts"]


class FaqInline(PartInline):
    model = Faq
    fields = ["position", "question", "answer", "facts"]


@admin.register(Procedure)
class ProcedureAdmin(EntryAdmin):
    list_display = ["key", "name", "country", "authority", "order"]
    list_select_related = ["country", "authority"]
    search_fields = ["key", "name", "local_name", "summary"]
    save_on_top = True
    inlines = [
        DependencyInline,
        RequirementInline,
        ChannelInline,
        StepInline,
        FeeInline,
        DeadlineInline,
        PitfallInline,
        FaqInline,
    ]
    fieldsets = [
        (None, {"fields": [("key", "country", "order"), "name", "local_name", "summary", "reason", "authority"]}),
        (
            _("When it is in a plan"),
            {"fields": ["required_when", "recommended_when", "optional_when", "done_when", ("place", "by_employer")]},
        ),
        (_("What it gives, and what it rests on"), {"fields": ["outputs", "facts"]}),
    ]


class AlternativeInline(PartInline):
    model = Alternative
    fields = [("position", "max_age"), "documents", "when", "why", "facts"]
    classes = []


@admin.register(Requirement)
class RequirementAdmin(CatalogueAdminMixin, admin.ModelAdmin):
    """The alternatives of a requirement; everything else about it is also on the page of its procedure."""

    list_display = ["key", "name", "procedure"]
    list_filter = ["procedure__country"]
    list_select_related = ["procedure"]
    ordering = ["procedure", "position"]
    search_fields = ["key", "name", "procedure__key"]
    fields = ["procedure", ("position", "key"), "name", "when", "discretion", "why", "facts"]
    inlines = [AlternativeInline]


class GuideForm(forms.ModelForm):
    class Meta:
        model = Guide
        fields = ["key", "country", "order", "title", "summary", "body", "procedures", "related"]
        widgets = {"body": AdminTextareaWidget(attrs={"rows": 30})}


@admin.register(Guide)
class GuideAdmin(EntryAdmin):
    form = GuideForm
    list_display = ["key", "title", "country", "order"]
    search_fields = ["key", "title", "summary", "body"]
    inlines = [FaqInline]
