"""The first proof that an address is its owner's own. Whatever was set up before it is worth nothing after it.

Anybody can sign up with the address of somebody else and wait. So nothing that was set up by whoever waits may open the
account of the person who proves the address, by whichever code they do it.
"""

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.signals import authentication_step_completed, email_changed, email_confirmed
from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.dispatch import receiver
from django.http import HttpRequest

from checklists.models import User


@receiver(email_confirmed, sender=EmailAddress)
def end_what_was_before(request: HttpRequest, email_address: EmailAddress, **_kwargs) -> None:
    """With the first confirmed address of an account, all but what this browser itself has shown comes to an end.

    Only a password can have been shown before: a second factor is asked for after the proof. A password that cannot be
    used ends the sessions that are not in the list as well.
    """
    user = email_address.user
    if EmailAddress.objects.filter(user=user, verified=True).exclude(pk=email_address.pk).exists():
        return
    if not _has_shown_the_password(request, user):
        user.set_unusable_password()
        user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    end_other_sessions(request, user)


def _has_shown_the_password(request: HttpRequest, user: User) -> bool:
    return any(record["method"] == "password" for record in get_authentication_records(request, user))


@receiver(authentication_step_completed)
def change_the_key(request: HttpRequest, reauthenticated: bool = False, **_kwargs) -> None:
    """Whoever proves again who they are gets a new key for their session: one that somebody has seen opens nothing."""
    if reauthenticated:
        before = request.session.session_key
        request.session.cycle_key()
        UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


@receiver(email_changed, sender=EmailAddress)
def tell_the_new_address(from_email_address: EmailAddress | None, to_email_address: EmailAddress, **_kwargs) -> None:
    """Allauth tells the old address; the new one may have been typed by somebody else as well."""
    if from_email_address:
        context = {"from_email": from_email_address.email, "to_email": to_email_address.email}
        get_adapter().send_notification_mail(
            "account/email/email_changed", to_email_address.user, context, email=to_email_address.email
        )
