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

from .base import EntryAdmin, PartInline
from .freshness import ReviewedMixin, ReviewFilter


@admin.register(Country)
class CountryAdmin(EntryAdmin):
    list_display = ["key", "name", "local_name"]
    list_filter = []


@admin.register(Authority)
class AuthorityAdmin(EntryAdmin):
    list_display = ["key", "abbreviation", "name", "country"]
    search_fields = ["key", "name", "local_name", "abbreviation"]


@admin.register(Source)
class SourceAdmin(EntryAdmin):
    list_display = ["key", "title", "publisher", "date"]
    list_filter = ["kind"]
    search_fields = ["key", "title", "publisher", "url"]


@admin.register(Fact)
class FactAdmin(ReviewedMixin, EntryAdmin):
    list_display = ["key", "statement", "country", "confidence", "review_due"]
    list_filter = [ReviewFilter, "country", "confidence", "kind"]
    search_fields = ["key", "statement", "note"]


@admin.register(Document)
class DocumentAdmin(EntryAdmin):
    list_display = ["key", "name", "country", "origin"]
    list_filter = ["country", "origin"]
    search_fields = ["key", "name", "local_name"]


class ParameterRowInline(PartInline):
    model = ParameterRow
    fields = [("position", "year", "confidence"), "values", "facts"]


@admin.register(Parameter)
class ParameterAdmin(EntryAdmin):
    inlines = [ParameterRowInline]


class OptionInline(PartInline):
    model = Option
    fields = [("position", "value"), "label", "hint", "phrase", "when"]


@admin.register(Question)
class QuestionAdmin(EntryAdmin):
    list_display = ["key", "text", "kind", "screen", "order"]
    list_filter = ["kind"]
    ordering = ["order", "key"]
    search_fields = ["key", "text"]
    inlines = [OptionInline]


@admin.register(Term)
class TermAdmin(EntryAdmin):
    list_display = ["key", "condition", "phrase"]
    list_filter = []
    search_fields = ["key", "condition", "phrase"]
