"""An entry that others name, or a part of it, is not deleted, and the page says who they are."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides.conditions.names import Name

from .lists import section_of
from .used import User, published_users_of, users_of

MOST_LINKED = 20


class ProtectionMixin:
    """The database protects rows behind foreign keys; this protects those that lists, conditions and dates name."""

    def get_deleted_objects(self, objs, request):
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        users = users_of([(section_of(self.model), row.key) for row in objs])
        referring = [user.link for found in users.values() for user in found]
        return deleted, counts, lacking, referring or protected

    def delete_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, object_id)
        told = {}
        if row is not None:
            name = section_of(self.model), row.key
            told = {"published": published_users_of([name]), "held": self.held_by(name)}
        return super().delete_view(request, object_id, {**told, **(extra_context or {})})

    def held_by(self, name: Name) -> str:
        """Who has given this answer, in words; empty where nobody has, or where this is no answer."""
        return ""


class NamedParts:
    """A formset whose parts others name by what ``part_names`` says; none that is named is taken out or renamed."""

    section: str

    def part_names(self, values) -> set[str]:
        """What conditions call a part with these fields."""
        raise NotImplementedError

    def full_clean(self):
        # Cleaning writes what was sent into these rows.
        self.before = {name for row in self.stored for name in self.part_names(vars(row))}
        super().full_clean()

    def clean(self):
        super().clean()
        kept = [form.cleaned_data for form in self.forms if not self._should_delete_form(form)]
        gone = self.before.difference(*map(self.part_names, kept))
        names = [(self.section, self.instance.key, name) for name in sorted(gone)]
        refuse_named(names)


def refuse_named(names: Collection[Name]) -> None:
    """Raises ValidationError with links to the entries that name one of these."""
    users = users_of(names) if names else {}
    refused = [_still_named(name, found) for name, found in users.items() if found]
    if refused:
        raise ValidationError(refused)


def _still_named(name: Name, users: list[User]) -> str:
    more = len(users) - MOST_LINKED
    return format_html(
        _("“{}” cannot go or be renamed while these name it: {}{}"),
        name[-1],
        format_html_join(", ", "{}", ((user.link,) for user in users[:MOST_LINKED])),
        " " + ngettext("and %d more", "and %d more", more) % more if more > 0 else "",
    )
