"""Conditions and dates that do not parse."""

from collections.abc import Callable, Iterator

from guides.conditions import ConditionError, Vocabulary

from .. import schema
from ..compiled import CONDITION_FIELDS, vocabulary_of
from ..fields import Entry
from ..problems import Problem
from ..schema import Catalogue
from .places import entries

DATES = {(schema.Deadline, "date"), (schema.Recurring, "first"), (schema.Alert, "date")}


def expressions(catalogue: Catalogue, vocabulary: Vocabulary | None = None) -> Iterator[Problem]:
    """Every text that is no condition, or no date, with the word at fault. What parses stays in ``vocabulary``."""
    vocabulary = vocabulary or vocabulary_of(catalogue)
    for where, entry in entries(catalogue):
        for field in type(entry).model_fields:
            if (parse := _parser(entry, field, vocabulary)) and (text := getattr(entry, field)):
                try:
                    parse(text)
                except ConditionError as error:
                    yield Problem("error", f"{where} › {field}", f"{error} In: {text}", "expression")


def _parser(entry: Entry, field: str, vocabulary: Vocabulary) -> Callable[[str], object] | None:
    if isinstance(entry, schema.Term) and field == "condition":
        return lambda text: vocabulary.term(entry.key)
    if (type(entry), field) in DATES:
        return vocabulary.parse_date
    return vocabulary.parse if field in CONDITION_FIELDS else None
