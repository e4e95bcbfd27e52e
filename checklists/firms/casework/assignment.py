"""Whose turn it is in a case: stage, assignee and whom it waits for, changed from its own page."""

from typing import Any

from django.db import transaction

from checklists.firms.cases.services import assign, move, set_waiting
from checklists.models import Case, User

FIELDS = ("stage", "assignee", "waiting_for")


class AssignmentConflict(Exception):
    """Somebody changed the same field in between. ``fields`` names them, ``theirs`` is the case as it is now."""

    def __init__(self, theirs: Case, fields: list[str]):
        super().__init__("The case was changed in the meantime.")
        self.theirs, self.fields = theirs, fields


def seen_in(case: Case) -> dict[str, str]:
    """The fields as a form carries them, to tell what its reader saw."""
    return {"stage": str(case.stage_id), "assignee": str(case.assignee_id or ""), "waiting_for": case.waiting_for}


@transaction.atomic
def change_assignment(*, case: Case, seen: dict[str, str], wanted: dict[str, Any], by: User) -> list[str]:
    """Set what somebody changed in the form; what they left alone stays as others set it. The fields that changed.

    ``wanted`` holds a stage, a user or None, and a word. Raises AssignmentConflict, and changes nothing, where
    somebody else changed the same field to something else.
    """
    case.organisation.lock()
    current = Case.objects.select_related("stage", "assignee", "organisation").get(pk=case.pk)
    now = seen_in(current)
    mine = seen_in(Case(**wanted))
    touched = [name for name in FIELDS if mine[name] != seen[name] and mine[name] != now[name]]
    if conflicts := [name for name in touched if now[name] != seen[name]]:
        raise AssignmentConflict(current, conflicts)
    if "stage" in touched:
        move(cases=[current], stage=wanted["stage"], by=by)
    if "assignee" in touched:
        assign(cases=[current], assignee=wanted["assignee"], by=by)
    if "waiting_for" in touched:
        set_waiting(cases=[current], waiting_for=wanted["waiting_for"], by=by)
    return touched
