"""Another process that works on the database of a test."""

import os

from django.conf import settings
from django.db import connection


def environment() -> dict[str, str]:
    """The environment in which it finds that database."""
    found = {**os.environ, "DJANGO_DEBUG": "1", "PYTHONPATH": str(settings.BASE_DIR)}
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return found | {"DATABASE_URL": f"sqlite:///{known['NAME']}"}
    host = known["OPTIONS"].get("host") or known["HOST"]
    user = f"{known['USER']}:{known['PASSWORD']}" if known["PASSWORD"] else known["USER"]
    return found | {"DATABASE_URL": f"postgres://{user}@/{known['NAME']}?host={host}&port={known['PORT'] or 5432}"}
