"""A file of which some entries cannot be read: what is wrong with the others is told in the same breath."""

from collections.abc import Collection, Iterable, Iterator

from guides.catalogue.problems import CatalogueError, Problem
from guides.editions.merging import Incoming, plan_merge


class PartlyRead(CatalogueError):
    """``found`` is what could be read; ``keys`` are those of all entries in the file, read or not."""

    def __init__(self, problems: Iterable[Problem], found: Incoming, keys: Collection[str]):
        super().__init__(problems)
        self.found, self.keys = found, keys

    def with_the_others(self) -> CatalogueError:
        """The same with keys that are there twice, and references to what neither the file nor the catalogue has."""
        return CatalogueError([*self.problems, *self._others()])

    def _others(self) -> Iterator[Problem]:
        for problem in plan_merge(self.found, overwrite=True).problems:
            is_here = any(f"“{key}”" in problem.text for key in self.keys)
            if problem.kind == "duplicate" or (problem.kind == "dangling" and not is_here):
                yield problem
