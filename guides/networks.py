"""From where a request comes, for whatever is limited: counted here and nowhere else."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

# Stands for an address that nobody tells: the server listens on a socket, say, and no proxy says who asks.
UNKNOWN = ipaddress.IPv4Address("0.0.0.0")
IPV6_PREFIX = 64


def address_of(request: HttpRequest) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The network address of the reader. Of several that a proxy names, the last one is its own observation."""
    told = request.META.get(settings.CLIENT_ADDRESS, "").rpartition(",")[2].strip()
    for text in (told, request.META.get("REMOTE_ADDR", "")):
        try:
            found = ipaddress.ip_address(text)
        except ValueError:
            continue
        # A server that listens on both kinds may tell an old address as a new one: "::ffff:192.0.2.1".
        return getattr(found, "ipv4_mapped", None) or found
    return UNKNOWN


def network_of(request: HttpRequest) -> str:
    """What limits count: the address; of IPv6 the network of 64 bits, because a household has one whole."""
    address = address_of(request)
    if address.version == 4:
        return str(address)
    return str(ipaddress.IPv6Network((int(address), IPV6_PREFIX), strict=False).network_address)
