"""Who is behind a session, found in the same query with what the second factor depends on."""

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from checklists.models import User

from .factors import with_factors


@cache
def _known_users() -> QuerySet[User]:
    """Written once: every page of somebody who is signed in asks for one of these."""
    return with_factors(User.objects.all())


class _Known:
    def get_user(self, user_id):
        user = _known_users().filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class NameBackend(_Known, ModelBackend):
    """Username and password, for commands and tests; the pages of the site ask for an address."""


class AddressBackend(_Known, AuthenticationBackend):
    """Email address and password, a code, or a passkey."""
