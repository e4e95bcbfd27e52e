"""What a change page holds, as plain values: as it was drawn from the database, and as somebody sent it back.

Both are trees of rows. The page's own row has the fields of the entry, its groups hold the rows of its parts. Values
are lists of texts, as a browser sends them.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseForm, BaseFormSet
from django.http import QueryDict

from .fields import KnownChoice, KnownMultipleChoice

DELETE = "DELETE"


@dataclass
class Cell:
    """One field of one row."""

    label: str
    values: list[str]
    shown: str


@dataclass
class Row:
    """One form of the page. ``pk`` is empty for a row that is not in the database."""

    pk: str = ""
    title: str = ""
    cells: dict[str, Cell] = field(default_factory=dict)
    groups: dict[str, "Group"] = field(default_factory=dict)
    deleted: bool = False


@dataclass
class Group:
    """The rows of one kind of part."""

    label: str
    rows: list[Row]

    def by_pk(self) -> dict[str, Row]:
        return {row.pk: row for row in self.rows if row.pk}


def drawn_sheet(form: BaseForm, formsets: list[BaseFormSet]) -> Row:
    """The page as it is drawn from unbound forms."""
    return _drawn_row(form, {formset.prefix: formset for formset in formsets})


def sent_sheet(post: QueryDict, form: BaseForm, formsets: list[BaseFormSet]) -> Row:
    """The page as it was sent back. The unbound forms say which fields there are."""
    return _sent_row(post, "", form, {formset.prefix: formset for formset in formsets}, "")


def digest(sheet: Row) -> str:
    """SHA-256 of everything on the page."""
    return hashlib.sha256(json.dumps(_plain(sheet)).encode()).hexdigest()


def rebased(mine: Row, theirs: Row) -> Iterator[tuple[str, str]]:
    """Names and values of a form that makes ``theirs`` what ``mine`` is, whatever rows have come and gone."""
    for name, cell in mine.cells.items():
        yield from ((name, value) for value in cell.values)
    for name, group in mine.groups.items():
        yield from _rebased_group(name, group, theirs.groups.get(name, Group("", [])))


def _rebased_group(prefix: str, mine: Group, theirs: Group) -> Iterator[tuple[str, str]]:
    own, standing = mine.by_pk(), theirs.by_pk()
    added = [row for row in mine.rows if row.pk not in standing and not row.deleted]
    yield f"{prefix}-TOTAL_FORMS", str(len(standing) + len(added))
    yield f"{prefix}-INITIAL_FORMS", str(len(standing))
    numbered = enumerate([*((own.get(pk), row) for pk, row in standing.items()), *((row, Row()) for row in added)])
    for number, (row, other) in numbered:
        place = f"{prefix}-{number}"
        yield f"{place}-id", other.pk
        if row is None or row.deleted:
            yield f"{place}-{DELETE}", "on"
        yield from ((f"{place}-{name}", value) for name, value in rebased(row or other, other))


def _drawn_row(form: BaseForm, formsets: dict[str, BaseFormSet], skip: str = "") -> Row:
    row = Row(str(form.instance.pk or ""), str(form.instance) if form.instance.pk else "")
    for name in _names(form, skip):
        row.cells[name] = _cell(form, name, _values(form[name]))
    row.groups = {name: _drawn_group(formset) for name, formset in formsets.items()}
    return row


def _drawn_group(formset: BaseFormSet) -> Group:
    rows = [_drawn_row(form, _inside(form), formset.fk.name) for form in formset.initial_forms]
    return Group(_label(formset), rows)


def _sent_row(post: QueryDict, prefix: str, form: BaseForm, formsets: dict[str, BaseFormSet], skip: str) -> Row:
    row = Row(post.get(f"{prefix}id", ""), deleted=f"{prefix}{DELETE}" in post)
    for name in _names(form, skip):
        row.cells[name] = _cell(form, name, _clean(post.getlist(f"{prefix}{name}")))
    row.groups = {name: _sent_group(post, f"{prefix}{name}", formset) for name, formset in formsets.items()}
    known_by = row.cells.get(getattr(form._meta.model, "said_in", ""))
    row.title = next((cell.shown for cell in [known_by, *row.cells.values()] if cell and cell.shown), "")
    return row


def _sent_group(post: QueryDict, prefix: str, formset: BaseFormSet) -> Group:
    blank, skip = formset.empty_form, formset.fk.name
    total = post.get(f"{prefix}-TOTAL_FORMS", "")
    count = min(int(total), formset.absolute_max) if total.isdigit() else 0
    rows = [_sent_row(post, f"{prefix}-{number}-", blank, _inside(blank), skip) for number in range(count)]
    nothing = _plain(_drawn_row(blank, _inside(blank), skip))
    return Group(_label(formset), [row for row in rows if row.pk or _plain(row) != nothing])


def _inside(form: BaseForm) -> dict[str, BaseFormSet]:
    inner = getattr(form, "inner", None)
    return {} if inner is None else {inner.relation: inner}


def _names(form: BaseForm, skip: str) -> list[str]:
    return [name for name in form.fields if name not in ("id", DELETE, skip)]


def _label(formset: BaseFormSet) -> str:
    return str(formset.model._meta.verbose_name)


def _plain(row: Row) -> list[Any]:
    cells = {name: cell.values for name, cell in row.cells.items()}
    groups = {name: [_plain(inner) for inner in group.rows] for name, group in row.groups.items()}
    return [row.pk, cells, groups]


def _values(bound) -> list[str]:
    value = bound.value()
    if isinstance(value, bool):
        return ["on"] if value else []
    if isinstance(value, list | tuple):
        return _clean(value)
    value = bound.field.widget.format_value(value)
    return _clean(value if isinstance(value, list) else [value])


def _clean(values: list) -> list[str]:
    """Without what browsers and databases write differently: line ends, empty choices, the order of many choices."""
    texts = [str(value).replace("\r\n", "\n").strip() for value in values if value is not None]
    return sorted(text for text in texts if text)


def _cell(form: BaseForm, name: str, values: list[str]) -> Cell:
    own = form.fields[name]
    label = str(own.label or name)
    if isinstance(own, KnownChoice | KnownMultipleChoice):
        shown = "\n".join(sorted(str(own.rows.get(value, value)) for value in values))
    elif hasattr(own, "choices"):
        names = {str(key): str(said) for key, said in own.choices}
        shown = ", ".join(names.get(value, value) for value in values)
    else:
        shown = "✓" if values == ["on"] else "\n".join(values)
    return Cell(label, values, shown)
