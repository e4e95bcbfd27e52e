"""Every address that the site has, out of its URLconf."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import get_resolver
from django.urls.resolvers import URLPattern


@dataclass(frozen=True)
class Address:
    """``name`` with its namespaces, the names of its ``arguments``, and the ``route`` as in the URLconf."""

    name: str
    arguments: tuple[str, ...]
    route: str


def addresses() -> Iterator[Address]:
    """All addresses that have a name; the others are Django's own redirects to these."""
    return (address for address in _walk(get_resolver().url_patterns) if not address.name.endswith(":"))


def _walk(patterns, route="", names=(), arguments=()) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        found = (*arguments, *(pattern.pattern.converters or pattern.pattern.regex.groupindex))
        if isinstance(pattern, URLPattern):
            yield Address(":".join([*names, pattern.name or ""]), found, here)
        else:
            yield from _walk(pattern.url_patterns, here, (*names, *filter(None, [pattern.namespace])), found)
