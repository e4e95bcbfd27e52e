"""Verbs around members: another role, and the end of a membership. A firm always has an owner."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from checklists.firms.history.chain import Event, record, record_all
from checklists.models import Case, Membership, Organisation, ReadMarker, Role, User
from checklists.models.firms import WORKING
from checklists.seen import Changed, seen_of

from .invitations import must_lead
from .services import Refused


@transaction.atomic
def change_role(*, membership: Membership, role: str, seen: str, by: User) -> int:
    """Give a member another role than the one that was seen. How many cases have nobody now.

    A viewer works on no case, so theirs go to nobody. Raises Refused for the last owner, Changed if it is another role
    by now, Membership.DoesNotExist if they have left.
    """
    firm = membership.organisation.lock()
    must_lead(firm, by)
    current = firm.memberships.select_related("user").get(pk=membership.pk)
    if seen_of(current, ["role"]) != seen:
        raise Changed(current)
    if role == current.role:
        return 0
    _must_keep_an_owner(firm, current, role)
    current.role = role
    current.save(update_fields=["role"])
    record(firm, Event("role-changed", by=by, details={"name": str(current.user), "role": role}))
    return 0 if role in WORKING else _unassign(firm, current.user, by)


@transaction.atomic
def remove_member(*, membership: Membership, by: User) -> int:
    """End somebody's membership; they see nothing of the firm from their next request on. How many cases were theirs.

    Their cases have nobody then, and the invitations that they sent are void. Raises Refused for the last owner,
    Membership.DoesNotExist if they have left.
    """
    firm = membership.organisation.lock()
    must_lead(firm, by)
    current = firm.memberships.select_related("user").get(pk=membership.pk)
    firm.invitations.open().filter(invited_by=current.user).delete()
    return _end(firm, current, by, Event("member-removed", by=by, details={"name": str(current.user)}))


@transaction.atomic
def leave(*, membership: Membership) -> int:
    """End one's own membership. How many cases have nobody now. Raises Refused for the last owner."""
    firm = membership.organisation.lock()
    current = firm.memberships.select_related("user").get(pk=membership.pk)
    return _end(firm, current, current.user, Event("member-left", by=current.user))


def _end(firm: Organisation, membership: Membership, by: User, event: Event) -> int:
    _must_keep_an_owner(firm, membership, None)
    user = membership.user
    record(firm, event)
    count = _unassign(firm, user, by)
    Case.followers.through.objects.filter(case__organisation=firm, user=user).delete()
    ReadMarker.objects.filter(case__organisation=firm, user=user).delete()
    firm.views.filter(user=user).delete()
    membership.delete()
    return count


def _must_keep_an_owner(firm: Organisation, membership: Membership, role: str | None) -> None:
    """Raises Refused if nobody would own the firm once this member has another role, or none."""
    if not membership.leads or role == Role.OWNER:
        return
    if not firm.memberships.filter(role=Role.OWNER).exclude(pk=membership.pk).exists():
        raise Refused(
            _("A firm needs an owner, and %(name)s is the only one. Make somebody else an owner first.")
            % {"name": membership.user}
        )


def _unassign(firm: Organisation, user: User, by: User) -> int:
    cases = list(firm.cases.filter(assignee=user).order_by("pk"))
    # The version moves on, so that a form that was opened before does not assign them again.
    firm.cases.filter(assignee=user).update(assignee=None, version=F("version") + 1)
    record_all(firm, (Event("unassigned", case=case, by=by, details={"name": str(user)}) for case in cases))
    return len(cases)
