"""Reports of readers: read, compared with the sources, and answered. Their words stay as they were sent."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.catalogue.problems import CatalogueError
from guides.catalogue.schema import Catalogue
from guides.editions.publishing import catalogue_of, current
from guides.models import Edition, Fact, Procedure, Report
from guides.reading.addresses import procedure_url

# The lists of a procedure whose entries have a text, or else a name.
TOLD = {
    "requirements": gettext_lazy("Requirements"),
    "channels": gettext_lazy("Channels"),
    "steps": gettext_lazy("Steps"),
    "fees": gettext_lazy("Fees"),
    "deadlines": gettext_lazy("Deadlines"),
    "pitfalls": gettext_lazy("Pitfalls"),
}


class _KeyFilter(admin.SimpleListFilter):
    """The keys that reports name, by their names in the current edition: those of its ``section``."""

    section: str

    def lookups(self, request, model_admin):
        known = getattr(current(), self.section)
        keys = Report.objects.order_by().values_list(self.parameter_name, flat=True).distinct()
        return sorted(((key, known[key].name if key in known else key) for key in keys), key=lambda pair: pair[1])

    def queryset(self, request, queryset):
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() else queryset


class CountryFilter(_KeyFilter):
    title = gettext_lazy("country")
    parameter_name = "country"
    section = "countries"


class ProcedureFilter(_KeyFilter):
    title = gettext_lazy("procedure")
    parameter_name = "procedure"
    section = "procedures"


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    """Editors say what became of a report and why; who deletes one is a publisher."""

    list_display = ["about", "office", "happened", "received_on", "state", "handled_by"]
    list_filter = ["state", CountryFilter, ProcedureFilter]
    list_select_related = ["handled_by"]
    list_per_page = 50
    search_fields = ["office", "words", "note", "procedure", "fact"]
    fieldsets = [
        (None, {"fields": ["procedure_page", "fact_page", "office", "happened", "words", "received_on"]}),
        (gettext_lazy("What became of it"), {"fields": ["state", "note", "handled_by", "handled_at"]}),
        (gettext_lazy("What the reader had read"), {"fields": ["published"]}),
    ]
    readonly_fields = [
        "office",
        "happened",
        "words",
        "received_on",
        "procedure_page",
        "fact_page",
        "published",
        "handled_by",
        "handled_at",
    ]

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        if form.changed_data:
            obj.handled_by, obj.handled_at = request.user, timezone.now()
            obj.save(update_fields=["state", "note", "handled_by", "handled_at"])

    @admin.display(description=gettext_lazy("procedure"), ordering="procedure")
    def about(self, report):
        procedure = current().procedures.get(report.procedure)
        return procedure.name if procedure else report.procedure

    @admin.display(description=gettext_lazy("month"), ordering="month")
    def happened(self, report):
        return f"{report.month:%Y-%m}"

    @admin.display(description=gettext_lazy("procedure"))
    def procedure_page(self, report):
        links = []
        if report.procedure in current().procedures:
            links.append((procedure_url(current().procedures[report.procedure]), _("as readers see it")))
        links += _working_copy(Procedure, report.procedure)
        return _named(report.procedure, links)

    @admin.display(description=gettext_lazy("fact"), empty_value="")
    def fact_page(self, report):
        return _named(report.fact, _working_copy(Fact, report.fact)) if report.fact else None

    @admin.display(description=gettext_lazy("published text"))
    def published(self, report):
        """What the reader read: the procedure, and the fact, in the edition of that day."""
        catalogue = _catalogue(report.edition)
        procedure = _entry(catalogue, "procedures", report.procedure)
        if procedure is None:
            return _("Edition %(number)d cannot be read any more.") % {"number": report.edition}
        parts = [
            (title, [getattr(entry, "text", "") or entry.name for entry in getattr(procedure, name)])
            for name, title in TOLD.items()
        ]
        fact = _entry(catalogue, "facts", report.fact)
        context = {"edition": report.edition, "procedure": procedure, "fact": fact, "parts": parts}
        return render_to_string("admin/guides/report/published.html", context)


def reports_about(**about: str):
    """Every report about a procedure or fact as lines that lead to it, the open ones first; None without any."""
    rows = Report.objects.filter(**about)
    lines = (
        (
            reverse("admin:guides_report_change", args=[row.pk]),
            row.office,
            f"{row.month:%Y-%m}",
            row.get_state_display(),
        )
        for row in rows
    )
    found = format_html_join("", '<li><a href="{}">{}</a> · {} · {}</li>', lines)
    return format_html("<ul>{}</ul>", found) if found else None


def _catalogue(number: int) -> Catalogue | None:
    compiled = current()
    if compiled.number == number:
        return compiled.catalogue
    try:
        return catalogue_of(number)
    except (Edition.DoesNotExist, CatalogueError):
        return None


def _entry(catalogue: Catalogue | None, section: str, key: str):
    entries = getattr(catalogue, section) if catalogue else ()
    return next((entry for entry in entries if entry.key == key), None)


def _working_copy(model, key: str) -> list[tuple[str, str]]:
    pk = model.objects.filter(key=key).values_list("pk", flat=True).first()
    return [(reverse(f"admin:guides_{model._meta.model_name}_change", args=[pk]), _("working copy"))] if pk else []


def _named(key: str, links: list[tuple[str, str]]):
    return format_html("{}{}", key, format_html_join("", ' · <a href="{}">{}</a>', links))
