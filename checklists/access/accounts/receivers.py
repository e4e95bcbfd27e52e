from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver


@receiver(authenticator_added, sender=Authenticator)
def count_as_proof(request, user, authenticator, **_kwargs) -> None:
    """Whoever has just set up a second factor has shown that they hold it, and sees the recovery codes at once."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, method="mfa", type=authenticator.type, reauthenticated=True)
