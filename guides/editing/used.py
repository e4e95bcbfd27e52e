"""Where an entry is used: in lists and links, in condition and date texts, and in braces."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from guides import models
from guides.catalogue.checks import HEADING_PROCEDURE
from guides.catalogue.checks.alerts import PLACEHOLDER
from guides.catalogue.checks.links import SITE_LINK
from guides.conditions.names import ANYTHING, Name, names_in
from guides.editions.mapping import ModelMapping, sections
from guides.editions.publication_state import references
from guides.editions.publishing import current
from guides.editions.working_copy import stored_entries

Names = frozenset[Name]


@dataclass(frozen=True, slots=True)
class User:
    """An entry of the working copy that names another one."""

    section: str
    key: str
    pk: int

    @property
    def link(self) -> str:
        """A link to its page, after the name of its kind, as HTML."""
        meta = sections()[self.section].model._meta
        address = reverse(f"admin:guides_{meta.model_name}_change", args=[self.pk])
        return format_html('{}: <a href="{}">{}</a>', capfirst(meta.verbose_name), address, self.key)


def users_of(names: Collection[Name]) -> dict[Name, list[User]]:
    """The entries of the working copy that name each of these, the entry itself left out."""
    found: dict[Name, list[User]] = {name: [] for name in names}
    kinds = dict(models.Question.objects.values_list("key", "kind"))
    for section, mapping in sections().items():
        for row in stored_entries(section):
            # Most rows do not hold the key anywhere: a quick look spares the reading of their texts.
            held = repr(row.raw)
            if not any(name[1] in held for name in names):
                continue
            named = named_by(mapping, row.raw, kinds)
            for name in names:
                if is_in(name, named) and name[:2] != (section, row.raw["key"]):
                    found[name].append(User(section, row.raw["key"], row.pk))
    return found


def published_users_of(names: Collection[Name]) -> list[str]:
    """Places of the entries of the current edition that name one of these, as "procedures nif"."""
    catalogue = current().catalogue
    kinds = {question.key: question.kind for question in catalogue.questions}
    return sorted(
        f"{section} {entry.key}"
        for section, mapping in sections().items()
        for entry in getattr(catalogue, section)
        if (named := named_by(mapping, entry.model_dump(), kinds))
        and any(is_in(name, named) and name[:2] != (section, entry.key) for name in names)
    )


def inner_names(section: str, raw: Mapping[str, Any]) -> list[Name]:
    """What texts name inside an entry: the values of a question, the columns of a parameter."""
    if section == "questions":
        found = [option["value"] for option in raw["options"]]
    else:
        found = dict.fromkeys(name for row in raw.get("rows", ()) for name in row["values"])
    return [(section, raw["key"], name) for name in found]


def is_in(name: Name, named: Names) -> bool:
    """Whether it is among the names. In a text that cannot be read, all of its words are enough."""
    return name in named or all((ANYTHING, word) in named for word in name[1:])


def named_by(mapping: ModelMapping, raw: Mapping[str, Any], kinds: Mapping[str, str]) -> Names:
    """Everything that a raw entry, or one inside it, names. ``kinds`` are those of the questions by key."""
    linked = ((_section(model), key) for model, key in references(mapping, raw))
    return frozenset(linked) | frozenset(_in_texts(mapping, raw, kinds))


def _in_texts(mapping: ModelMapping, raw: Mapping[str, Any], kinds: Mapping[str, str]) -> Iterator[Name]:
    for field in (*mapping.model.conditions, *mapping.model.dates):
        for name in names_in(raw[field] or "", is_date=field in mapping.model.dates):
            yield name
            if len(name) == 3 and kinds.get(name[1]) == "documents":
                yield "documents", name[2]
    for text in (value for value in raw.values() if isinstance(value, str)):
        yield from (("questions", key) for key in PLACEHOLDER.findall(text))
        yield from (("procedures", key) for key in HEADING_PROCEDURE.findall(text))
        yield from ((f"{kind}s", key) for kind, key in SITE_LINK.findall(text))
    if mapping.model is models.Channel:
        yield from (("documents", key) for key in raw["credentials"])
    for field, (part, _) in mapping.parts.items():
        for inner in raw[field]:
            yield from _in_texts(part, inner, kinds)


def _section(model: type) -> str:
    return next(section for section, mapping in sections().items() if mapping.model is model)
