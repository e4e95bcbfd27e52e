"""The review queue: what somebody should compare with its source again, and one click to say that it still holds."""

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from guides import clock
from guides.lines import LineField, PlainDateField
from guides.models import Country, Fact, Source, Verification

from .citing import Use, uses_of
from .reports import reports_about
from .review_dates import Outcome, as_seen, next_review, verify

PAGE_SIZE = 25
KINDS = {
    "due": gettext_lazy("Due"),
    "soon": gettext_lazy("Due soon"),
    "never": gettext_lazy("Never verified"),
}


class _Day(forms.DateInput):
    input_type = "date"

    def __init__(self, **options):
        super().__init__(format="%Y-%m-%d", **options)


class VerifyForm(forms.Form):
    """One verification of one or several facts. ``facts`` are given as "<primary key>:<fingerprint as seen>"."""

    day = PlainDateField(label=gettext_lazy("Verified on"), widget=_Day())
    note = LineField(label=gettext_lazy("Note"), max_length=500, required=False, widget=AdminTextInputWidget())
    again = PlainDateField(label=gettext_lazy("Next review"), required=False, widget=_Day())

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self):
        day, again = self.cleaned_data.get("day"), self.cleaned_data.get("again")
        if day and again and again <= day:
            self.add_error("again", _("The next review comes after this one."))
        if not self.seen():
            raise forms.ValidationError(_("Tick the facts that you have verified."))

    def seen(self) -> dict[int, str]:
        """The fingerprint of each fact by its primary key; what is not written so is left out."""
        pairs = (item.partition(":") for item in self.data.getlist("facts"))
        return {int(pk): seen for pk, _colon, seen in pairs if pk.isdecimal() and len(pk) < 18 and seen}


class QueueFilter(forms.Form):
    """What of the queue to show; each field may be empty."""

    kind = forms.ChoiceField(label=gettext_lazy("Review"), required=False)
    country = forms.ModelChoiceField(Country.objects, label=gettext_lazy("Country"), required=False)
    publisher = forms.ChoiceField(label=gettext_lazy("Publisher"), required=False)
    source = forms.ModelChoiceField(Source.objects, to_field_name="key", required=False, widget=forms.HiddenInput)

    def __init__(self, data):
        super().__init__(data)
        publishers = Source.objects.order_by("publisher").values_list("publisher", flat=True).distinct()
        self.fields["kind"].choices = [("", _("All")), *KINDS.items()]
        self.fields["publisher"].choices = [("", _("All")), *((name, name) for name in publishers)]
        self.fields["country"].empty_label = _("All")
        self.fields["country"].label_from_instance = lambda country: country.name

    def chosen(self) -> dict[str, Any]:
        """What is chosen; a value that does not exist chooses nothing."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


@dataclass(frozen=True, slots=True)
class Review:
    """A fact of the queue as its row shows it. ``then`` is the fact of the row after it."""

    fact: Fact
    seen: str
    uses: list[Use]
    last: Verification | None
    form: VerifyForm
    then: Fact | None


@require_http_methods(["GET", "HEAD", "POST"])
def reviews(request: HttpRequest, model_admin: admin.ModelAdmin):
    """The queue; posting to it verifies facts."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    if request.method == "POST" and not model_admin.has_change_permission(request):
        raise PermissionDenied
    form = VerifyForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        outcome = verify(actor=request.user, seen=form.seen(), **form.cleaned_data)
        for fact in outcome.verified:
            model_admin.log_change(request, fact, _("Verified on %(day)s.") % {"day": fact.verified_on})
        _tell(request, outcome)
        return HttpResponseRedirect(_back(request, outcome))
    context, status = _page(request, model_admin, form), 422 if form else 200
    return render(request, "admin/guides/fact/reviews.html", context, status=status)


def _tell(request: HttpRequest, outcome: Outcome) -> None:
    if count := len(outcome.verified):
        text = ngettext("%(count)d fact is verified.", "%(count)d facts are verified.", count)
        messages.success(request, f"{text % {'count': count}} {_('Readers see it with the next edition.')}")
    for fact in outcome.changed:
        text = _("Not verified: somebody has changed or verified “%(fact)s” since. Look at it again.")
        messages.warning(request, text % {"fact": fact.key})
    if outcome.gone:
        text = ngettext("%(count)d fact is deleted by now.", "%(count)d facts are deleted by now.", outcome.gone)
        messages.warning(request, text % {"count": outcome.gone})


