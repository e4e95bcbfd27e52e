import ipaddress
import uuid

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings

# Stands for an address that is not known: the server listens on a socket, say, and no proxy tells it.
UNKNOWN_ADDRESS = "0.0.0.0"


class AccountAdapter(DefaultAccountAdapter):
    """What differs here from allauth's own ways."""

    def populate_username(self, request, user):
        """A username that says nothing: people sign in with their email, and may change it."""
        user.username = uuid.uuid4().hex

    def get_client_ip(self, request):
        """The network address that limits count; behind a proxy it is the last one in its header."""
        address = request.META.get(settings.CLIENT_ADDRESS, "").rpartition(",")[2].strip()
        try:
            return str(ipaddress.ip_address(address))
        except ValueError:
            return UNKNOWN_ADDRESS
