"""What publishing would do: a catalogue beside the edition that readers have."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from guides import clock
from guides.catalogue import checks
from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.problems import Problem
from guides.catalogue.schema import Catalogue
from guides.conditions import ConditionError
from guides.models import Edition, Publication

from . import publishing
from .holding_back import without
from .working_copy import snapshot


@dataclass(frozen=True)
class PendingEdition:
    """A catalogue that could be made current, beside the edition that readers see.

    ``newest`` is the number of the newest edition: readers see another one where it cannot be read any more. ``seen``
    is the fingerprint for ``publishing.publish`` and ``publishing.restore``. ``catalogue`` is
    the ``working_copy`` without what is ``held`` back (see ``holding_back``), if it comes from there.
    """

    current: CompiledCatalogue
    newest: int
    catalogue: Catalogue
    seen: str
    working_copy: Catalogue | None = None
    held: tuple[str, ...] = ()

    @property
    def next_number(self) -> int:
        return self.newest + 1

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        return _checked(_Looked(self.seen, clock.today(), self.catalogue))

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.level == "error"]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.level == "warning"]

    @cached_property
    def compiled(self) -> CompiledCatalogue | None:
        """The catalogue, ready for plans; None while it is too broken for that."""
        return _ready(_Looked(self.seen, clock.today(), self.catalogue), is_sound=not self.errors)


@dataclass(frozen=True)
class _Looked:
    """A catalogue by what stands for it: checking and compiling take a second, and a page is looked at repeatedly."""

    seen: str
    day: datetime.date
    catalogue: Catalogue = field(compare=False, repr=False)


@lru_cache(maxsize=4)
def _checked(looked: _Looked) -> tuple[Problem, ...]:
    return tuple(checks.check(looked.catalogue, looked.day))


@lru_cache(maxsize=1)
def _ready(looked: _Looked, is_sound: bool) -> CompiledCatalogue | None:
    try:
        if is_sound or not checks.structure(looked.catalogue):
            return CompiledCatalogue(looked.catalogue)
    except ConditionError:
        pass
    return None


def draft(held: Collection[str] = ()) -> PendingEdition:
    """What publishing the working copy without the ``held`` entries would do now.

    Raises CatalogueError where the working copy does not fit the schema.
    """
    working_copy = snapshot()
    publishing.forget()
    published = publishing.current().catalogue
    found = _pending(without(working_copy, published, held))
    return replace(found, working_copy=working_copy, held=tuple(held))


def planned(publication: Publication) -> PendingEdition:
    """What a planned publication would do now. Raises CatalogueError where it does not fit the schema of today."""
    return _pending(publishing.catalogue_in(publication.content, str(publication)))


def older(number: int) -> PendingEdition:
    """What making an older edition current again would do now.

    Raises Edition.DoesNotExist, and CatalogueError where it does not fit the schema of today.
    """
    return _pending(publishing.catalogue_of(number))


def _pending(catalogue: Catalogue) -> PendingEdition:
    publishing.forget()
    newest = Edition.objects.values_list("number", flat=True).first() or 0
    return PendingEdition(publishing.current(), newest, catalogue, publishing.fingerprint_of(catalogue))
