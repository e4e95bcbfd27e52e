"""The working copy made ready for use as if it were published, and older editions."""

import hashlib
from functools import lru_cache

from guides.catalogue import checks
from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.problems import CatalogueError
from guides.catalogue.schema import Catalogue
from guides.conditions import ConditionError
from guides.models import Edition

from .publishing import catalogue_of
from .working_copy import snapshot

_held: CompiledCatalogue | None = None


def draft() -> CompiledCatalogue:
    """The working copy, compiled, with number 0. It is compiled again only when it has changed.

    Raises CatalogueError with whatever keeps its pages from being drawn. That is less than what keeps it from being
    published: a procedure that nobody can ever need can still be looked at.
    """
    global _held
    catalogue = snapshot()
    if _held is None or _held.catalogue != catalogue:
        _held = _shown(catalogue)
    return _held


def edition(number: int) -> CompiledCatalogue:
    """A published edition, compiled. Raises Edition.DoesNotExist."""
    return _compiled(number, Edition.objects.values_list("digest", flat=True).get(number=number))


@lru_cache(maxsize=2)
def _compiled(number: int, digest: str) -> CompiledCatalogue:
    """Beside the cache of the current edition, which an older one must not push out."""
    return CompiledCatalogue(catalogue_of(number), number, digest)


def _shown(catalogue: Catalogue) -> CompiledCatalogue:
    if problems := checks.structure(catalogue):
        raise CatalogueError(problems)
    digest = hashlib.sha256(catalogue.model_dump_json(exclude_defaults=True).encode()).hexdigest()
    try:
        return CompiledCatalogue(catalogue, digest=digest)
    except ConditionError:
        raise CatalogueError(checks.errors(catalogue)) from None
