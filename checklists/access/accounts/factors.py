"""Who has to prove more than a password or a code from a mail, and whether they can."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.dispatch import receiver

from checklists.models import Membership, User


def factors_of(user: User | OuterRef) -> QuerySet[Authenticator]:
    """The second factors of an account. Codes for emergencies are none: they only stand in for one."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)


def with_factors(users: QuerySet[User]) -> QuerySet[User]:
    """These accounts, each with ``has_factor``, ``is_member`` (of some firm) and ``first_firm``, the firm's address."""
    memberships = Membership.objects.filter(user=OuterRef("pk"))
    first = memberships.order_by("pk").values("organisation__slug")[:1]
    factors = factors_of(OuterRef("pk"))
    return users.annotate(has_factor=Exists(factors), is_member=Exists(memberships), first_firm=Subquery(first))


def must_have_factor(user: User) -> bool:
    """Staff and the members of firms see other people's data, so a password is not enough for them."""
    if user.email in settings.NO_SECOND_FACTOR:
        return False
    return user.is_staff or Membership.objects.filter(user=user).exists()


def lacks_factor(user: User) -> bool:
    """Whether somebody who must have a second factor had none when this request began."""
    return (user.is_staff or user.is_member) and not user.has_factor and user.email not in settings.NO_SECOND_FACTOR


@receiver(authenticator_added, sender=Authenticator)
def count_as_proof(request, user, authenticator, **_kwargs) -> None:
    """Whoever has just set up a second factor has shown that they hold it, and sees the recovery codes at once.

    Allauth sends word of every factor but the passkey of somebody who signs up with it.
    """
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, method="mfa", type=authenticator.type, reauthenticated=True)
    if request.user.is_anonymous:
        get_adapter().send_notification_mail("mfa/email/webauthn_added", user)
