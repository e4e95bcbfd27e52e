"""Stages, labels and answer templates: lists whose rows a firm adds, changes and removes."""

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from checklists.access.firms import for_advisors, for_owners
from checklists.firms.members import setup as verbs
from checklists.firms.members.forms import LabelForm, SetupForm, StageForm, TemplateForm
from checklists.firms.members.merging import FIELDS
from checklists.firms.members.services import Refused
from checklists.models import AnswerTemplate, Label, Stage
from checklists.seen import Changed

from .firms import show_before_removing, show_both

# Where a button moves a stage, in places.
PLACES = {"up": -1, "down": 1}
REMOVED = gettext_lazy("Somebody removed it in the meantime. What you typed is still there when you go back.")
ARCHIVED = Q(cases__archived_at__isnull=False)
COUNTED = {
    "open_cases": Count("cases", filter=~ARCHIVED & Q(cases__isnull=False)),
    "archived_cases": Count("cases", filter=ARCHIVED),
}
POST = ["post"]


class RowsView(View, ABC):
    """The page of a list, adding a row, changing the row of an address; or removing it, where it ``removes``."""

    http_method_names = ["get", "head", "post"]
    model: type[verbs.Row]
    form: type[SetupForm]
    page: str
    template: str
    removes = False

    def setup(self, request, membership, pk=None):
        super().setup(request, membership, pk=pk)
        self.membership, self.organisation = membership, membership.organisation
        self.address = reverse(self.page, args=[self.organisation.slug])

    @abstractmethod
    def rows(self) -> QuerySet:
        """The firm's rows in their order; counting drops that of the model."""

    def row(self, pk) -> verbs.Row:
        row = self.rows().filter(pk=pk).first()
        if row is None:
            raise Http404(str(REMOVED))
        row.organisation = self.organisation
        return row

    def get(self, request, membership, pk=None):
        return self.list_page()

    def post(self, request, membership, pk=None):
        row = self.row(pk) if pk else None
        if self.removes:
            return self.remove(row)
        form = self.form(request.POST, instance=row)
        if form.is_valid():
            try:
                saved = self.save(row, form)
            except Refused as refused:
                form.add_error("name", str(refused))
            except Changed as changed:
                return show_both(request, membership, form, changed.theirs, self.address)
            except self.model.DoesNotExist as gone:
                raise Http404(str(REMOVED)) from gone
            else:
                text = _("“%(name)s” is saved.") if row else _("“%(name)s” is added.")
                messages.success(request, text % {"name": saved})
                return redirect(self.address)
        return self.form_page(form)

    def save(self, row: verbs.Row | None, form: SetupForm) -> verbs.Row:
        given = {"values": form.values, "by": self.request.user}
        if row is None:
            return verbs.add(kind=self.model, organisation=self.organisation, **given)
        return verbs.change(row=row, seen=form.cleaned_data["seen"], **given)

    def remove(self, row: verbs.Row):
        fields = self.form.Meta.fields
        try:
            verbs.remove(row=row, fields=fields, seen=self.request.POST.get("seen", ""), by=self.request.user)
        except Refused as refused:
            messages.error(self.request, str(refused))
            return self.list_page(status=422)
        except Changed as changed:
            if changed.theirs:
                return show_before_removing(self.request, self.membership, changed.theirs, fields, self.address)
        messages.success(self.request, _("“%(name)s” is removed.") % {"name": row})
        return redirect(self.address)

    def form_page(self, form: SetupForm):
        """The list with the form in its place."""
        return self.list_page({form.instance.pk: form}, status=422)

    def beside(self, rows: list[tuple[verbs.Row, SetupForm]]) -> dict[str, Any]:
        """What the page tells beside its rows."""
        return {}

    def list_page(self, sent: dict[int | None, SetupForm] | None = None, *, status=200):
        """``sent`` has the form that was sent by the key of its row, None for a new one."""
        sent = sent or {}
        rows = [(row, sent.get(row.pk) or self.form(instance=row, auto_id=f"id_{row.pk}_%s")) for row in self.rows()]
        context = {"membership": self.membership, "rows": rows, "form": sent.get(None) or self.form()}
        context |= self.beside(rows)
        return render(self.request, self.template, context, status=status)


class StagesView(RowsView):
    model, form, page, template = Stage, StageForm, "firms:stages", "firms/stages.html"

    def beside(self, rows):
        return {"order": verbs.seen_order([stage for stage, _form in rows])}

    def rows(self):
        return self.organisation.stages.annotate(**COUNTED).order_by("order", "pk")


class MoveStageView(StagesView):
    """Move a stage up or down by one place."""

    def post(self, request, membership, pk):
        stage = self.row(pk)
        if request.POST.get("to") not in PLACES:
            raise Http404
        places, seen = PLACES[request.POST["to"]], request.POST.get("seen", "")
        try:
            verbs.move_stage(stage=stage, places=places, seen=seen, by=request.user)
        except Changed as changed:
            return self.both(request, changed.theirs, verbs.moved(changed.theirs, stage, places))
        return redirect(self.address)

    def both(self, request, theirs: list[Stage], mine: list[Stage]):
        """Both orders: the one that is saved now, and the one that moving this stage makes of it."""
        row = {"label": _("The order")}
        row |= {whose: ", ".join(map(str, stages)) for whose, stages in (("theirs", theirs), ("mine", mine))}
        context = {
            "membership": self.membership,
            "rows": [row],
            "typed": [("to", request.POST["to"]), ("seen", verbs.seen_order(theirs))],
            "back": self.address,
        }
        return render(request, "firms/changed.html", context, status=409)


class LabelsView(RowsView):
    model, form, page, template = Label, LabelForm, "firms:labels", "firms/labels.html"

    def rows(self):
        return self.organisation.labels.annotate(**COUNTED).order_by(Lower("name"))


class TemplatesView(RowsView):
    model, form, page, template = AnswerTemplate, TemplateForm, "firms:templates", "firms/templates.html"

    def rows(self):
        return self.organisation.templates.order_by(Lower("name"))


class TemplateView(TemplatesView):
    """An answer template has a page of its own."""

    def get(self, request, membership, pk=None):
        return self.form_page(self.form(instance=self.row(pk) if pk else None))

    def form_page(self, form):
        context = {"membership": self.membership, "form": form, "merge_fields": FIELDS, "row": form.instance}
        return render(self.request, "firms/template.html", context, status=422 if form.errors else 200)


stages = for_owners(StagesView.as_view())
stage = for_owners(StagesView.as_view(http_method_names=POST))
move_stage = for_owners(MoveStageView.as_view(http_method_names=POST))
remove_stage = for_owners(StagesView.as_view(http_method_names=POST, removes=True))
labels = for_advisors(LabelsView.as_view())
label = for_advisors(LabelsView.as_view(http_method_names=POST))
remove_label = for_advisors(LabelsView.as_view(http_method_names=POST, removes=True))
templates = for_advisors(TemplatesView.as_view(http_method_names=["get", "head"]))
new_template = template = for_advisors(TemplateView.as_view())
remove_template = for_advisors(TemplatesView.as_view(http_method_names=POST, removes=True))
