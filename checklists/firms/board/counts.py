"""How many cases there are of which kind: counted once, for tabs, columns and workload, so that all of them agree."""

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.core.cache import caches
from django.db.models import Count

from checklists.models import Organisation, User
from checklists.models.cases import CaseQuerySet

from .filters import Filters, assignee_of, due_soon, matching, overdue, stuck

KEPT_SECONDS = 24 * 3600
# What Counts can tell without asking the database again.
COUNTED = {"stage", "assignee", "waiting", "due", "stuck"}


class CountedGroup(NamedTuple):
    """The number of cases of one stage and assignee that wait for the same; of those, the overdue, due and stuck."""

    stage: int
    assignee: int | None
    waiting: str
    total: int
    overdue: int
    week: int
    stuck: int


@dataclass(frozen=True, slots=True)
class Counts:
    rows: tuple[CountedGroup, ...]

    def sum(self, of: str = "total", where: Callable[[CountedGroup], bool] = lambda row: True) -> int:
        return sum(getattr(row, of) for row in self.rows if where(row))

    def count(self, filters: Filters, user: User) -> int | None:
        """The number of cases that these filters leave; None if they ask for what is not counted here."""
        if not filters.given().keys() <= COUNTED or (filters.due and filters.stuck):
            return None
        of = filters.due or ("stuck" if filters.stuck else "total")
        waiting = "" if filters.waiting == "nobody" else filters.waiting
        assignee = assignee_of(filters, user) if filters.assignee else None
        return self.sum(
            of,
            lambda row: (
                (not filters.stage or row.stage == int(filters.stage))
                and (not filters.assignee or row.assignee == assignee)
                and (not filters.waiting or row.waiting == waiting)
            ),
        )


def counts_of(cases: CaseQuerySet, organisation: Organisation, today: datetime.date) -> Counts:
    """Count these cases in one query."""
    counted = (
        cases.values_list("stage_id", "assignee_id", "waiting_for")
        .annotate(
            total=Count("pk"),
            overdue=Count("pk", filter=overdue(today)),
            week=Count("pk", filter=due_soon(today)),
            stuck=Count("pk", filter=stuck(organisation, today)),
        )
        .order_by()
    )
    return Counts(tuple(CountedGroup(*row) for row in counted))


def board_counts(
    organisation: Organisation, user: User, today: datetime.date, filters: Filters | None = None
) -> Counts:
    """The counts of all active cases of a firm, or of those that the filters leave; kept until a case changes."""
    filters = filters or Filters()
    return kept(
        organisation,
        today,
        f"counts{_mark(filters, user)}",
        lambda: counts_of(matching(organisation, filters, user, today), organisation, today),
    )


def archived_count(organisation: Organisation, today: datetime.date) -> int:
    return kept(organisation, today, "archived", lambda: organisation.cases.archived().count())


def count_up_to(most: int, organisation: Organisation, user: User, today: datetime.date, filters: Filters) -> int:
    """The number of cases that the filters leave, not counted further than ``most``."""
    return kept(
        organisation,
        today,
        f"count{most}{_mark(filters, user)}",
        lambda: matching(organisation, filters, user, today)[:most].count(),
    )


def _mark(filters: Filters, user: User) -> str:
    """Tells filters apart in a key of the cache; those that speak of "me" also by the person."""
    given = sorted((filters.given() | ({"me": str(user.pk)} if filters.assignee == "me" else {})).items())
    return hashlib.sha256(repr(given).encode()).hexdigest()[:32] if given else ""


def kept[T](
    organisation: Organisation, today: datetime.date, name: str, make: Callable[[], T], seconds: int = KEPT_SECONDS
) -> T:
    """What ``make`` returned since the firm's cases last changed, today; or make it now.

    ``cases_changed`` was read before it was made, so what is kept under it is never older than it says.
    """
    settings = f"{organisation.stuck_after_days}"
    key = f"board:{organisation.pk}:{organisation.cases_changed}:{today}:{settings}:{name}"
    return caches["local"].get_or_set(key, make, seconds)


def only(**values) -> Callable[[CountedGroup], bool]:
    """Whether a group has these values."""
    return lambda row: all(getattr(row, name) == value for name, value in values.items())
