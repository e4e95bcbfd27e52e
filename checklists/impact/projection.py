"""The stored answers of all readers at once, without reading their checklists."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Count, F, Func, JSONField, Value

from checklists.models import Checklist


class RawAnswer(Func):
    """One answer as it is stored; NULL where it is missing or null. Both databases write it ``answers -> 'key'``."""

    template = "NULLIF(%(expressions)s, 'null')"
    arg_joiner = " -> "
    output_field = JSONField()

    def __init__(self, key: str):
        super().__init__(F("answers"), Value(key))


def situations(keys: Collection[str]) -> Iterator[tuple[dict[str, Any], int]]:
    """The distinct raw answers to ``keys`` among the live checklists, each with the number of checklists.

    Values are as in ``Checklist.answers`` (lists stay lists); what is missing or null is left out. One query.
    """
    live = Checklist.objects.live()
    if not keys:
        yield {}, live.count()
        return
    # Answer keys could be names of columns.
    names = {f"answer_{key}": key for key in sorted(keys)}
    grouped = live.values(**{name: RawAnswer(key) for name, key in names.items()}).annotate(checklists=Count("*"))
    for *values, count in grouped.values_list(*names, "checklists").iterator():
        yield {key: value for key, value in zip(names.values(), values, strict=True) if value is not None}, count
