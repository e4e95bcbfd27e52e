"""What the history of an entry tells: each change with the words that were there before and after."""

import json
from collections.abc import Iterator

from django.utils.text import Truncator

from guides.catalogue.schema import Catalogue
from guides.editions.mapping import sections

from .difference import EntryRow, difference_of
from .lists import section_of

MOST_ROWS, LONGEST = 30, 300
DIFFERENCE, SAID = "difference", "said"


def difference_between(section: str, old: dict | None, new: dict | None) -> EntryRow | None:
    """From one raw entry to another of the same key, in the words of the page that compares editions; None if equal."""
    before, after = (
        Catalogue.model_construct(**{section: (sections()[section].entry_as_is(raw),) if raw else ()})
        for raw in (old, new)
    )
    found = difference_of(before, after)
    return found[0].entries[0] if found and found[0].entries else None


def rows_to_keep(entry: EntryRow | None) -> list[dict]:
    """A difference as the log keeps it: at most so many rows, each with place, old and new, cut where they are long."""
    return [
        {"place": row.place, "old": _short(old), "new": _short(new)}
        for row in (entry.rows[:MOST_ROWS] if entry else ())
        for old, new in _values(row)
    ]


def _values(row) -> Iterator[tuple[str, str]]:
    said = "; ".join(f"{place}: {value}" for place, value in row.lines)
    match row.kind:
        case "changed":
            yield row.old, row.new
        case "added":
            yield "", said
        case "removed":
            yield said, ""
        case "moved":
            yield "", row.words


def _short(text: str) -> str:
    return Truncator(text).chars(LONGEST)


class HistoryMixin:
    """Keeps the difference with each change, and shows it in the history of the entry."""

    object_history_template = "admin/guides/entry_history.html"

    def construct_change_message(self, request, form, formsets, add=False):
        message = super().construct_change_message(request, form, formsets, add)
        before = getattr(request, "catalogue_before", None)
        if add or before is None:
            return message
        after = self._read(self.get_queryset(request).get(pk=form.instance.pk))
        rows = rows_to_keep(difference_between(section_of(self.model), before, after))
        return [*message, {DIFFERENCE: rows}] if rows else message

    def history_view(self, request, object_id, extra_context=None):
        response = super().history_view(request, object_id, extra_context)
        for entry in getattr(response, "context_data", {}).get("action_list", ()):
            kept = _kept(entry.change_message)
            entry.rows = [row for part in kept for row in part.get(DIFFERENCE, ())]
            if said := [part[SAID] for part in kept if SAID in part]:
                entry.change_message = " ".join(said)
        return response


def _kept(message: str) -> list[dict]:
    """The parts of a message of the log; none where it is plain words."""
    try:
        found = json.loads(message)
    except ValueError:
        return []
    return [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []
