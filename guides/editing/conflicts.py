"""Two people on one entry: a save or a deletion that rests on an older state is answered with both versions."""

import copy
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import IS_POPUP_VAR, ActionLocation
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from .sheets import Cell, Group, Row, digest, drawn_sheet, rebased, sent_sheet

DRAWN = "_drawn"
KEY = "_key"


@dataclass
class Difference:
    """One line of the comparison: where, in which field, and what both sides say."""

    where: str
    label: str
    theirs: str
    mine: str


class ConflictMixin:
    """The page carries the digest of what it was drawn from; a POST that was drawn from something else gets a 409."""

    change_form_template = "admin/guides/entry_form.html"
    delete_confirmation_template = "admin/guides/entry_delete.html"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            refused = self._changed_meanwhile(request, object_id)
            return refused or super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        with transaction.atomic():
            row = self._locked(request, object_id)
            if row is None:
                return super().delete_view(request, object_id, extra_context)
            drawn = digest(self._theirs(request, row)[0])
            if request.method == "POST" and request.POST.get(DRAWN) != drawn and self.has_delete_permission(request):
                return self._answer(request, "admin/guides/delete_conflict.html", row, drawn=drawn)
            return super().delete_view(request, object_id, {"drawn": drawn, **(extra_context or {})})

    def get_actions(self, request, action_location=ActionLocation.CHANGE_LIST):
        """No deletion of several entries at once: nobody would see what each of them says by now."""
        actions = super().get_actions(request, action_location=action_location)
        return {name: action for name, action in actions.items() if name != "delete_selected"}

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj is not None:
            form, formsets = context["adminform"].form, [inline.formset for inline in context["inline_admin_formsets"]]
            known = getattr(request, "catalogue_drawn", None)
            context["drawn"] = known or digest(drawn_sheet(form, formsets))
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def _locked(self, request, object_id):
        """The row, which nobody else can save before this request is done; None if there is none."""
        try:
            return self.get_queryset(request).select_for_update(of=("self",)).filter(pk=unquote(object_id)).first()
        except ValueError:
            return None

    def _changed_meanwhile(self, request, object_id) -> TemplateResponse | None:
        """The answer to a save that rests on another state than the stored one; None if it may go on."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        row = self._locked(request, object_id)
        if row is None and DRAWN not in request.POST:
            return None
        theirs, form, formsets = self._theirs(request, row)
        request.catalogue_drawn = digest(theirs)
        if row is not None and request.POST.get(DRAWN) == request.catalogue_drawn:
            return None
        mine = sent_sheet(request.POST, form, formsets)
        if row is None:
            mine.cells["key"] = Cell(_("key"), [request.POST.get(KEY, "")], request.POST.get(KEY, ""))
        differences = list(compared(theirs, mine))
        if row is not None and not differences:
            return None
        kept = [(name, value) for name, value in request.POST.items() if name.startswith("_") and name != DRAWN]
        fields = [*rebased(mine, theirs), *kept, (DRAWN, request.catalogue_drawn)]
        return self._answer(request, "admin/guides/conflict.html", row, differences=differences, fields=fields)

    def _theirs(self, request, row) -> tuple[Row, Any, list]:
        """The page as it would be drawn now, with its unbound forms. Without a row it is the page of a new one."""
        # What was read for these forms serves those of the POST too.
        request.__dict__.setdefault("catalogue_rows", {})
        looking = copy.copy(request)
        looking.method = "GET"
        names = flatten_fieldsets(self.get_fieldsets(looking, row))
        form = self.get_form(looking, row, change=row is not None, fields=names)(instance=row)
        formsets, _inlines = self._create_formsets(looking, row or form.instance, change=row is not None)
        return drawn_sheet(form, formsets), form, formsets

    def _answer(self, request, template, row, **context) -> TemplateResponse:
        return TemplateResponse(
            request,
            template,
            {
                **self.admin_site.each_context(request),
                "title": _("Somebody else was here"),
                "opts": self.opts,
                "original": row,
                "last": row and self._last_change(row),
                "is_popup": IS_POPUP_VAR in request.POST,
                **context,
            },
            status=409,
        )

    def _last_change(self, row) -> LogEntry | None:
        kind = ContentType.objects.get_for_model(self.model)
        return LogEntry.objects.filter(content_type=kind, object_id=row.pk).select_related("user").first()


def compared(theirs: Row, mine: Row, where: str = ""):
    """Every difference between two versions of a row and of the rows inside it."""
    for name, cell in mine.cells.items():
        other = theirs.cells.get(name, Cell(cell.label, [], ""))
        if cell.values != other.values:
            yield Difference(where, cell.label, other.shown, cell.shown)
    for name, group in mine.groups.items():
        yield from _compared_groups(theirs.groups.get(name, Group(group.label, [])), group, where)


def _compared_groups(theirs: Group, mine: Group, where: str):
    own, standing = mine.by_pk(), theirs.by_pk()
    for pk, row in standing.items():
        place = _place(where, mine.label, row.title)
        if pk not in own:
            yield Difference(place, "", _all(row), _("Not in your version."))
        elif own[pk].deleted:
            yield Difference(place, "", _all(row), _("You delete it."))
        else:
            yield from compared(row, own[pk], place)
    for row in mine.rows:
        if row.pk not in standing and not row.deleted:
            gone = _("Deleted there.") if row.pk else _("Not there.")
            yield Difference(_place(where, mine.label, row.title), "", gone, _all(row))


def _place(where: str, label: str, title: str) -> str:
    return " › ".join(filter(None, [where, f"{label[:1].upper()}{label[1:]}: {title}"]))


def _all(row: Row) -> str:
    """Everything that a row says, a line for each field."""
    own = [f"{cell.label}: {cell.shown}" for cell in row.cells.values() if cell.shown]
    inside = [f"{group.label}: {_all(inner)}" for group in row.groups.values() for inner in group.rows]
    return "\n".join([*own, *inside])
