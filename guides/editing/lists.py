"""The lists of the working copy: find by any text, and see what is unpublished, stale or was never verified."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from guides.editions.publishing import edition_number
from guides.editions.shapes import sections
from guides.editions.standing import Standings, rests_on_facts, standings
from guides.models import Fact

from .finding import find

STATES = {"new": _("New"), "changed": _("Changed"), "published": _("Published")}
MOST_NAMED = 12


def section_of(model) -> str:
    return next(name for name, shape in sections().items() if shape.model is model)


def standings_of(request, model) -> Standings:
    """How the entries of this model stand, worked out once for each request."""
    known = request.__dict__.setdefault("catalogue_standings", {})
    if model not in known:
        known[model] = standings(section_of(model))
    return known[model]


class _StandingFilter(admin.SimpleListFilter):
    """Keeps the rows whose standing fits the chosen word."""

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        found = standings_of(request, queryset.model).by_pk
        return queryset.filter(pk__in=[pk for pk, standing in found.items() if self.fits(standing, self.value())])


class StateFilter(_StandingFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("unpublished", _("Not published yet")), *STATES.items()]

    def fits(self, standing, word):
        return standing.state == word or (word == "unpublished" and standing.state != "published")


class EvidenceFilter(_StandingFilter):
    title = _("evidence")
    parameter_name = "evidence"

    def lookups(self, request, model_admin):
        return [("stale", _("Review overdue")), ("unverified", _("Never verified"))]

    def fits(self, standing, word):
        return bool(getattr(standing, word, None))


class WorkingListMixin:
    """For the admin of a top-level entry."""

    change_list_template = "admin/guides/entry_list.html"
    search_fields = ["key"]
    search_help_text = _("Any words of the entry, of its parts, or of what it refers to. Accents do not matter.")

    def get_list_display(self, request):
        key, name, *others = super().get_list_display(request)
        evidence = ["evidence"] if rests_on_facts(section_of(self.model)) else []
        return [key, name, "state", *evidence, *others]

    def get_list_filter(self, request):
        # Facts have a filter of their own for their reviews.
        evidence = [EvidenceFilter] if rests_on_facts(section_of(self.model)) and self.model is not Fact else []
        return [StateFilter, *evidence, *super().get_list_filter(request)]

    def get_search_results(self, request, queryset, search_term):
        if search_term.strip():
            queryset = queryset.filter(pk__in=find(section_of(self.model), search_term))
        return queryset, False

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        found = standings_of(request, self.model)
        for row in changelist.result_list:
            row.standing = found.by_pk[row.pk]
        changelist.deleted = found.deleted[:MOST_NAMED]
        changelist.deleted_more = len(found.deleted) - len(changelist.deleted)
        changelist.edition = edition_number()
        return changelist

    @admin.display(description=_("state"))
    def state(self, row):
        return format_html('<span class="state-{}">{}</span>', row.standing.state, STATES[row.standing.state])

    @admin.display(description=_("evidence"), empty_value="")
    def evidence(self, row):
        stale, unverified = len(row.standing.stale), len(row.standing.unverified)
        said = []
        if stale:
            said.append(ngettext("%d review overdue", "%d reviews overdue", stale) % stale)
        if unverified:
            said.append(ngettext("%d fact never verified", "%d facts never verified", unverified) % unverified)
        return ", ".join(said) or None