def _back(request: HttpRequest, outcome: Outcome) -> str:
    """The same page of the queue; where all went well, at the row after the one that goes."""
    then = request.POST.get("then", "")
    place = f"#fact-{then}" if then.isdecimal() and not (outcome.changed or outcome.gone) else ""
    return f"{request.get_full_path()}{place}"


def _page(request: HttpRequest, model_admin: admin.ModelAdmin, form: VerifyForm | None) -> dict[str, Any]:
    today = clock.today()
    chosen = QueueFilter(request.GET)
    queue = _filtered(Fact.objects.to_review(today), chosen.chosen())
    counts = dict(Fact.objects.to_review(today).order_by().values_list("review").annotate(Count("pk")))
    found = Paginator(_with_all(queue), PAGE_SIZE).get_page(request.GET.get("page"))
    several = form if form and "then" not in form.data else None
    query = request.GET.copy()
    query.pop("page", None)
    return {
        **model_admin.admin_site.each_context(request),
        "title": _("Facts to review"),
        "opts": model_admin.opts,
        "filter": chosen,
        "source": chosen.cleaned_data.get("source"),
        "counts": [(name, counts.get(kind, 0)) for kind, name in KINDS.items()],
        "page": found,
        "reviews": _rows(list(found), today, None if several else form),
        "query": query.urlencode(),
        "several": several or VerifyForm(initial={"day": today}, auto_id="several_%s"),
        "may_verify": model_admin.has_change_permission(request),
        "bound": form,
    }


def _filtered(queue, chosen: dict[str, Any]):
    found = Q()
    if "country" in chosen:
        found &= Q(country=chosen["country"])
    if "kind" in chosen:
        found &= Q(review=chosen["kind"])
    if "source" in chosen:
        found &= Q(pk__in=chosen["source"].facts.values("pk"))
    if "publisher" in chosen:
        found &= Q(pk__in=Fact.objects.filter(sources__publisher=chosen["publisher"]).values("pk"))
    return queue.filter(found)


def _with_all(queue):
    last = Verification.objects.select_related("by")
    return queue.select_related("country").prefetch_related("sources", Prefetch("verifications", last))


def _rows(facts: list[Fact], today, form: VerifyForm | None) -> list[Review]:
    uses = uses_of(facts)
    typed = form.seen() if form else {}
    return [
        Review(
            fact,
            as_seen(fact),
            uses[fact.pk],
            next(iter(fact.verifications.all()), None),
            form
            if fact.pk in typed
            else VerifyForm(initial={"day": today, "again": next_review(fact, today)}, auto_id=f"fact_{fact.pk}_%s"),
            then,
        )
        for fact, then in zip_longest(facts, facts[1:])
    ]


class ReviewFilter(admin.SimpleListFilter):
    title = gettext_lazy("review")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return list(KINDS.items())

    def queryset(self, request, queryset):
        match self.value():
            case "due":
                return queryset.due(clock.today())
            case "soon":
                return queryset.due_soon(clock.today())
            case "never":
                return queryset.never_verified()
        return queryset


class ReviewedMixin:
    """For the admin of facts: the queue, and on the page of a fact who has verified it and what readers report."""

    def get_urls(self):
        queue = self.admin_site.admin_view(self.reviews)
        return [path("reviews/", queue, name="guides_fact_reviews"), *super().get_urls()]

    def reviews(self, request):
        return reviews(request, self)

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["verified_before", "reported"] if obj else [])]

    @admin.display(description=gettext_lazy("verified before"), empty_value="")
    def verified_before(self, fact):
        """Every verification, the last one first."""
        rows = fact.verifications.select_related("by")
        lines = ((row.day, row.by or _("somebody whose account is gone"), row.note and f": {row.note}") for row in rows)
        found = format_html_join("", "<li>{} · {}{}</li>", lines)
        return format_html("<ul>{}</ul>", found) if found else None

    @admin.display(description=gettext_lazy("reports of readers"), empty_value="")
    def reported(self, fact):
        return reports_about(fact=fact.key)
