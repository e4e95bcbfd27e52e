import logging
import time

from django.db import InterfaceError, OperationalError, connections
from django_tasks_db.management.commands import db_worker

logger = logging.getLogger(__name__)
PAUSE = 5  # seconds


class Command(db_worker.Command):
    """Django-tasks' own worker ends when the database is away. This one waits and goes on.

    A task that was running then counts as begun and is not run again: what it owed is in the database, and
    ``tell_changes`` takes it up.
    """

    def handle(self, **options):
        while True:
            try:
                return super().handle(**options)
            except (OperationalError, InterfaceError) as fault:
                logger.error("The database is away: %s Trying again every %d seconds.", fault, PAUSE)
                connections.close_all()
                time.sleep(PAUSE)
