"""What apps and recovery codes are made of, as the database keeps it: readable with this site's key alone."""

import logging
import secrets
from base64 import b32encode, urlsafe_b64encode

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

SALT = "checklists.access.accounts.factor_secrets"
# What every token of Fernet begins with: its version, and a time of this century.
TOKEN = "gAAAAA"
PARTS = ("secret", "seed")


def encrypt(text: str) -> str:
    return _fernet(settings.SECRET_KEY).encrypt(text.encode()).decode()


def decrypt(kept: str) -> str:
    """What was encrypted, with the key of today or a former one; what was kept in clear, as it is.

    What no key opens becomes a secret that nobody knows: no code fits it, and nothing fails.
    """
    if not kept.startswith(TOKEN):
        return kept
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    try:
        return MultiFernet([_fernet(key) for key in keys]).decrypt(kept.encode()).decode()
    except InvalidToken:
        logger.error("A second factor was encrypted with a key that is not in SECRET_KEY_FALLBACKS.")
        return b32encode(secrets.token_bytes(20)).decode()


def encrypt_anew() -> int:
    """Encrypt whatever was kept in clear, or with a former key, with the key of today. How many factors it were."""
    return sum(_encrypt_one(pk) for pk in Authenticator.objects.values_list("pk", flat=True))


@transaction.atomic
def _encrypt_one(pk: int) -> bool:
    factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
    data = factor.data if factor else {}
    due = {part: decrypt(data[part]) for part in PARTS if part in data and _is_old(data[part])}
    if factor and due:
        factor.data |= {part: encrypt(text) for part, text in due.items()}
        factor.save(update_fields=["data"])
    return bool(due)


def _is_old(kept: str) -> bool:
    """Whether it is in clear or opens with a former key. What opens with none is left for that key to come back."""
    if not kept.startswith(TOKEN):
        return True
    return not _opens(kept, settings.SECRET_KEY) and any(_opens(kept, key) for key in settings.SECRET_KEY_FALLBACKS)


def _opens(kept: str, key: str) -> bool:
    try:
        return bool(_fernet(key).decrypt(kept.encode()))
    except InvalidToken:
        return False


def _fernet(key: str) -> Fernet:
    return Fernet(urlsafe_b64encode(salted_hmac(SALT, "", secret=key, algorithm="sha256").digest()))
