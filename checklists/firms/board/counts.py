"""How many cases there are of which kind: counted once, for tabs, columns and workload, so that all of them agree."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count

from checklists.models import Organisation, User
from checklists.models.cases import CaseQuerySet

from .filters import Filters, assignee_of, due_soon, overdue, stuck

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


def only(**values) -> Callable[[CountedGroup], bool]:
    """Whether a group has these values."""
    return lambda row: all(getattr(row, name) == value for name, value in values.items())
