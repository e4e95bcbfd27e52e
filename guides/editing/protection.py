"""An entry that others refer to is not deleted, and the page says who they are."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from guides.catalogue.checks import ABOUT, CITATION, references
from guides.catalogue.problems import walk
from guides.editions.mapping import sections
from guides.editions.publication_state import references as raw_references
from guides.editions.publishing import current
from guides.editions.working_copy import stored_entries

from .lists import section_of


class ProtectionMixin:
    """The database protects rows behind foreign keys; this protects those that lists of references name."""

    def get_deleted_objects(self, objs, request):
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        referring = [name for row in objs for name in self._referring(row)]
        return deleted, counts, lacking, referring or protected

    def delete_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, object_id)
        published = [] if row is None else sorted(published_referring(section_of(self.model), row.key))
        return super().delete_view(request, object_id, {"published": published, **(extra_context or {})})

    def _referring(self, row) -> Iterator[str]:
        """Links to the entries of the working copy that name this one, themselves or in a part."""
        for mapping in sections().values():
            name = mapping.model._meta.verbose_name
            for other in stored_entries(section_of(mapping.model)):
                if (self.model, row.key) in raw_references(mapping, other.raw) and (mapping.model, other.pk) != (
                    self.model,
                    row.pk,
                ):
                    address = reverse(f"admin:guides_{mapping.model._meta.model_name}_change", args=[other.pk])
                    yield format_html('{}: <a href="{}">{}</a>', capfirst(name), address, other.raw["key"])


def published_referring(section: str, key: str) -> set[str]:
    """Places of the entries of the current edition that name this one, as "procedures nie"."""
    found = set()
    for name in sections():
        for entry in getattr(current().catalogue, name):
            named = {(kind, other) for _, inner in walk(entry, "") for _, kind, other in references(inner)}
            if name == "guides":
                named |= {("facts", other) for other in CITATION.findall(entry.body)}
            if name == "alerts":
                named |= {(kind, other) for kind in ABOUT for other in entry.about}
            if (section, key) in named and (name, entry.key) != (section, key):
                found.add(f"{name} {entry.key}")
    return found
