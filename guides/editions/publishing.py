"""Publishing, and the edition that the site reads.

The current edition is compiled once per process and kept. Reading it needs no query, save that at most every
``RECHECK_SECONDS`` one query asks whether another process has published; the process that publishes knows at once.
"""

import hashlib
import json
import logging
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.dispatch import Signal
from pydantic import ValidationError

from guides.catalogue import checks
from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.diff import compare
from guides.catalogue.problems import CatalogueError, Problem, schema_problems
from guides.catalogue.schema import Catalogue
from guides.conditions import ConditionError
from guides.models import Edition

from .holding_back import without
from .working_copy import Outdated, fingerprint, snapshot

RECHECK_SECONDS = 5
NOTHING = (0, "")

# Sent inside the transaction that makes an edition current, with ``edition``, the new ``Edition``, and ``before``, the
# number of the one that the site showed until then (0 for the first). A receiver that fails takes the publication back.
edition_published = Signal()

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Held:
    """The edition that this process serves, and until when it need not ask again (on the monotonic clock).

    ``newest`` is number and digest of the newest edition; it is another one where that cannot be read.
    """

    newest: tuple[int, str]
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


def _published_anew() -> CompiledCatalogue:
    forget()
    return _published()


def _published() -> CompiledCatalogue:
    global _held
    if _held is None or time.monotonic() > _held.good_until:
        newest = Edition.objects.values_list("number", "digest").first() or NOTHING
        compiled = _held.compiled if _held and _held.newest == newest else _newest_readable(newest)
        _held = _Held(newest, compiled, time.monotonic() + RECHECK_SECONDS)
    return _held.compiled


def _newest_readable(edition: tuple[int, str]) -> CompiledCatalogue:
    """This edition, or else the newest before it: after an upgrade the site goes on with one that still makes sense."""
    while True:
        try:
            return _compiled(*edition)
        except (CatalogueError, ConditionError):
            logger.exception("Edition %s cannot be read; an older one is served. Publish again.", edition[0])
        older = Edition.objects.filter(number__lt=edition[0])
        edition = older.values_list("number", "digest").first() or NOTHING


def edition_number() -> int:
    """The number of the current edition; 0 before the first publication."""
    return current().number


def forget() -> None:
    """Look for the current edition anew when it is next asked for."""
    global _held
    _held = None


def catalogue_of(number: int) -> Catalogue:
    """The catalogue of an edition, current or past.

    Raises Edition.DoesNotExist, and CatalogueError where its content does not fit today's schema.
    """
    return catalogue_in(Edition.objects.values_list("content", flat=True).get(number=number), f"edition {number}")


def catalogue_in(content: str, place: str) -> Catalogue:
    """The catalogue that was frozen as this text. Raises CatalogueError where it does not fit today's schema."""
    try:
        return Catalogue.model_validate_json(content)
    except ValidationError as error:
        raw = None
        with suppress(ValueError):
            raw = json.loads(content)
        raise CatalogueError(schema_problems(error, raw, place)) from None


@transaction.atomic
def publish(
    *,
    actor: Any,
    note: str,
    word: str = "",
    quiet: bool = False,
    held: Collection[str] = (),
    only_if_changed: bool = False,
    seen: str | None = None,
) -> Edition:
    """Freeze the working copy into a new edition and make it the current one.

    ``actor`` is a user, or None for the command line. ``word`` says why it is published in spite of warnings.
    Nobody is told of a ``quiet`` edition. Entries that are ``held`` back go out as they are published already.
    With ``only_if_changed``, a working copy that says the same as the newest edition is not published again, and that
    edition is returned. With ``seen`` (see ``fingerprint_of``) nothing else than what was seen is published; or else
    Outdated. Raises CatalogueError with all errors or, without a word, all warnings.
    """
    last = _newest_locked()
    catalogue = without(snapshot(), _published_anew().catalogue, held)
    if seen is not None and seen != fingerprint_of(catalogue):
        raise Outdated
    if only_if_changed and last and last.digest == _digest(frozen(catalogue)):
        return last
    refuse_problems(catalogue, word)
    return _make_current(catalogue, last, publisher=actor, note=note, word=word, quiet=quiet)


def refuse_problems(catalogue: Catalogue, word: str) -> None:
    """Raises CatalogueError with all errors or, without a word on them, all warnings."""
    problems = checks.check(catalogue)
    if problems and (not word.strip() or problems[0].level == "error"):
        raise CatalogueError(problem for problem in problems if problem.level == problems[0].level)


def publish_frozen(content: str, since: int, **fields) -> Edition:
    """Publish a catalogue as it was frozen when edition ``since`` was the newest one. Inside a transaction.

    ``fields`` are those of the edition. Raises Outdated when another edition was published in between, and
    CatalogueError where the schema or the checks of today do not accept it.
    """
    last = _newest_locked()
    if (last.number if last else 0) != since:
        raise Outdated(last)
    catalogue = catalogue_in(content, f"edition {since + 1}")
    if problems := checks.errors(catalogue):
        raise CatalogueError(problems)
    return _make_current(catalogue, last, **fields)


@transaction.atomic
def restore(*, number: int, actor: Any, note: str, quiet: bool = False, seen: str | None = None) -> Edition:
    """Make an older edition current again, as a new edition. The working copy stays as it is.

    ``seen`` as in ``publish``. The word on its warnings comes with it. Raises Edition.DoesNotExist, and CatalogueError
    where the schema or the checks of today do not accept it, or where it says the same as the newest edition.
    """
    last = _newest_locked()
    older = Edition.objects.defer("content").get(number=number)
    catalogue = catalogue_of(number)
    if seen is not None and seen != fingerprint_of(catalogue):
        raise Outdated
    if problems := checks.errors(catalogue):
        raise CatalogueError(problems)
    if last.digest == _digest(frozen(catalogue)):
        raise CatalogueError([Problem("error", str(older), "It says the same as the current edition.")])
    return _make_current(catalogue, last, publisher=actor, note=note, word=older.word, quiet=quiet, restored=number)


def fingerprint_of(catalogue: Catalogue) -> str:
    """Stands for this catalogue and the newest edition: both are still the same while it is."""
    newest = Edition.objects.values_list("number", flat=True).first() or 0
    return fingerprint([newest, _digest(frozen(catalogue))])


def _newest_locked() -> Edition | None:
    """Publications queue up behind the first edition, which never goes away."""
    Edition.objects.select_for_update().order_by("number").defer("content").first()
    return Edition.objects.defer("content").first()


def _make_current(catalogue: Catalogue, last: Edition | None, **fields) -> Edition:
    before = _published_anew()
    difference = compare(before.catalogue, catalogue)
    content = frozen(catalogue)
    edition = Edition.objects.create(
        number=(last.number if last else 0) + 1,
        content=content,
        digest=_digest(content),
        **{kind: difference.count(kind) for kind in ("added", "changed", "removed")},
        **fields,
    )
    forget()
    transaction.on_commit(forget)
    edition_published.send(Edition, edition=edition, before=before.number)
    return edition


def frozen(catalogue: Catalogue) -> str:
    """A catalogue as the text that an edition keeps."""
    return catalogue.model_dump_json(exclude_defaults=True)


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


@lru_cache(maxsize=1)
def _compiled(number: int, digest: str) -> CompiledCatalogue:
    """The digest is part of the key because a rolled back publication gives its number to another."""
    return CompiledCatalogue(catalogue_of(number) if number else Catalogue(), number, digest)
