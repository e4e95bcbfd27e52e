"""Publishing, and the edition that the site reads.

The current edition is compiled once per process and kept. Reading it needs no query, save that at most every
``RECHECK_SECONDS`` one query asks whether another process has published; the process that publishes knows at once.
"""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import transaction

from guides.models import Edition
from guides.signals import edition_published

from . import checks
from .compiled import CompiledCatalogue
from .problems import CatalogueError, Problem
from .schema import Catalogue
from .working_copy import snapshot

RECHECK_SECONDS = 5


@dataclass(frozen=True)
class _Held:
    """The edition that this process serves, and until when it need not ask again (on the monotonic clock)."""

    compiled: CompiledCatalogue
    good_until: float


_held: _Held | None = None
_shown: ContextVar[CompiledCatalogue | None] = ContextVar("catalogue that a preview shows", default=None)


def current() -> CompiledCatalogue:
    """The current edition, ready for use. Before the first publication it is empty and its number is 0.

    Inside ``showing`` it is what is shown there.
    """
    shown = _shown.get()
    return _published() if shown is None else shown


@contextmanager
def showing(compiled: CompiledCatalogue) -> Iterator[None]:
    """Inside, the site reads this catalogue in place of the current edition: a draft, or an older edition."""
    token = _shown.set(compiled)
    try:
        yield
    finally:
        _shown.reset(token)


def _published() -> CompiledCatalogue:
    global _held
    if _held is None or time.monotonic() > _held.good_until:
        number, digest = Edition.objects.values_list("number", "digest").first() or (0, "")
        _held = _Held(_compiled(number, digest), time.monotonic() + RECHECK_SECONDS)
    return _held.compiled


def edition_number() -> int:
    """The number of the current edition; 0 before the first publication."""
    return current().number


def forget() -> None:
    """Look for the current edition anew when it is next asked for."""
    global _held
    _held = None


def catalogue_of(number: int) -> Catalogue:
    """The catalogue of an edition, current or past. Raises Edition.DoesNotExist."""
    return Catalogue.model_validate_json(Edition.objects.values_list("content", flat=True).get(number=number))


def publishing_problems() -> list[Problem]:
    """What keeps the working copy from being published now."""
    try:
        return checks.errors(snapshot())
    except CatalogueError as error:
        return list(error.problems)


@transaction.atomic
def publish(*, actor: Any, note: str, only_if_changed: bool = False) -> Edition:
    """Freeze the working copy into a new edition and make it the current one.

    ``actor`` is a user, or None for the command line. With ``only_if_changed``, a working copy that says the
    same as the current edition is not published again, and that edition is returned.
    Raises CatalogueError with everything that ``checks.errors`` finds.
    """
    # Publications queue up behind the first edition, which never goes away.
    Edition.objects.select_for_update().order_by("number").defer("content").first()
    catalogue = snapshot()
    if problems := checks.errors(catalogue):
        raise CatalogueError(problems)
    content = catalogue.model_dump_json(exclude_defaults=True)
    digest = hashlib.sha256(content.encode()).hexdigest()
    last = Edition.objects.defer("content").first()
    if only_if_changed and last and last.digest == digest:
        return last
    number = (last.number if last else 0) + 1
    edition = Edition.objects.create(number=number, publisher=actor, note=note, content=content, digest=digest)
    forget()
    transaction.on_commit(forget)
    edition_published.send(Edition, edition=edition, before=number - 1)
    return edition


@lru_cache(maxsize=2)
def _compiled(number: int, digest: str) -> CompiledCatalogue:
    """The digest is part of the key because a rolled back publication gives its number to another."""
    return CompiledCatalogue(catalogue_of(number) if number else Catalogue(), number, digest)
