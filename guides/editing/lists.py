"""The lists of the working copy: find by any text, and see what is unpublished, stale or was never verified."""

from itertools import chain

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from guides.editions.mapping import sections
from guides.editions.publication_state import PublicationStates, rests_on_facts, states_of
from guides.editions.publishing import edition_number
from guides.models import Fact

from .finding import best_first, find

STATES = {"new": _("New"), "changed": _("Changed"), "published": _("Published")}
MOST_NAMED = 12


def section_of(model) -> str:
    return next(name for name, mapping in sections().items() if mapping.model is model)


def publication_states(request, model) -> PublicationStates:
    """The publication state of the entries of this model, worked out once for each request."""
    known = request.__dict__.setdefault("catalogue_states", {})
    if model not in known:
        known[model] = states_of(section_of(model))
    return known[model]


class _PublicationStateFilter(admin.SimpleListFilter):
    """Keeps the rows whose state fits the chosen word."""

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        found = publication_states(request, queryset.model).by_pk
        return queryset.filter(pk__in=[pk for pk, entry in found.items() if self.fits(entry, self.value())])


class StateFilter(_PublicationStateFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("unpublished", _("Not published yet")), *STATES.items()]

    def fits(self, entry, word):
        return entry.state == word or (word == "unpublished" and entry.state != "published")


class EvidenceFilter(_PublicationStateFilter):
    title = _("evidence")
    parameter_name = "evidence"

    def lookups(self, request, model_admin):
        return [("stale", _("Review overdue")), ("unverified", _("Never verified"))]

    def fits(self, entry, word):
        return bool(getattr(entry, word, None))


class WorkingListMixin:
    """For the admin of a top-level entry."""

    change_list_template = "admin/guides/entry_list.html"
    search_fields = ["key"]
    search_help_text = _("Any words of the entry, of its parts, or of what it refers to. Accents do not matter.")

    def get_list_display(self, request):
        # What an entry says has the first place, and its key the last.
        *shown, last = super().get_list_display(request)
        return [*shown, "state", *(["evidence"] if self._tells_evidence() else []), last]

    def get_list_filter(self, request):
        evidence = [EvidenceFilter] if self._tells_evidence() else []
        return [StateFilter, *evidence, *super().get_list_filter(request)]

    def _tells_evidence(self) -> bool:
        """Facts have a column and a filter of their own for their reviews."""
        return self.model is not Fact and rests_on_facts(section_of(self.model))

    def get_search_results(self, request, queryset, search_term):
        if search_term.strip():
            found = find(section_of(self.model), search_term)
            if found.instead:
                text = _("Nothing holds “%(asked)s”. This is found for “%(instead)s”.")
                request.catalogue_instead = text % {"asked": search_term.strip(), "instead": found.instead}
            queryset = queryset.filter(pk__in=chain(*found.ranks))
            if ORDER_VAR not in request.GET:
                queryset = queryset.order_by(best_first(found), *queryset.query.order_by)
        return queryset, False

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        found = publication_states(request, self.model)
        for row in changelist.result_list:
            row.publication_state = found.by_pk[row.pk]
        changelist.deleted = found.deleted[:MOST_NAMED]
        changelist.deleted_more = len(found.deleted) - len(changelist.deleted)
        changelist.edition, changelist.section = edition_number(), section_of(self.model)
        changelist.instead = getattr(request, "catalogue_instead", "")
        return changelist

    @admin.display(description=_("state"))
    def state(self, row):
        state = row.publication_state.state
        return format_html('<span class="state-{}">{}</span>', state, STATES[state])

    @admin.display(description=_("evidence"), empty_value="")
    def evidence(self, row):
        stale, unverified = len(row.publication_state.stale), len(row.publication_state.unverified)
        said = []
        if stale:
            said.append(ngettext("%d review overdue", "%d reviews overdue", stale) % stale)
        if unverified:
            said.append(ngettext("%d fact never verified", "%d facts never verified", unverified) % unverified)
        return ", ".join(said) or None
