"""Work that is done once for each state of a checklist."""

import datetime
from collections.abc import Callable

from django.core.cache import caches
from django.urls import get_script_prefix
from django.utils.translation import get_language

from checklists.access.access import Access
from guides.catalogue.compiled import CompiledCatalogue

KEPT_SECONDS = 3600


def once_per_state[T](
    part: str, access: Access, compiled: CompiledCatalogue, today: datetime.date, make: Callable[[], T]
) -> T:
    """What ``make`` returns for this checklist as it is saved now, on this day, in this edition and language.

    A preview of the same day has other addresses, and so has the door of a firm, which may see less.
    """
    content = f"{compiled.number}-{compiled.digest[:16]}"
    through = access.key, access.shows_documents, access.shows_notes, access.may_change
    seen = through if access.person else ()
    when = access.checklist.updated_at.timestamp()
    state = (part, access.checklist.pk, when, content, today, get_language(), get_script_prefix(), *seen)
    key = ":".join(map(str, state))
    return caches["local"].get_or_set(key, make, KEPT_SECONDS)  # type: ignore[return-value]  # what is made is never None
