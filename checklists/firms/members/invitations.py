"""Verbs around invitations: into one firm, to one address, good once and for a week."""

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from checklists.access.limits import within
from checklists.firms.history.chain import Event, record
from checklists.mail.outbox import queue_letter
from checklists.models import Invitation, Membership, Organisation, Role, User
from checklists.models.checklist import new_token
from checklists.models.firms import in_a_week

from .services import Refused

MOST_A_DAY = 50
MOST_TO_AN_ADDRESS = 5


class OtherAddress(Exception):
    """An invitation was sent to an address that is not one of this account's."""


class Over(Exception):
    """An invitation was used, or its week is over."""


def invite(*, organisation: Organisation, email: str, role: str, by: User) -> Invitation:
    """Invite the owner of the address; an invitation of theirs that is open is made anew, and its old link is dead.

    Nothing tells whether the address has an account. Raises Refused for somebody who belongs to the firm, and
    beyond the limits of a day.
    """
    email = email.strip().lower()
    if organisation.memberships.filter(user__email__iexact=email).exists():
        raise Refused(_("%(email)s belongs to this firm already.") % {"email": email})
    # Counted outside of the transaction: what is refused later counts as well.
    if not within(f"invite:firm:{organisation.pk}", MOST_A_DAY):
        raise Refused(
            _("Your firm has sent %(count)d invitations today, which is the limit. Send the others tomorrow.")
            % {"count": MOST_A_DAY}
        )
    if not within(f"invite:address:{email}", MOST_TO_AN_ADDRESS):
        raise Refused(
            _("%(email)s was invited often today. Ask whether the email has arrived, or invite them tomorrow.")
            % {"email": email}
        )
    return _invite(organisation, email, role, by)


@transaction.atomic
def _invite(organisation: Organisation, email: str, role: str, by: User) -> Invitation:
    firm = organisation.lock()
    must_lead(firm, by)
    fresh = {"role": role, "invited_by": by, "key": new_token(), "expires_at": in_a_week()}
    invitation, _new = Invitation.objects.update_or_create(organisation=firm, email=email, used_at=None, defaults=fresh)
    record(firm, Event("member-invited", by=by, details={"email": email, "role": role}))
    queue_letter(kind="invitation", to=email, organisation=firm, invitation=invitation.pk)
    return invitation


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User) -> None:
    """The link of the invitation leads nowhere from now on. Raises Refused if it was used in the meantime."""
    firm = invitation.organisation.lock()
    must_lead(firm, by)
    deleted, _rows = firm.invitations.filter(pk=invitation.pk, used_at=None).delete()
    if not deleted:
        raise Refused(
            _("This invitation was accepted in the meantime. You find %(email)s among the members.")
            % {"email": invitation.email}
        )
    record(firm, Event("invitation-withdrawn", by=by, details={"email": invitation.email}))


@transaction.atomic
def accept(*, invitation: Invitation, by: User) -> Membership:
    """Let the invited into the firm. Somebody who belongs to it keeps the role they have.

    Raises Over if it was used or is too old, OtherAddress if it was sent to somebody else, Invitation.DoesNotExist if
    it was withdrawn in the meantime.
    """
    firm = invitation.organisation.lock()
    current = firm.invitations.get(key=invitation.key)
    if not current.is_open:
        raise Over
    if not is_for(current, by):
        raise OtherAddress
    current.used_at = timezone.now()
    current.save(update_fields=["used_at"])
    membership, joined = Membership.objects.get_or_create(organisation=firm, user=by, defaults={"role": current.role})
    if joined:
        record(firm, Event("invitation-accepted", by=by, details={"role": current.role}))
    return membership


def is_for(invitation: Invitation, user: User) -> bool:
    """Whether the invited address is one that this person has confirmed."""
    return EmailAddress.objects.filter(user=user, verified=True, email__iexact=invitation.email).exists()


def must_lead(firm: Organisation, by: User) -> None:
    """Raises PermissionDenied for somebody who is no owner of the firm any more; the firm is held."""
    if not firm.memberships.filter(user=by, role=Role.OWNER).exists():
        raise PermissionDenied
