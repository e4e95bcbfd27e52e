"""What happens at the doors of accounts, in the log ``relocation.security``: an event, and the number of the account.

No address, no network and no text that somebody typed.
"""

import logging

from allauth.account import signals as account_signals
from allauth.mfa import signals as factor_signals
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import ModelSignal
from django.dispatch import Signal

logger = logging.getLogger("relocation.security")

EVENTS: dict[str, Signal | ModelSignal] = {
    "signed in": user_logged_in,
    "signed out": user_logged_out,
    "sign-in refused": user_login_failed,
    "address confirmed": account_signals.email_confirmed,
    "address changed": account_signals.email_changed,
    "password changed": account_signals.password_changed,
    "password set": account_signals.password_set,
    "password reset": account_signals.password_reset,
    "factor added": factor_signals.authenticator_added,
    "factor removed": factor_signals.authenticator_removed,
    "recovery codes renewed": factor_signals.authenticator_reset,
    "second factor refused": factor_signals.authentication_failed,
    "code for signing in refused": account_signals.login_code_rejected,
    "code for a new password refused": account_signals.password_reset_code_rejected,
    "code for an address refused": account_signals.email_verification_code_rejected,
}


def log_event(event: str, number: int | None) -> None:
    """``number`` is the account's; None where nobody is signed in, or it is not known whose it would be."""
    logger.info("%s: account %s", event, number or "unknown")


def _receiver(event: str):
    def log(sender, user=None, email_address=None, to_email_address=None, **_kwargs) -> None:
        address = email_address or to_email_address
        log_event(event, user.pk if user else getattr(address, "user_id", None))

    return log


for _event, _signal in EVENTS.items():
    _signal.connect(_receiver(_event), weak=False, dispatch_uid=f"log {_event}")
