"""What every page of the board needs of the firm, read once for each request."""

import datetime
from functools import cached_property
from typing import NamedTuple

from checklists.models import Membership, SavedView, User
from checklists.models.firms import WORKING
from guides.editions.publishing import current

from .counts import Counts, archived_count, board_counts, count_up_to, kept
from .filters import Filters

# The verbs of the board act on at most so many cases at once, and lists are not counted further.
MOST_AT_ONCE = 2000
# What the firm has set up is read again at once when it changes, and a little later when one of its people has changed
# what they are called: that is no change of the firm.
SETUP_SECONDS = 60


class Total(NamedTuple):
    """How many cases there are; ``more``: there are more than this number."""

    number: int
    more: bool = False


class Setup(NamedTuple):
    """Names by key, in the firm's order; ``working``: the keys of those to whom a case can be given."""

    stages: dict[int, str]
    labels: dict[int, str]
    members: dict[int, str]
    working: frozenset[int]


class BoardContext:
    """The firm as one of its members looks at it. Names are by key, in the firm's order."""

    def __init__(self, membership: Membership):
        self.membership = membership
        self.organisation = membership.organisation
        self.user: User = membership.user
        self.today: datetime.date = self.organisation.today()

    @cached_property
    def setup(self) -> Setup:
        return kept(self.organisation, self.today, "setup", self._read_setup, SETUP_SECONDS)

    def _read_setup(self) -> Setup:
        memberships = self.organisation.memberships.select_related("user")
        members = [(one.user_id, str(one.user), one.role) for one in memberships]
        return Setup(
            dict(self.organisation.stages.values_list("pk", "name")),
            dict(self.organisation.labels.values_list("pk", "name")),
            dict(sorted(((key, name) for key, name, _role in members), key=lambda pair: pair[1])),
            frozenset(key for key, _name, role in members if role in WORKING),
        )

    @property
    def stages(self) -> dict[int, str]:
        return self.setup.stages

    @property
    def labels(self) -> dict[int, str]:
        return self.setup.labels

    @property
    def members(self) -> dict[int, str]:
        """Everybody of the firm, by name."""
        return self.setup.members

    @cached_property
    def workers(self) -> dict[int, str]:
        """Those to whom a case can be given."""
        return {key: name for key, name in self.members.items() if key in self.setup.working}

    @cached_property
    def holders(self) -> dict[int, str]:
        """Everybody of the firm, and whoever has left it while cases are still theirs."""
        return self.names({row.assignee for row in self.counts.rows})

    @cached_property
    def views(self) -> list[SavedView]:
        return list(self.organisation.views.filter(user=self.user))

    @cached_property
    def destinations(self) -> dict[str, str]:
        return {key: country.name for key, country in current().countries.items()}

    @cached_property
    def counts(self) -> Counts:
        return board_counts(self.organisation, self.user, self.today)

    def names(self, users: set[int | None]) -> dict[int, str]:
        """The names of these people; also of those who have left the firm while cases are theirs."""
        gone = users - self.members.keys() - {None}
        found = {user.pk: str(user) for user in User.objects.filter(pk__in=gone)} if gone else {}
        return {**self.members, **found}

    def total(self, filters: Filters) -> Total:
        """The number of cases that the filters leave: exactly where the counts tell it, else up to a limit."""
        if filters == Filters(archived="1"):
            return Total(archived_count(self.organisation, self.today))
        counted = self.counts.count(filters, self.user)
        if counted is not None:
            return Total(counted)
        counted = count_up_to(MOST_AT_ONCE + 1, self.organisation, self.user, self.today, filters)
        return Total(min(counted, MOST_AT_ONCE), more=counted > MOST_AT_ONCE)
