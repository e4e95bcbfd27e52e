from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from guides.models import (
    Authority,
    Country,
    Cover,
    Document,
    Fact,
    Hint,
    Link,
    Option,
    Parameter,
    ParameterRow,
    Question,
    Source,
    Term,
)

from .base import EntryAdmin, PreviewedMixin
from .freshness import ReviewedMixin, ReviewFilter
from .own_names import TermForm, WordForm
from .parts import InnerInline, OwnerFormSet, OwnerInline, PartFormSet, PartInline
from .protection import NamedParts


@admin.register(Country)
class CountryAdmin(EntryAdmin):
    list_display = ["name", "local_name", "key"]
    list_filter = []


@admin.register(Authority)
class AuthorityAdmin(EntryAdmin):
    list_display = ["name", "abbreviation", "country", "key"]


@admin.register(Source)
class SourceAdmin(EntryAdmin):
    list_display = ["title", "publisher", "date", "key"]
    list_filter = ["kind"]


@admin.register(Fact)
class FactAdmin(ReviewedMixin, EntryAdmin):
    list_display = ["statement", "confidence", "review_due", "country", "key"]
    list_filter = [ReviewFilter, "country", "confidence", "kind"]


class OpenedFilter(admin.SimpleListFilter):
    """Links that nobody has opened yet, or only their site's first page."""

    title = _("opened")
    parameter_name = "opened"

    def lookups(self, request, model_admin):
        return [("never", _("Never opened")), ("home", _("Only the home page is known"))]

    def queryset(self, request, queryset):
        chosen = {"never": {"opened_on": None}, "home": {"home_page": True}}.get(self.value(), {})
        return queryset.filter(**chosen)


@admin.register(Link)
class LinkAdmin(EntryAdmin):
    list_display = ["name", "kind", "url", "opened_on", "country", "key"]
    list_filter = [OpenedFilter, "country", "kind"]


class CoverInline(PartInline):
    model = Cover
    fk_name = "holder"
    fields = [("document", "position"), "when", "facts"]


@admin.register(Document)
class DocumentAdmin(PreviewedMixin, EntryAdmin):
    list_display = ["name", "country", "kind", "origin", "key"]
    list_filter = ["country", "origin", "kind", "form"]
    inlines = [CoverInline]
    fieldsets = [
        (None, {"fields": [("key", "country"), "name", "local_name"]}),
        (_("What it is"), {"fields": [("kind", "form"), ("translation", "apostille"), "validity"]}),
        (_("Where it comes from"), {"fields": ["origin", "issuer", "how", "url"]}),
        (_("Who has it, and what it rests on"), {"fields": ["held_when", "facts"]}),
    ]


class ParameterRowFormSet(NamedParts, PartFormSet):
    section = "parameters"

    def part_names(self, values):
        return set(values.get("values") or ())


class ParameterRowInline(PartInline):
    model = ParameterRow
    formset = ParameterRowFormSet
    fields = [("year", "confidence", "position"), "values", "facts"]


@admin.register(Parameter)
class ParameterAdmin(EntryAdmin):
    inlines = [ParameterRowInline]


class HintInline(InnerInline):
    model = Hint
    fields = ["text", "position", "when"]


class OptionFormSet(NamedParts, OwnerFormSet):
    section = "questions"

    def part_names(self, values):
        return {values["value"]} if values.get("value") else set()


class OptionInline(OwnerInline):
    model = Option
    formset = OptionFormSet
    inner = HintInline
    fields = ["label", ("value", "position"), "group", "hint", "phrase", "when", "calendar", "kept_because"]


@admin.register(Question)
class QuestionAdmin(EntryAdmin):
    form = WordForm
    list_display = ["text", "kind", "screen", "order", "key"]
    list_filter = ["kind"]
    ordering = ["order", "key"]
    inlines = [OptionInline]
    fieldsets = [
        (None, {"fields": [("key", "kind"), ("screen", "order"), "title", "text", "hint", "why"]}),
        (_("Reasons that name the answer"), {"fields": ["phrase", "negative_phrase"]}),
        (_("Numbers"), {"fields": [("minimum", "maximum", "unit")]}),
        (_("Answers that age"), {"fields": ["stale_when", "stale_text"]}),
        (_("For the checks"), {"fields": ["kept_because"]}),
    ]


@admin.register(Term)
class TermAdmin(EntryAdmin):
    form = TermForm
    list_display = ["key", "phrase", "condition"]
    list_filter = []
