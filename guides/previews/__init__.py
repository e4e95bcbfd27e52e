"""The site as it would be with the draft or an older edition, on any day, for editors only.

``/preview/draft/2027-05-03/guides/pt/`` is the page ``/guides/pt/`` made from the draft as if today were 3 May 2027.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.urls import get_script_prefix, reverse, set_script_prefix

from guides import clock
from guides.catalogue.compiled import CompiledCatalogue
from guides.editions import drafts
from guides.editions.publishing import showing

from .address import Preview

_seen: ContextVar[tuple[Preview, str] | None] = ContextVar("preview and the prefix of the site around it", default=None)


def seen() -> Preview | None:
    """The preview that this request looks at; None on the site itself."""
    found = _seen.get()
    return found and found[0]


@contextmanager
def looking_at(preview: Preview) -> Iterator[None]:
    """Inside, pages are made from the catalogue and on the day of the preview, and every address stays in it.

    Raises CatalogueError for a draft that cannot be shown, and Edition.DoesNotExist.
    """
    around = get_script_prefix()
    prefix = around + preview.path
    compiled = _kept_for(catalogue_of(preview), prefix)
    token = _seen.set((preview, around))
    set_script_prefix(prefix)
    try:
        with showing(compiled), clock.as_of(preview.day or clock.today()):
            yield
    finally:
        set_script_prefix(around)
        _seen.reset(token)


def live_prefix() -> str:
    """What addresses of the site itself begin with, whether or not this request looks at a preview."""
    found = _seen.get()
    return found[1] if found else get_script_prefix()


def live_reverse(name: str, *args) -> str:
    """The address of a page of the site itself, from inside a preview too."""
    return _reverse_behind(live_prefix(), name, args)


def preview_reverse(preview: Preview, name: str, *args) -> str:
    """The address of a page in a preview."""
    return _reverse_behind(live_prefix() + preview.path, name, args)


def catalogue_of(preview: Preview) -> CompiledCatalogue:
    """What is shown. Raises CatalogueError for a draft that cannot be shown, and Edition.DoesNotExist."""
    return drafts.draft() if preview.edition is None else drafts.edition(preview.edition)


def _reverse_behind(prefix: str, name: str, args) -> str:
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        return reverse(name, args=args)
    finally:
        set_script_prefix(before)


@lru_cache(maxsize=2)
def _kept_for(compiled: CompiledCatalogue, prefix: str) -> CompiledCatalogue:
    """One object for each prefix: what is kept for a catalogue holds addresses, and sometimes words about the day."""
    return compiled.again()
