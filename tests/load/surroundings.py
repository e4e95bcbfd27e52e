"""The temporary folder with everything that a drill needs, which goes when the drill ends."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from .browser import SITE
from .clusters import Cluster, address


@contextmanager
def folder() -> Iterator[Path]:
    """Others may enter, as the account does that PostgreSQL runs under, and not look around."""
    with tempfile.TemporaryDirectory(prefix="load-") as found:
        os.chmod(found, 0o711)
        yield Path(found)


@contextmanager
def database(place: Path, port: int) -> Iterator[Cluster]:
    """A cluster below ``place``, with nothing in it yet; it is stopped in the end if it still runs."""
    with ExitStack() as stack:
        cluster = Cluster(place, port)
        stack.callback(cluster.stop)
        yield cluster


def as_in_production(place: Path, *clusters: Cluster) -> None:
    """Settings of a real installation for this process and those that it starts, and Django set up with them."""
    os.environ.pop("DJANGO_DEBUG", None)
    os.environ.pop("DATABASE_REPLICA_URL", None)
    os.environ |= {
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": SITE,
        "BEHIND_HTTPS_PROXY": "1",
        "STATIC_ROOT": str(place / "static"),
        "DATABASE_URL": address(*clusters, target_session_attrs="read-write", connect_timeout="3"),
        "DJANGO_SETTINGS_MODULE": "relocation.settings",
        "LOG_LEVEL": "ERROR",
    }
    import django

    django.setup()
