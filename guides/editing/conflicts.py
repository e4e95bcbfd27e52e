"""Two people on one entry: what only one of them changed is kept from both, and for the rest somebody is asked."""

from collections.abc import Iterator

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR, ActionLocation
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from guides.editions.mapping import ModelMapping, sections
from guides.editions.working_copy import fingerprint

from .choosing import TAKE, choices_of, places_between, takes_in, told_between
from .collisions import Merging
from .lists import section_of
from .refilled import BASE, form_of, ids_for, packed, plain, seen_entry

SEEN = "_seen"
KEY = "_key"
# What was stored when somebody was asked, on the page that asks.
MET = "_met"
KEPT_AS_SENT = {"csrfmiddlewaretoken", "_save", "_continue", "_addanother", IS_POPUP_VAR, TO_FIELD_VAR}


class Conflict(Exception):
    """What was saved is not what somebody stored in between. Both are raw entries; ``theirs`` None if it is gone."""

    def __init__(self, theirs: dict | None, mine: dict):
        self.theirs, self.mine = theirs, mine
        super().__init__("Somebody else has changed the entry.")


class ConflictMixin:
    """The page carries the entry that it shows. What somebody else changed since is kept beside what is sent; what
    both changed in two ways gets a 409 and is asked."""

    change_form_template = "admin/guides/entry_form.html"
    delete_confirmation_template = "admin/guides/entry_delete.html"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
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
            try:
                return super().changeform_view(request, object_id, form_url, extra_context)
            except Conflict as found:
                if row is None:
                    return self._ask_again(request, found)
                return self._put_together(request, row, found, form_url, extra_context)

    def save_related(self, request, form, formsets, change):
        """Only what was saved can be compared. Should it be something else, it is undone."""
        super().save_related(request, form, formsets, change)
        if hasattr(request, "catalogue_meanwhile"):
            theirs, mine = request.catalogue_meanwhile, self._read(self.get_queryset(request).get(pk=form.instance.pk))
            if mine != theirs:
                raise Conflict(theirs, mine)

    def _put_together(self, request, row, found: Conflict, form_url, extra_context):
        """Save what both changed; or ask where nobody can know which of the two is meant."""
        base = seen_entry(request.POST.get(BASE), request.POST.get(SEEN))
        theirs, mine = plain(found.theirs), plain(found.mine)
        now = fingerprint(theirs)
        takes = takes_in(request.POST) if request.POST.get(MET) == now else {}
        merging = Merging(takes)
        sides = self._mapping, base, theirs, mine
        both = merging.entry(*sides)
        if merging.open:
            return self._answer(
                request,
                "admin/guides/conflict.html",
                row,
                choices=list(choices_of(merging, *sides)),
                kept=places_between(self._mapping, mine, Merging(otherwise="mine").entry(*sides)),
                fields=list(_sent_again(request.POST, MET, now)),
                asked_again=MET in request.POST,
            )
        self._tell_what_is_kept(request, row, places_between(self._mapping, mine, both))
        del request.catalogue_meanwhile
        request.POST = self._sent_for(request.POST, row, both, theirs)
        return super().changeform_view(request, str(row.pk), form_url, extra_context)

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
            context |= (
                {"seen": request.POST.get(SEEN), "base": request.POST.get(BASE, "")} if refused else self._shown(obj)
            )
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

    def _shown(self, row) -> dict[str, str]:
        now = plain(self._read(row))
        return {"seen": fingerprint(now), "base": packed(now)}

    def _sent_for(self, post, row, entry: dict, theirs: dict) -> QueryDict:
        """The form that makes of what is stored now this entry."""
        sent = QueryDict(mutable=True)
        for name, value in form_of(self._mapping, entry, ids_for(self._mapping), row):
            sent.appendlist(name, value)
        for name in post.keys() & KEPT_AS_SENT:
            sent[name] = post[name]
        sent[SEEN], sent[BASE] = fingerprint(theirs), packed(theirs)
        return sent

    def _ask_again(self, request, found: Conflict) -> TemplateResponse:
        """Nothing is there any more to put it together with."""
        lines = told_between(self._mapping, None, plain(found.mine)).lines
        fields = list(_sent_again(request.POST, SEEN, fingerprint(None)))
        return self._answer(request, "admin/guides/conflict_deleted.html", None, lines=lines, fields=fields)

    def _tell_what_is_kept(self, request, row, places: str) -> None:
        if places:
            last = self._last_change(row)
            who = last.user if last else _("somebody")
            text = _("After you opened this entry, %(who)s changed: %(places)s. That stays, beside what you changed.")
            self.message_user(request, text % {"who": who, "places": places}, messages.WARNING)

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


def _sent_again(post, name: str, now: str) -> Iterator[tuple[str, str]]:
    """The names and values of the same form, for somebody who has seen what is stored now."""
    for sent, values in post.lists():
        if sent not in (name, "csrfmiddlewaretoken") and not sent.startswith(TAKE):
            yield from ((sent, value) for value in values)
    yield name, now
