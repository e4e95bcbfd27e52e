"""Two people on one entry: a save or a deletion that rests on an older state is answered with both versions."""

from collections.abc import Iterator

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import IS_POPUP_VAR, ActionLocation
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from guides.catalogue.schema import Catalogue
from guides.editions.mapping import ModelMapping, sections
from guides.editions.working_copy import fingerprint

from .difference import EntryRow, difference_of
from .lists import section_of

SEEN = "_seen"
KEY = "_key"


class Conflict(Exception):
    """What was saved is not what somebody stored in between. Both are raw entries; ``theirs`` None if it is gone."""

    def __init__(self, theirs: dict | None, mine: dict):
        self.theirs, self.mine = theirs, mine
        super().__init__("Somebody else has changed the entry.")


class ConflictMixin:
    """The page carries the fingerprint of the entry that it shows; what rests on another one gets a 409."""

    change_form_template = "admin/guides/entry_form.html"
    delete_confirmation_template = "admin/guides/entry_delete.html"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with transaction.atomic():
                row = self._locked(request, object_id)
                if row is None and KEY in request.POST:
                    # What was written into it is tried as a new entry.
                    request.POST = request.POST.copy()
                    request.POST["key"] = request.POST[KEY]
                    object_id, form_url = None, reverse(f"admin:guides_{self.opts.model_name}_add")
                theirs = request.catalogue_before = row and self._read(row)
                if fingerprint(theirs) != request.POST.get(SEEN):
                    request.catalogue_meanwhile = theirs
                return super().changeform_view(request, object_id, form_url, extra_context)
        except Conflict as found:
            difference = self._difference(found)
            fields = list(_sent_again(request.POST, fingerprint(found.theirs)))
            return self._answer(request, "admin/guides/conflict.html", row, difference=difference, fields=fields)

    def save_related(self, request, form, formsets, change):
        """Only what was saved can be compared. Should it be something else, it is undone."""
        super().save_related(request, form, formsets, change)
        if hasattr(request, "catalogue_meanwhile"):
            theirs, mine = request.catalogue_meanwhile, self._read(self.get_queryset(request).get(pk=form.instance.pk))
            if mine != theirs:
                raise Conflict(theirs, mine)

    def delete_view(self, request, object_id, extra_context=None):
        with transaction.atomic():
            row = self._locked(request, object_id)
            if row is None:
                return super().delete_view(request, object_id, extra_context)
            now = fingerprint(self._read(row))
            if request.method == "POST" and request.POST.get(SEEN) != now and self.has_delete_permission(request):
                return self._answer(request, "admin/guides/delete_conflict.html", row, seen=now)
            return super().delete_view(request, object_id, {"seen": now, **(extra_context or {})})

    def get_actions(self, request, action_location=ActionLocation.CHANGE_LIST):
        """No deletion of several entries at once: nobody would see what each of them says by now."""
        actions = super().get_actions(request, action_location=action_location)
        return {name: action for name, action in actions.items() if name != "delete_selected"}

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*(self._mapping.links or [None]))

    def get_object(self, request, object_id, from_field=None):
        """The entry with all that it says, which serves the page and its fingerprint."""
        row = super().get_object(request, object_id, from_field)
        if row is not None:
            prefetch_related_objects([row], *self._mapping.prefetches())
        return row

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        refused = request.method == "POST"
        if add and hasattr(request, "catalogue_meanwhile"):
            text = _("Somebody deleted this entry after you opened it. What you wrote is below.")
            self.message_user(request, text, messages.WARNING)
        if change and obj is not None:
            context["seen"] = request.POST.get(SEEN) if refused else fingerprint(self._mapping.read(obj))
        response = super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)
        if refused:
            # Its parts have made way for what was sent (``PartFormSet``).
            transaction.set_rollback(True)
        return response

    @property
    def _mapping(self) -> ModelMapping:
        return sections()[section_of(self.model)]

    def _locked(self, request, object_id):
        """The row, which nobody else can save before this request is done; None if there is none."""
        try:
            return self.get_queryset(request).select_for_update(of=("self",)).filter(pk=unquote(object_id)).first()
        except ValueError:
            return None

    def _read(self, row) -> dict:
        prefetch_related_objects([row], *self._mapping.prefetches())
        return self._mapping.read(row)

    def _difference(self, found: Conflict) -> EntryRow:
        """From what is stored to what was sent, in the words of the page that compares editions."""
        theirs, mine = (
            Catalogue.model_construct(**{section_of(self.model): (self._mapping.entry_as_is(raw),) if raw else ()})
            for raw in (found.theirs, found.mine)
        )
        return difference_of(theirs, mine)[0].entries[0]

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


def _sent_again(post, now: str) -> Iterator[tuple[str, str]]:
    """The names and values of a form that saves the same over what is stored now."""
    for name, values in post.lists():
        if name not in (SEEN, "csrfmiddlewaretoken"):
            yield from ((name, value) for value in values)
    yield SEEN, now
