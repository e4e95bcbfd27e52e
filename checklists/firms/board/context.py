"""What every page of the board needs of the firm, read once for each request."""

import datetime
import time
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import NamedTuple

from checklists.caching import cached_for_state
from checklists.models import Membership, SavedView, User
from checklists.models.cases import CaseQuerySet
from checklists.models.firms import WORKING
from guides.editions.publishing import current

from .counts import Counts, counts_of
from .filters import Filters, matching

# The verbs of the board act on at most so many cases at once, and lists are not counted further.
MOST_AT_ONCE = 2000
# What the firm has set up is read again at once when it changes, and a little later when one of its people has changed
# what they are called: that is no change of the firm.
SETUP_SECONDS = 60


class Total(NamedTuple):
    """How many cases there are; ``more``: there are more than this number."""

    number: int
    more: bool = False


Names = tuple[tuple[int, str], ...]


class Setup(NamedTuple):
    """Keys with names, in the firm's order; ``working``: the keys of those to whom a case can be given."""

    stages: Names
    labels: Names
    members: Names
    working: frozenset[int]


class BoardContext:
    """The firm as one of its members looks at it. Names are by key, in the firm's order."""

    def __init__(self, membership: Membership):
        self.membership = membership
        self.organisation = membership.organisation
        self.user: User = membership.user
        self.today: datetime.date = self.organisation.today()
        self.compiled = current()

    def cached[T](self, what: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` returns of the firm, whoever looks, made anew when a case or its set-up changes."""
        firm = self.organisation
        state = "firm", firm.pk, firm.cases_changed, firm.stuck_after_days, firm.time_zone
        return cached_for_state(what, state, self.compiled, self.today, make)

    @cached_property
    def setup(self) -> Setup:
        return self.cached(("setup", int(time.time()) // SETUP_SECONDS), self._read_setup)

    def _read_setup(self) -> Setup:
        memberships = self.organisation.memberships.select_related("user")
        members = [(one.user_id, str(one.user), one.role) for one in memberships]
        return Setup(
            tuple(self.organisation.stages.values_list("pk", "name")),
            tuple(self.organisation.labels.values_list("pk", "name")),
            tuple(sorted(((key, name) for key, name, _role in members), key=lambda pair: pair[1])),
            frozenset(key for key, _name, role in members if role in WORKING),
        )

    @cached_property
    def stages(self) -> dict[int, str]:
        return dict(self.setup.stages)

    @cached_property
    def labels(self) -> dict[int, str]:
        return dict(self.setup.labels)

    @cached_property
    def members(self) -> dict[int, str]:
        """Everybody of the firm, by name."""
        return dict(self.setup.members)

    @cached_property
    def workers(self) -> dict[int, str]:
        """Those to whom a case can be given."""
        return {key: name for key, name in self.members.items() if key in self.setup.working}

    @cached_property
    def assignees(self) -> dict[int, str]:
        """Everybody of the firm, and whoever has left it while cases are still theirs."""
        return self.names({row.assignee for row in self.counts.rows})

    @cached_property
    def views(self) -> list[SavedView]:
        """Those of whoever looks."""
        return self.cached(("views", self.user.pk), lambda: list(self.organisation.views.filter(user=self.user)))

    @cached_property
    def destinations(self) -> dict[str, str]:
        return {key: country.name for key, country in self.compiled.countries.items()}

    @cached_property
    def counts(self) -> Counts:
        """The counts of all cases in work."""
        return self.counts_of(Filters())

    def counts_of(self, filters: Filters) -> Counts:
        """The counts of the cases that the filters leave."""
        return self.cached(
            ("counts", *self._asked(filters)),
            lambda: counts_of(self._matching(filters), self.organisation, self.today),
        )

    def names(self, users: set[int | None]) -> dict[int, str]:
        """The names of these people; also of those who have left the firm while cases are theirs."""
        gone = users - self.members.keys() - {None}
        found = {user.pk: str(user) for user in User.objects.filter(pk__in=gone)} if gone else {}
        return {**self.members, **found}

    def total(self, filters: Filters) -> Total:
        """The number of cases that the filters leave: exactly where the counts tell it, else up to a limit."""
        if filters == Filters(archived="1"):
            return Total(self.cached("archived", self.organisation.cases.archived().count))
        counted = self.counts.count(filters, self.user)
        if counted is not None:
            return Total(counted)
        counted = self.cached(
            ("count", *self._asked(filters)), lambda: self._matching(filters)[: MOST_AT_ONCE + 1].count()
        )
        return Total(min(counted, MOST_AT_ONCE), more=counted > MOST_AT_ONCE)

    def _asked(self, filters: Filters) -> tuple[Filters, int | None]:
        """The filters, and who asks if they speak of "me"."""
        return filters, self.user.pk if filters.assignee == "me" else None

    def _matching(self, filters: Filters) -> CaseQuerySet:
        return matching(self.organisation, filters, self.user, self.today)
