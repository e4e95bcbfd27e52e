from django.contrib import admin

from guides.models import (
    Authority,
    Country,
    Document,
    Fact,
    Option,
    Parameter,
    ParameterRow,
    Question,
    Source,
    Term,
)

from .base import EntryAdmin, PreviewedMixin
from .freshness import ReviewedMixin, ReviewFilter
from .parts import PartInline


@admin.register(Country)
class CountryAdmin(EntryAdmin):
    list_display = ["key", "name", "local_name"]
    list_filter = []


@admin.register(Authority)
class AuthorityAdmin(EntryAdmin):
    list_display = ["key", "abbreviation", "name", "country"]


@admin.register(Source)
class SourceAdmin(EntryAdmin):
    list_display = ["key", "title", "publisher", "date"]
    list_filter = ["kind"]


@admin.register(Fact)
class FactAdmin(ReviewedMixin, EntryAdmin):
    list_display = ["key", "statement", "country", "confidence", "review_due"]
    list_filter = [ReviewFilter, "country", "confidence", "kind"]


@admin.register(Document)
class DocumentAdmin(PreviewedMixin, EntryAdmin):
    list_display = ["key", "name", "country", "origin"]
    list_filter = ["country", "origin"]


class ParameterRowInline(PartInline):
    model = ParameterRow
    fields = [("year", "confidence", "position"), "values", "facts"]


@admin.register(Parameter)
class ParameterAdmin(EntryAdmin):
    inlines = [ParameterRowInline]


class OptionInline(PartInline):
    model = Option
    fields = ["label", ("value", "position"), "hint", "phrase", "when", "kept_because"]


@admin.register(Question)
class QuestionAdmin(EntryAdmin):
    list_display = ["key", "text", "kind", "screen", "order"]
    list_filter = ["kind"]
    ordering = ["order", "key"]
    inlines = [OptionInline]


@admin.register(Term)
class TermAdmin(EntryAdmin):
    list_display = ["key", "condition", "phrase"]
    list_filter = []
