"""Verbs that open and change cases: keyword-only, atomic, with the actor, written into the firm's history.

Those that take ``cases`` change many at once: all or none, with the same few queries for one as for a thousand.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from checklists.firms.history.chain import Event, record, record_all
from checklists.models import Case, Checklist, Label, Organisation, Stage, User
from checklists.models.firms import WORKING
from checklists.seen import Changed, seen_of

from .fields import FIELDS, changes_in_words, keep_words, label_of, values_of
from .household import add_person, follow_case

__all__ = [
    "add_label",
    "add_person",
    "archive",
    "assign",
    "change_case",
    "follow",
    "move",
    "open_case",
    "prioritise",
    "remove_label",
    "restore",
    "set_waiting",
    "unfollow",
]


@transaction.atomic
def open_case(
    *,
    organisation: Organisation,
    name: str,
    by: User,
    email: str = "",
    destination: str = "",
    target_date: datetime.date | None = None,
    reference: str = "",
    stage: Stage | None = None,
    assignee: User | None = None,
    priority: int = Case.Priority.NORMAL,
    labels: Iterable[Label] = (),
    checklist: Checklist | None = None,
) -> Case:
    """A new case with one person, in the given stage or the firm's first; with an empty checklist if none is given.

    Raises ValueError for a stage, label or assignee of another firm.
    """
    labels = list(labels)
    _check_own(organisation, stage=stage, assignee=assignee, labels=labels)
    organisation.lock()
    case = Case.objects.create(
        organisation=organisation,
        name=name,
        email=email,
        destination=destination,
        target_date=target_date,
        reference=reference,
        stage=stage or organisation.stages.first(),
        assignee=assignee,
        priority=priority,
    )
    case.labels.set(labels)
    keep_words([case])
    record(organisation, Event("case-opened", case=case, by=by))
    add_person(case=case, name=name, email=email, by=by, checklist=checklist)
    return case


@transaction.atomic
def change_case(*, case: Case, seen: str, by: User, **values: Any) -> Case:
    """Set these fields of the case as it was seen. Raises Changed and changes nothing otherwise.

    The client's own name and address follow those of the case where they were the same.
    Raises ValueError for a stage, label or assignee of another firm.
    """
    case.organisation.lock()
    current = (
        Case.objects.select_for_update(no_key=True, of=["self"]).select_related("stage", "organisation").get(pk=case.pk)
    )
    if seen_of(current) != seen:
        raise Changed(current)
    before = values_of(current)
    after = {**before, **values}
    changes = changes_in_words(before, after)
    if not changes:
        return current
    own = {name: values.get(name) for name in ("stage", "assignee") if name in changes}
    _check_own(current.organisation, **own, labels=after["labels"])
    for name in FIELDS:
        setattr(current, name, after[name])
    current.version += 1
    current.save(update_fields=[*FIELDS, "version"])
    current.labels.set(after["labels"])
    keep_words([current])
    if "name" in changes or "email" in changes:
        follow_case(case=current, name=before["name"], email=before["email"], by=by)
    details = {"fields": [label_of(name) for name in changes], "changes": changes}
    record(current.organisation, Event("case-changed", case=current, by=by, details=details))
    return current


@transaction.atomic
def assign(*, cases: Iterable[Case], assignee: User | None, by: User) -> int:
    """Give these cases to somebody who works at the firm, or to nobody. Raises ValueError for anybody else."""
    organisation, locked = _lock(cases)
    if not locked:
        return 0
    _check_own(organisation, assignee=assignee)
    changed = [case for case in locked if case.assignee_id != (assignee.pk if assignee else None)]
    _set(changed, assignee=assignee)
    details = {"assignee": str(assignee)} if assignee else {}
    _record(organisation, "assigned" if assignee else "unassigned", changed, by, details)
    return len(changed)


@transaction.atomic
def move(*, cases: Iterable[Case], stage: Stage, by: User) -> int:
    """Put these cases into a stage of their firm. Raises ValueError for a stage of another one."""
    organisation, locked = _lock(cases)
    if not locked:
        return 0
    _check_own(organisation, stage=stage)
    changed = [case for case in locked if case.stage_id != stage.pk]
    _set(changed, stage=stage)
    _record(organisation, "moved", changed, by, {"stage": stage.name})
    return len(changed)


@transaction.atomic
def prioritise(*, cases: Iterable[Case], priority: int, by: User) -> int:
    """Say how urgent these cases are. Raises ValueError for a priority that there is not."""
    organisation, locked = _lock(cases)
    priority = Case.Priority(priority)
    changed = [case for case in locked if case.priority != priority]
    _set(changed, priority=priority)
    _record(organisation, "prioritised", changed, by, {"priority": str(priority.label)})
    return len(changed)


@transaction.atomic
def set_waiting(*, cases: Iterable[Case], waiting_for: str, by: User | None) -> int:
    """Say whose turn it is in these cases. Raises ValueError for a word that is not one of Case.Waiting."""
    organisation, locked = _lock(cases)
    waiting_for = Case.Waiting(waiting_for)
    changed = [case for case in locked if case.waiting_for != waiting_for]
    _set(changed, waiting_for=waiting_for)
    _record(organisation, "waits", changed, by, {"waiting_for": str(waiting_for.label)})
    return len(changed)


@transaction.atomic
def add_label(*, cases: Iterable[Case], label: Label, by: User) -> int:
    """Put a label of their firm on these cases. Raises ValueError for a label of another one."""
    organisation, locked = _lock(cases)
    if not locked:
        return 0
    _check_own(organisation, labels=[label])
    has = set(label.cases.filter(pk__in=[case.pk for case in locked]).values_list("pk", flat=True))
    changed = [case for case in locked if case.pk not in has]
    label.cases.add(*changed)
    _set(changed)
    _record(organisation, "labelled", changed, by, {"label": label.name})
    return len(changed)


@transaction.atomic
def remove_label(*, cases: Iterable[Case], label: Label, by: User) -> int:
    """Take a label off these cases. Raises ValueError for a label of another firm."""
    organisation, locked = _lock(cases)
    if not locked:
        return 0
    _check_own(organisation, labels=[label])
    changed = list(label.cases.filter(pk__in=[case.pk for case in locked]))
    label.cases.remove(*changed)
    _set(changed)
    _record(organisation, "unlabelled", changed, by, {"label": label.name})
    return len(changed)


@transaction.atomic
def archive(*, cases: Iterable[Case], by: User) -> int:
    """Put these cases away; they can be restored until the firm's retention period ends."""
    organisation, locked = _lock(cases)
    changed = [case for case in locked if case.archived_at is None]
    _set(changed, archived_at=timezone.now())
    _record(organisation, "archived", changed, by)
    return len(changed)


