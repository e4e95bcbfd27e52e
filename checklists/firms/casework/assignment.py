"""Whose turn it is in a case: stage, assignee and whom it waits for, changed from its own page."""

from typing import Any

from django.db import transaction

from checklists.firms.cases.services import assign, move, set_waiting
from checklists.models import Case, User
from checklists.seen import Changed, fingerprint

FIELDS = ("stage", "assignee", "waiting_for")


def seen_in(case: Case) -> str:
    """A fingerprint of each field: messages change whose turn it is, and must not get in the way of another change."""
    return " ".join(map(fingerprint, (case.stage_id, case.assignee_id, case.waiting_for)))


def parts_of(seen: str) -> dict[str, str]:
    """The fingerprints by field; less of them where somebody tampered with the form."""
    return dict(zip(FIELDS, seen.split(), strict=False))


@transaction.atomic
def change_assignment(*, case: Case, seen: str, wanted: dict[str, Any], by: User) -> list[str]:
    """Set the fields that somebody changed; what they left alone stays as others set it. The fields that changed.

    ``wanted`` holds a stage, a user or None, a word, or some of these. Raises Changed, and changes nothing, where
    somebody else changed the same field to something else.
    """
    case.organisation.lock()
    current = Case.objects.select_related("stage", "assignee", "organisation").get(pk=case.pk)
    before, now, mine = parts_of(seen), parts_of(seen_in(current)), parts_of(seen_in(Case(**wanted)))
    changed = [name for name in wanted if mine[name] != now[name]]
    if any(now[name] != before.get(name) for name in changed):
        raise Changed(current)
    if "stage" in changed:
        move(cases=[current], stage=wanted["stage"], by=by)
    if "assignee" in changed:
        assign(cases=[current], assignee=wanted["assignee"], by=by)
    if "waiting_for" in changed:
        set_waiting(cases=[current], waiting_for=wanted["waiting_for"], by=by)
    return changed
