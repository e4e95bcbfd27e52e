from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError

from guides.conditions import ConditionError
from guides.models.validators import _shared


def check_expressions(entry, *, conditions: tuple[str, ...], dates: tuple[str, ...]) -> None:
    """Refuse conditions and date expressions that do not parse against the working copy's own words.

    ``conditions`` and ``dates`` name fields of ``entry``. Raises ValidationError with the field and the place.
    """
    wanted = [name for name in (*conditions, *dates) if getattr(entry, name)]
    if not wanted:
        return
    words = _vocabulary()
    errors = {}
    for name in wanted:
        parse = words.parse_date if name in dates else words.parse
        if message := _complaint(parse, getattr(entry, name)):
            errors[name] = message
    if errors:
        raise ValidationError(errors)


@contextmanager
def shared_vocabulary() -> Iterator[None]:
    """Inside, all expressions are checked against the words that were there at the first check."""
    token = _shared.set({})
    try:
        yield
    finally:
        _shared.reset(token)


def _vocabulary():
    # Imported late, because the working copy is built out of the models.
    from guides.editions.working_copy import vocabulary

    shared = _shared.get()
    if shared is None:
        return vocabulary()
    if "words" not in shared:
        shared["words"] = vocabulary()
    return shared["words"]


def _complaint(parse: Callable[[str], object], text: str) -> str:
    try:
        parse(text)
    except ConditionError as error:
        return str(error)
    return ""
