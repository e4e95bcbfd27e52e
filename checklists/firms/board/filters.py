"""The filters of the board, as they stand in its address, and the cases that they leave."""

import dataclasses
import datetime
import zoneinfo
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from checklists.models import Case, Organisation, User
from checklists.models.cases import CaseQuerySet

from .search import FEW, having_words

SOON = datetime.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of cases is narrowed to, as texts of the address; an empty one narrows nothing.

    ``stage``, ``label`` and ``priority`` are numbers; ``assignee`` is "me", "nobody" or the key of an account;
    ``waiting`` is "client", "office", "firm" or "nobody"; ``due`` is "overdue" or "week"; the last two are "1".
    """

    q: str = ""
    stage: str = ""
    assignee: str = ""
    label: str = ""
    priority: str = ""
    waiting: str = ""
    destination: str = ""
    due: str = ""
    stuck: str = ""
    archived: str = ""

    def query(self, **more: str) -> str:
        """The same as a query string, with the question mark; ``more``: further parameters, left out if empty."""
        given = {name: value for name, value in (dataclasses.asdict(self) | more).items() if value}
        return f"?{urlencode(given)}"

    def having(self, **values: str) -> Self:
        """The same with other values."""
        return dataclasses.replace(self, **values)

    def given(self) -> dict[str, str]:
        """Those that narrow the list."""
        return {name: value for name, value in dataclasses.asdict(self).items() if value}


def matching(organisation: Organisation, filters: Filters, user: User, today: datetime.date) -> CaseQuerySet:
    """The cases of this firm that the filters leave, for somebody who looks at them, without an order."""
    cases = organisation.cases.archived() if filters.archived else organisation.cases.active()
    cases = cases.order_by()
    for name in ("stage", "priority", "destination"):
        if value := getattr(filters, name):
            cases = cases.filter(**{name: value})
    if filters.label:
        cases = having_label(cases, filters.label)
    if filters.waiting:
        cases = cases.filter(waiting_for="" if filters.waiting == "nobody" else filters.waiting)
    if filters.assignee:
        cases = cases.filter(assignee=assignee_of(filters, user))
    if filters.due:
        cases = cases.filter(overdue(today) if filters.due == "overdue" else due_soon(today))
    if filters.stuck:
        cases = cases.filter(stuck(organisation, today))
    if filters.q:
        cases = having_words(cases, organisation, filters.q)
    return cases


def having_label(cases: CaseQuerySet, label: str) -> CaseQuerySet:
    """Those of these cases that have this label.

    The few cases of a rare label are looked up and put in order; for a common one it is faster to go through the cases
    in the order of the list and look whether each has it. PostgreSQL knows by itself which of them it is.
    """
    labelled = Case.labels.through.objects.filter(label=label)
    if connection.vendor != "postgresql" and labelled[:FEW].count() < FEW:
        return cases.filter(pk__in=labelled.values("case"))
    return cases.filter(Exists(labelled.filter(case=OuterRef("pk"))))


def assignee_of(filters: Filters, user: User) -> int | None:
    """The key of the account that the filter ``assignee`` means; None for nobody."""
    match filters.assignee:
        case "me":
            return user.pk
        case "nobody":
            return None
        case key:
            return int(key)


def overdue(today: datetime.date) -> Q:
    return Q(next_deadline__lt=today)


def due_soon(today: datetime.date) -> Q:
    """Due today or on the next six days."""
    return Q(next_deadline__gte=today, next_deadline__lt=today + SOON)


def stuck(organisation: Organisation, today: datetime.date) -> Q:
    """The plan has a problem, a deadline has passed, or nothing was done for longer than the firm waits.

    Days are counted from midnight where the firm works, so that what is stuck changes with the day only.
    """
    since = datetime.datetime.combine(
        today - datetime.timedelta(days=organisation.stuck_after_days),
        datetime.time(),
        tzinfo=zoneinfo.ZoneInfo(organisation.time_zone),
    )
    return Q(has_problem=True) | overdue(today) | Q(progress__lt=100, active_at__lt=since)
