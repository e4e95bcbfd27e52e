from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.translation import gettext_lazy as _

from guides.lines import WholeNumberField
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
    Recurring,
    Requirement,
    Step,
)

from .base import EntryAdmin, PreviewedMixin
from .fields import RowForm
from .parts import InnerInline, OwnerInline, PartInline


class DependencyInline(PartInline):
    model = Dependency
    fk_name = "dependent"
    fields = [("procedure", "strength", "position"), "when", "why", "facts"]


class AlternativeInline(InnerInline):
    model = Alternative
    fields = ["documents", "when", "why", ("max_age", "position"), "facts"]


class RequirementInline(OwnerInline):
    model = Requirement
    inner = AlternativeInline
    fields = ["name", ("key", "position"), "when", "discretion", "why", "facts"]


class ChannelInline(PartInline):
    model = Channel
    fields = [
        "name",
        ("key", "position", "kind", "place", "available"),
        "how",
        "url",
        "credentials",
        "file_limits",
        ("processing_min_days", "processing_max_days", "processing_assumed_days"),
        "processing_text",
        "when",
        "facts",
    ]


class StepInline(PartInline):
    model = Step
    fields = ["text", ("key", "position"), "when", "links", "facts"]


class FeeInline(PartInline):
    model = Fee
    fields = ["text", ("key", "position"), ("amount", "amount_to", "currency", "year"), "when", "facts"]


class DeadlineInline(PartInline):
    model = Deadline
    fields = ["text", ("key", "position", "kind"), "date", ("binding", "assumed"), "cost", "when", "facts"]


class RecurringInline(PartInline):
    model = Recurring
    fields = ["text", ("key", "position"), "first", ("every", "day", "months"), "when", "facts"]


class PitfallInline(PartInline):
    model = Pitfall
    fields = ["text", "fix", ("key", "position"), "when", "facts"]


class FaqInline(PartInline):
    model = Faq
    fields = ["question", "answer", "position", "facts"]


@admin.register(Procedure)
class ProcedureAdmin(PreviewedMixin, EntryAdmin):
    list_display = ["name", "country", "order", "key"]
    inlines = [
        DependencyInline,
        ChannelInline,
        RequirementInline,
        StepInline,
        DeadlineInline,
        RecurringInline,
        FeeInline,
        PitfallInline,
        FaqInline,
    ]
    fieldsets = [
        (None, {"fields": [("key", "country", "order"), "name", "local_name", "summary", "reason", "authority"]}),
        (
            _("When it is in a plan"),
            {
                "fields": [
                    *("required_when", "recommended_when", "optional_when", "done_when"),
                    ("place", "by_employer", "ongoing"),
                ]
            },
        ),
        (_("What it gives, and what it rests on"), {"fields": ["outputs", "facts"]}),
    ]


class GuideForm(RowForm):
    class Meta:
        model = Guide
        fields = ["key", "country", "order", "title", "summary", "body", "procedures", "related"]
        field_classes = {"order": WholeNumberField}
        widgets = {"body": AdminTextareaWidget(attrs={"rows": 30})}


@admin.register(Guide)
class GuideAdmin(PreviewedMixin, EntryAdmin):
    form = GuideForm
    list_display = ["title", "country", "order", "key"]
    inlines = [FaqInline]
