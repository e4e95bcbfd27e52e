"""An entry that others name, or a part of it, is not deleted, and the page says who they are."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides.conditions.names import Name
from guides.editions.publishing import current

from .lists import section_of
from .used import User, inner_names, published_users_of, users_of

MOST_LINKED = 20


@dataclass(frozen=True, slots=True)
class Use:
    """Where an entry, or a value or column inside it, is used; ``held`` says how many people have answered so."""

    name: Name
    users: tuple[User, ...]
    held: str

    @property
    def inner(self) -> str:
        return self.name[2] if len(self.name) > 2 else ""

    @property
    def shown(self) -> tuple[User, ...]:
        return self.users[:MOST_LINKED]

    @property
    def more(self) -> int:
        return len(self.users) - len(self.shown)

    @property
    def address(self) -> str:
        """Where all of them are listed."""
        return reverse("entries:used", args=self.name[:2])


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
            told = {"published": published_users_of([name]), "held": self.held_by(row).get(name)}
        return super().delete_view(request, object_id, {**told, **(extra_context or {})})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj is not None:
            section = section_of(self.model)
            if any(entry.key == obj.key for entry in getattr(current().catalogue, section)):
                context["revert"] = reverse("entries:revert", args=[section, obj.key])
            if request.method == "GET":
                context["uses"] = self._uses(obj)
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def get_readonly_fields(self, request, obj=None):
        """Others name an entry by its key, so it can be corrected only as long as nobody does or has."""
        return ["key"] if obj and self._is_key_fixed(request, obj) else []

    def held_by(self, row) -> dict[Name, str]:
        """How many people have given this answer, in words, for a question and its values; empty for all else."""
        return {}

    def _uses(self, row) -> list[Use]:
        """Who names the entry, and what of it; the entry itself comes first."""
        section = section_of(self.model)
        names = [(section, row.key), *inner_names(section, self._mapping.read(row))]
        held = self.held_by(row)
        return [Use(name, tuple(users), held.get(name, "")) for name, users in users_of(names).items()]

    def _is_key_fixed(self, request, row) -> bool:
        known = request.__dict__.setdefault("catalogue_fixed_keys", {})
        if row.pk not in known:
            section = section_of(self.model)
            # Whoever cleans a form writes what was sent into the row.
            key = self.model.objects.values_list("key", flat=True).get(pk=row.pk)
            is_published = any(entry.key == key for entry in getattr(current().catalogue, section))
            known[row.pk] = bool(row.loaded) or is_published or bool(users_of([(section, key)])[section, key])
        return known[row.pk]


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
