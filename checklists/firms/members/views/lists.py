"""Stages, labels and answer templates: lists whose rows a firm adds, changes and removes."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from checklists.access.firms import for_advisors, for_owners
from checklists.firms.members import setup
from checklists.firms.members.forms import LabelForm, StageForm, TemplateForm
from checklists.firms.members.merging import FIELDS
from checklists.firms.members.services import Refused
from checklists.forms import posted
from checklists.models import AnswerTemplate, Label, Organisation, Stage
from checklists.seen import Changed

from .firms import show_both

# Where a button moves a stage, in places.
PLACES = {"up": -1, "down": 1}
REMOVED = gettext_lazy("Somebody removed it in the meantime. What you typed is still there when you go back.")


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the lists: its rows in their order (counting drops that of the model), their form, and their page."""

    model: type[setup.Row]
    form: type
    page: str
    template: str
    rows: Callable[[Organisation], QuerySet]


STAGES = Kind(Stage, StageForm, "firms:stages", "firms/stages.html", lambda firm: firm.stages.order_by("order", "pk"))
LABELS = Kind(Label, LabelForm, "firms:labels", "firms/labels.html", lambda firm: firm.labels.order_by(Lower("name")))
TEMPLATES = Kind(
    AnswerTemplate,
    TemplateForm,
    "firms:templates",
    "firms/templates.html",
    lambda firm: firm.templates.order_by(Lower("name")),
)


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def stages(request, membership):
    """The stages of the firm's cases, in order, and one more."""
    return _add(request, membership, STAGES)


@for_owners
@require_POST
def stage(request, membership, pk):
    """Rename a stage."""
    return _change(request, membership, STAGES, pk)


@for_owners
@require_POST
def move_stage(request, membership, pk):
    """Move a stage up or down by one place."""
    row = _row(membership, STAGES, pk)
    if request.POST.get("to") not in PLACES:
        raise Http404
    setup.move_stage(stage=row, places=PLACES[request.POST["to"]], by=request.user)
    return redirect(STAGES.page, membership.organisation.slug)


@for_owners
@require_POST
def remove_stage(request, membership, pk):
    """Remove a stage that no case is in."""
    return _remove(request, membership, STAGES, pk)


@for_advisors
@require_http_methods(["GET", "HEAD", "POST"])
def labels(request, membership):
    """The labels of the firm's cases, and one more."""
    return _add(request, membership, LABELS)


@for_advisors
@require_POST
def label(request, membership, pk):
    """Rename a label."""
    return _change(request, membership, LABELS, pk)


@for_advisors
@require_POST
def remove_label(request, membership, pk):
    """Remove a label, also from the cases that have it."""
    return _remove(request, membership, LABELS, pk)


@for_advisors
@require_http_methods(["GET", "HEAD"])
def templates(request, membership):
    """The texts that the firm sends often."""
    return _list_page(request, membership, TEMPLATES)


@for_advisors
@require_http_methods(["GET", "HEAD", "POST"])
def new_template(request, membership):
    """One more answer template."""
    return _add(request, membership, TEMPLATES)


@for_advisors
@require_http_methods(["GET", "HEAD", "POST"])
def template(request, membership, pk):
    """Change an answer template."""
    return _change(request, membership, TEMPLATES, pk)


@for_advisors
@require_POST
def remove_template(request, membership, pk):
    """Remove an answer template. What was sent with it stays."""
    return _remove(request, membership, TEMPLATES, pk)


def _row(membership, kind: Kind, pk):
    row = kind.rows(membership.organisation).filter(pk=pk).first()
    if row is None:
        raise Http404(str(REMOVED))
    row.organisation = membership.organisation
    return row


def _address(membership, kind: Kind) -> str:
    return reverse(kind.page, args=[membership.organisation.slug])


def _done(request, membership, kind: Kind, said: str):
    messages.success(request, said)
    return redirect(_address(membership, kind))


def _add(request, membership, kind: Kind):
    form = kind.form(posted(request))
    if form.is_valid():
        try:
            row = setup.add(kind=kind.model, organisation=membership.organisation, values=form.values, by=request.user)
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            return _done(request, membership, kind, _("“%(name)s” is added.") % {"name": row})
    return _form_page(request, membership, kind, form)


def _change(request, membership, kind: Kind, pk):
    row = _row(membership, kind, pk)
    form = kind.form(posted(request), instance=row)
    if form.is_valid():
        try:
            row = setup.change(row=row, values=form.values, seen=form.cleaned_data["seen"], by=request.user)
        except Refused as refused:
            form.add_error("name", str(refused))
        except Changed as changed:
            return show_both(request, membership, form, changed.theirs, _address(membership, kind))
        except kind.model.DoesNotExist as gone:
            raise Http404(str(REMOVED)) from gone
        else:
            return _done(request, membership, kind, _("“%(name)s” is saved.") % {"name": row})
    return _form_page(request, membership, kind, form)


def _remove(request, membership, kind: Kind, pk):
    row = _row(membership, kind, pk)
    try:
        setup.remove(row=row, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return _list_page(request, membership, kind, status=422)
    return _done(request, membership, kind, _("“%(name)s” is removed.") % {"name": row})


def _form_page(request, membership, kind: Kind, form):
    """The list with the form in its place; an answer template has a page of its own."""
    status = 422 if form.errors else 200
    if kind is not TEMPLATES:
        return _list_page(request, membership, kind, form, status=status)
    context = {"membership": membership, "form": form, "merge_fields": FIELDS, "row": form.instance}
    return render(request, "firms/template.html", context, status=status)


def _list_page(request, membership, kind: Kind, form=None, *, status=200):
    """``form`` is the one that was sent: of a row, or for a new one."""
    rows = kind.rows(membership.organisation)
    if kind is not TEMPLATES:
        archived = Q(cases__archived_at__isnull=False)
        rows = rows.annotate(
            open_cases=Count("cases", filter=~archived & Q(cases__isnull=False)),
            archived_cases=Count("cases", filter=archived),
        )
    sent = {form.instance.pk: form} if form else {}
    context = {
        "membership": membership,
        "rows": [(row, sent.get(row.pk) or kind.form(instance=row, auto_id=f"id_{row.pk}_%s")) for row in rows],
        "form": sent.get(None) or kind.form(),
    }
    return render(request, kind.template, context, status=status)
