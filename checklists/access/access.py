"""Who looks at a checklist, and what they may see and change of it."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Self

from django.urls import reverse

from checklists.models import CasePerson, Checklist, User


@dataclass(frozen=True, slots=True)
class Access:
    """A checklist as somebody sees it: whoever has its link, or a firm through the door of ``person`` in its case.

    ``actor`` is the member of the firm who acts for the client; None is the client. A row that is read again knows
    nothing of who looks, so everything that shows or changes a checklist takes this.
    """

    checklist: Checklist
    person: CasePerson | None = None
    actor: User | None = None
    may_change: bool = True

    @property
    def key(self) -> str:
        """The key in the addresses of its pages: the link's, or for a firm that of its door."""
        return self.person.door if self.person else self.checklist.token

    @property
    def shows_documents(self) -> bool:
        return self.person is None or self.person.shares_documents

    @property
    def shows_notes(self) -> bool:
        return self.person is None or self.person.shares_notes

    @property
    def state(self) -> tuple[Hashable, ...]:
        """Whose checklist it is, as it is saved now, and what whoever looks may see and do: for ``caching``."""
        key = "checklist", self.checklist.pk, self.checklist.updated_at, self.key
        return *key, self.shows_documents, self.shows_notes, self.may_change

    def url(self, page: str = "checklist", *rest: str) -> str:
        """The address of a page of the checklist."""
        return reverse(f"checklists:{page}", args=(self.key, *rest))

    def to(self, checklist: Checklist) -> Self:
        """The same for another row: the checklist as it is now, or one of somebody in the same household."""
        return replace(self, checklist=checklist)