@transaction.atomic
def restore(*, cases: Iterable[Case], by: User) -> int:
    """Bring archived cases back among the active ones."""
    organisation, locked = _lock(cases)
    changed = [case for case in locked if case.archived_at is not None]
    # What their plans say today is found out by the next run that brings summaries to today.
    _set(changed, archived_at=None, deletion_told_at=None, summarised_on=None)
    _record(organisation, "restored", changed, by)
    return len(changed)


@transaction.atomic
def follow(*, cases: Iterable[Case], follower: User, by: User) -> int:
    """Let a member of the firm follow these cases. Raises ValueError for somebody of another firm."""
    organisation, locked = _lock(cases)
    if organisation and not organisation.memberships.filter(user=follower).exists():
        raise ValueError("Only members of the firm can follow its cases.")
    follows = set(follower.followed_cases.filter(pk__in=[case.pk for case in locked]).values_list("pk", flat=True))
    changed = [case for case in locked if case.pk not in follows]
    follower.followed_cases.add(*changed)
    _record(organisation, "followed", changed, by, {"follower": str(follower)})
    return len(changed)


@transaction.atomic
def unfollow(*, cases: Iterable[Case], follower: User, by: User) -> int:
    organisation, locked = _lock(cases)
    changed = list(follower.followed_cases.filter(pk__in=[case.pk for case in locked]))
    follower.followed_cases.remove(*changed)
    _record(organisation, "unfollowed", changed, by, {"follower": str(follower)})
    return len(changed)


def _lock(cases: Iterable[Case]) -> tuple[Organisation | None, list[Case]]:
    """These cases as they are now, locked until the transaction ends, with their one firm; None for no cases.

    Raises ValueError for cases of several firms.
    """
    given = list(cases)
    firms = {case.organisation_id for case in given}
    if len(firms) > 1:
        raise ValueError("These cases belong to several firms.")
    if not given:
        return None, []
    organisation = Organisation(pk=firms.pop()).lock()
    found = Case.objects.filter(pk__in=[case.pk for case in given]).order_by("pk").select_for_update(no_key=True)
    return organisation, list(found)


def _set(cases: list[Case], **values: Any) -> None:
    """A form that was opened before must not undo this: the versions grow."""
    if cases:
        Case.objects.filter(pk__in=[case.pk for case in cases]).update(**values, version=F("version") + 1)


def _record(
    organisation: Organisation | None,
    verb: str,
    cases: list[Case],
    by: User | None,
    details: dict[str, Any] | None = None,
) -> None:
    if organisation and cases:
        record_all(organisation, [Event(verb, case=case, by=by, details=details or {}) for case in cases])


def _check_own(
    organisation: Organisation,
    *,
    stage: Stage | None = None,
    assignee: User | None = None,
    labels: Iterable[Label] = (),
) -> None:
    """Raises ValueError for what belongs to another firm, and for an assignee who may not work in this one."""
    if stage and stage.organisation_id != organisation.pk:
        raise ValueError("The stage belongs to another firm.")
    if any(label.organisation_id != organisation.pk for label in labels):
        raise ValueError("A label belongs to another firm.")
    if assignee and not organisation.memberships.filter(user=assignee, role__in=WORKING).exists():
        raise ValueError("Cases are assigned to owners and advisors of the firm.")
