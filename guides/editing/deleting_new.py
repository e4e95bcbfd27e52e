"""Deleting several entries at once that nobody has published and nobody names; each is shown before."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import get_deleted_objects
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guides.catalogue.schema import Catalogue
from guides.editions.mapping import sections
from guides.editions.publishing import current
from guides.editions.working_copy import StoredEntry, fingerprint, stored_entries

from .difference import EntryRow, difference_of
from .lists import section_of
from .used import users_of

SEEN = "_seen"
# How many of those that name an entry are told.
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Spared:
    """An entry that stays, and why."""

    key: str
    why: str


class DeleteNewMixin:
    """For the admin of an entry."""

    actions = ["delete_new"]

    @admin.action(description=gettext_lazy("Delete selected that are new…"), permissions=["delete"])
    def delete_new(self, request, queryset):
        """Show each of them first; then delete exactly what was shown."""
        with transaction.atomic():
            rows = {row.pk: row for row in queryset.select_for_update(of=("self",))}
            going, spared = deletable(section_of(self.model), rows)
            seen = fingerprint([entry.raw for entry in going])
            chosen = [rows[entry.pk] for entry in going]
            _tree, _counts, lacking, needed = get_deleted_objects(chosen, request, self.admin_site)
            if chosen and request.POST.get(SEEN) == seen and not (lacking or needed):
                self.log_deletions(request, self.model.objects.filter(pk__in=[row.pk for row in chosen]))
                for row in chosen:
                    row.delete()
                text = ngettext("%(count)d entry is deleted.", "%(count)d entries are deleted.", len(chosen))
                self.message_user(request, text % {"count": len(chosen)}, messages.SUCCESS)
                return None
        refused = SEEN in request.POST
        context = {
            **self.admin_site.each_context(request),
            "title": _("Delete new entries"),
            "opts": self.opts,
            "entries": told(section_of(self.model), going),
            "pks": [entry.pk for entry in going],
            "spared": spared,
            "needed": needed,
            "lacking": lacking,
            "seen": seen,
            "changed": refused,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/guides/delete_new.html", context, status=409 if refused else 200)


def told(section: str, entries: list[StoredEntry]) -> list[EntryRow]:
    """Everything that these entries of one section say, in words."""
    as_is = sections()[section].entry_as_is
    new = Catalogue.model_construct(**{section: tuple(as_is(entry.raw) for entry in entries)})
    found = difference_of(Catalogue(), new)
    return list(found[0].entries) if found else []


def deletable(section: str, pks: Iterable[int]) -> tuple[list[StoredEntry], list[Spared]]:
    """Which of these entries of a section are new and named by no other, and why the others stay."""
    published = {entry.key for entry in getattr(current().catalogue, section)}
    chosen = [row for row in stored_entries(section) if row.pk in set(pks)]
    naming = users_of([(section, row.raw["key"]) for row in chosen])
    going, spared = [], []
    for row in chosen:
        key = row.raw["key"]
        if key in published:
            spared.append(Spared(key, _("It is in the current edition.")))
        elif named := naming[section, key]:
            shown = ", ".join(f"{user.section} {user.key}" for user in named[:MOST_NAMED])
            more = _(" and %(count)d more") % {"count": len(named) - MOST_NAMED} if len(named) > MOST_NAMED else ""
            spared.append(Spared(key, _("It is named by: %(names)s") % {"names": shown + more}))
        else:
            going.append(row)
    return going, spared
