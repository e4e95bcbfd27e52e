"""Who is behind a session, found in the same query with what the second factor depends on."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend

from checklists.models import User

from .factors import with_factors


class _Known:
    def get_user(self, user_id):
        user = with_factors(User.objects.filter(pk=user_id)).first()
        return user if user and self.user_can_authenticate(user) else None


class NameBackend(_Known, ModelBackend):
    """Username and password, for commands and tests; the pages of the site ask for an address."""


class AddressBackend(_Known, AuthenticationBackend):
    """Email address and password, a code, or a passkey."""
